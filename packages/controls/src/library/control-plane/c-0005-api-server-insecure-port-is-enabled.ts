/** API server insecure port is enabled. */
import { matching } from '@kubescape/resources'
import type { Judgement } from '../../check.ts'
import { failsIfAny } from '../../check.ts'
import { eachContainerItem } from '../../checks/arguments.ts'
import { eachObject } from '../../checks/objects.ts'
import type { Finding } from '../../finding.ts'
import { review } from '../../finding.ts'
import { defineControl } from '../../control.ts'

/** The flag with a port other than 0, which switches the insecure port off. */
const OPEN_PORT = /--insecure-port[= ]0*[1-9]/

export default defineControl({
  id: 'C-0005',
  name: 'API server insecure port is enabled',
  baseScore: 9,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The insecure port of the API server takes requests without TLS, authentication or authorisation. Anyone who can reach it controls the whole cluster.',
  repair:
    'Remove `--insecure-port` from the kube-apiserver `command`, usually in `/etc/kubernetes/manifests/kube-apiserver.yaml` on the control plane node, or set it to 0. Move probes and tools that used this port to the secure port with credentials. Kubernetes 1.20 and later do not open the port.',
  references: ['apiAccess', 'apiServerFlags', 'authentication'],
  checks: [
    eachObject(
      { name: 'insecure-port-flag', match: [matching('v1', 'Pod')], isAboutPlatform: true },
      (resource): Judgement => {
        if (!resource.identity.name.includes('kube-apiserver')) return 'not-tested'
        const findings: Finding[] = []
        for (const { text, next, path } of eachContainerItem(resource)) {
          if (OPEN_PORT.test(text) || (text === '--insecure-port' && OPEN_PORT.test(`${text}=${next}`)))
            findings.push(review(path))
        }
        return failsIfAny(findings)
      },
    ),
  ],
})
