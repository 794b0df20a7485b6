/** `kubescape host-scan manifest`: what a scan with --enable-host-scan makes in a cluster, to be read before it is allowed. */
import {
  companionManifests,
  jobManifest,
  jobName,
  namespaceManifest,
  ownNamespace,
  type HostScanRun,
} from '@kubescape/sources'
import { yamlText } from '@kubescape/yaml'

import { Failure } from '../failure.ts'
import { durationMs, imageName, namespaceName } from '../host-scan-options.ts'

/** What was typed. */
export interface HostScanManifestCommand {
  readonly nodes: string
  readonly hostScanImage?: string
  readonly hostScanNamespace?: string
  readonly hostScanTimeout?: string
  readonly hostScanMetadataService?: boolean
}

/** Nothing removes what carries this id but who applied it: it has no time at which it expires. */
const BY_HAND = 'byhand'

/**
 * The manifests as YAML. Applied by hand they work: the facts are then in the Secrets.
 * @throws {Failure} when the request makes no sense
 */
export function renderHostScanManifest(command: HostScanManifestCommand): string {
  const image = imageName(command.hostScanImage)
  const nodes = command.nodes.split(',').map((name) => name.trim())
  if (image === undefined) {
    throw new Failure(
      '--host-scan-image is missing',
      'Name the image of this program, such as registry.example/kubescape:v1.',
    )
  }
  if (nodes.includes('')) throw new Failure('--nodes has an empty entry', 'Name nodes as kubectl get nodes shows them.')
  const namespace = namespaceName(command.hostScanNamespace)
  const run: HostScanRun = {
    id: BY_HAND,
    namespace: namespace ?? ownNamespace(BY_HAND),
    isOwnNamespace: namespace === undefined,
    image,
    asksMetadataService: command.hostScanMetadataService === true,
    deadlineSeconds: durationMs(command.hostScanTimeout ?? '3m') / 1000,
  }
  const objects = nodes.flatMap((node, at) => {
    const job = { name: jobName(BY_HAND, at), node }
    return [...companionManifests(run, job), jobManifest(run, job, false)]
  })
  return [...(run.isOwnNamespace ? [namespaceManifest(run)] : []), ...objects]
    .map((object) => `---\n${yamlText(object)}`)
    .join('')
}
