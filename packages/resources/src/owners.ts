/** Objects that a controller made from another object, which is judged in their place. */
import type { ValueMap } from '@kubescape/yaml'

import { asList, asMap, asText, asTextMap, field } from './object.ts'
import type { Resource } from './resource.ts'

const MADE_KINDS = new Set(['Pod', 'Job', 'ReplicaSet'])
const MAKERS = new Set(['apps/v1', 'batch/v1', 'batch/v1beta1'])

/** The object that another one was made from. */
export interface Owner {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
}

/** True for Pods, Jobs and ReplicaSets of a workload: the workload is in the cluster too, and says the same. */
export function isManaged({ identity, object }: Resource): boolean {
  if (!MADE_KINDS.has(identity.kind)) return false
  // A label alone hides nothing: whoever makes a Pod may write any.
  const owner = ownerOf(object)
  if (owner === undefined) return false
  return (
    MAKERS.has(owner.apiVersion) ||
    (identity.kind === 'Pod' && Object.hasOwn(asTextMap(field(object, 'metadata', 'labels')), 'pod-template-hash'))
  )
}

/** The first owner that the object names; undefined without one. */
export function ownerOf(object: ValueMap): Owner | undefined {
  const reference = asMap(asList(field(object, 'metadata', 'ownerReferences'))[0])
  const apiVersion = asText(reference?.['apiVersion'])
  if (reference === undefined || apiVersion === undefined) return undefined
  return { apiVersion, kind: asText(reference['kind']) ?? '', name: asText(reference['name']) ?? '' }
}
