/** API server insecure port is enabled. */
import { matching, workloadOf, type Container } from '@kubescape/resources'
import { failsIfAny } from '../../check.ts'
import { argumentsOf, endOfArguments } from '../../checks/arguments.ts'
import { parseImage } from '../../checks/images.ts'
import { eachObject } from '../../checks/objects.ts'
import { REGULAR } from '../../checks/workloads.ts'
import { missing, review, type Finding } from '../../finding.ts'
import { compareVersions, readVersion } from '../../versions.ts'
import { defineControl } from '../../control.ts'

/** The flag with a port other than 0, which switches the insecure port off. */
const OPEN_PORT = /--insecure-port[= ]0*[1-9]/
const FLAG = '--insecure-port'

/** Images that hold the API server, also those for one processor. */
const API_SERVER_IMAGE = /(?:^|\/)(?:kube-apiserver|hyperkube)(?:-[a-z0-9]+)?$/
/** The first version that does not open the port by itself. */
const CLOSED = [1, 20, 0]

/** True for containers of an API server whose image is of a version that opens port 8080 unless it is told not to. */
function opensByDefault({ image }: Container, line: readonly string[]): boolean {
  const parsed = parseImage(image)
  const version = readVersion(parsed?.tag ?? '')
  return (
    version?.[0] === 1 &&
    compareVersions(version, CLOSED) < 0 &&
    API_SERVER_IMAGE.test(parsed?.repository ?? '') &&
    line.some((text) => text.includes('apiserver'))
  )
}

function openPorts(container: Container): Finding[] {
  const items = argumentsOf(container)
  const texts = items.map(({ text }) => text)
  if (!texts.some((text) => text.includes(FLAG)) && opensByDefault(container, texts)) {
    return [missing(endOfArguments(container), `${FLAG}=0`)]
  }
  return items
    .filter(({ text, next }) => OPEN_PORT.test(text) || (text === FLAG && OPEN_PORT.test(`${text}=${next}`)))
    .map(({ path }) => review(path))
}

export default defineControl({
  id: 'C-0005',
  name: 'API server insecure port is enabled',
  baseScore: 9,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The insecure port of the API server takes requests without TLS, authentication or authorisation. Anyone who can reach it controls the whole cluster.',
  repair:
    'Set `--insecure-port=0` in the kube-apiserver `command`, usually in `/etc/kubernetes/manifests/kube-apiserver.yaml` on the control plane node: before Kubernetes 1.20 leaving the flag out opens port 8080. Later versions never open the port: remove the flag. Move probes and tools that used it to the secure port.',
  references: ['apiAccess', 'apiServerFlags', 'authentication'],
  checks: [
    eachObject({ name: 'insecure-port-flag', match: [matching('v1', 'Pod')], isAboutPlatform: true }, (resource) =>
      resource.identity.name.includes('kube-apiserver')
        ? failsIfAny((workloadOf(resource)?.containersIn(REGULAR) ?? []).flatMap(openPorts))
        : 'not-tested',
    ),
  ],
})
