/** The order in which objects are written. */
import { textOf, textsOf, mapOf } from '../kustomization/kustomization.ts'
import type { Value } from '@kubescape/yaml'

import { BuildError } from '../problem.ts'
import { isClusterScoped, type ResourceId } from './identity.ts'
import type { Resource } from './resource.ts'

/** What others need comes first. */
const FIRST = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
]
const LAST = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']

/** Sorts as `sortOptions` of the kustomization that is built says; by kinds where it says nothing. */
export function inOrder(resources: readonly Resource[], options: Value | undefined): Resource[] {
  const { order = 'legacy', legacySortOptions } = mapOf(options)
  if (order !== 'legacy' && order !== 'fifo') {
    throw new BuildError(`the field 'sortOptions.order' must be one of [legacy, fifo], not '${textOf(order)}'`)
  }
  if (order === 'fifo') {
    if (legacySortOptions === undefined) return [...resources]
    throw new BuildError("the field 'sortOptions.legacySortOptions' is for the order 'legacy', not for 'fifo'")
  }
  const { orderFirst, orderLast } = mapOf(legacySortOptions)
  const first = orderFirst === undefined ? FIRST : textsOf(orderFirst)
  const last = orderLast === undefined ? LAST : textsOf(orderLast)
  const rank = (kind: string): number => {
    const at = first.indexOf(kind)
    if (at >= 0) return at - first.length
    const end = last.indexOf(kind)
    return end < 0 ? 0 : end + 1
  }
  return resources
    .map((resource) => ({ resource, id: resource.id, key: kindKey(resource.id), rank: rank(resource.id.kind) }))
    .toSorted((a, b) => a.rank - b.rank || compare(a.key, b.key) || compare(placeKey(a.id), placeKey(b.id)))
    .map(({ resource }) => resource)
}

function kindKey({ group, version, kind }: ResourceId): string {
  return [group || '~G', version || '~V', kind || '~K'].join('_')
}

function placeKey(id: ResourceId): string {
  const namespace = isClusterScoped(id) ? '' : id.namespace
  return [namespace || '~X', id.name || '~N'].join('|')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
