/** Objects that a controller made from another object, which is judged in their place. */
import { asList, asMap, asText, asTextMap, field } from './object.ts'
import type { Resource } from './resource.ts'

const MADE_KINDS = new Set(['Pod', 'Job', 'ReplicaSet'])
const MAKERS = new Set(['apps/v1', 'batch/v1', 'batch/v1beta1'])

/** True for Pods, Jobs and ReplicaSets of a workload: the workload is in the cluster too, and says the same. */
export function isManaged({ identity, object }: Resource): boolean {
  if (!MADE_KINDS.has(identity.kind)) return false
  const metadata = asMap(object['metadata'])
  // A label alone hides nothing: whoever makes a Pod may write any.
  const owner = asText(field(asList(metadata?.['ownerReferences'])[0], 'apiVersion'))
  if (owner === undefined) return false
  return (
    MAKERS.has(owner) ||
    (identity.kind === 'Pod' && Object.hasOwn(asTextMap(metadata?.['labels']), 'pod-template-hash'))
  )
}
