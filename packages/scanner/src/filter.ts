/** Which resources are judged: filters by namespace, kind and label. Joins still see everything. */
import {
  asTextMap,
  field,
  isClusterScoped,
  landingNamespace,
  meets,
  type Identity,
  type Requirement,
  type Resource,
} from '@kubescape/resources'

import { isFact } from './facts.ts'

/** What the user asked to judge; empty lists do not filter. */
export interface ResourceFilter {
  readonly includeNamespaces?: readonly string[]
  readonly excludeNamespaces?: readonly string[]
  /** Kinds, compared without regard to case. */
  readonly includeKinds?: readonly string[]
  readonly excludeKinds?: readonly string[]
  readonly labels?: readonly Requirement[]
}

/** A predicate for the filter. */
export function makeFilter(filter: ResourceFilter): (resource: Resource) => boolean {
  const includeNamespaces = filter.includeNamespaces ?? []
  const excludeNamespaces = filter.excludeNamespaces ?? []
  const includeKinds = lowerSet(filter.includeKinds)
  const excludeKinds = lowerSet(filter.excludeKinds)
  const labels = filter.labels ?? []
  return (resource) => {
    const { identity } = resource
    const kind = identity.kind.toLowerCase()
    if (includeKinds.size > 0 && !includeKinds.has(kind)) return false
    if (excludeKinds.has(kind)) return false
    const namespace = namespaceOf(identity)
    if (namespace !== undefined) {
      if (includeNamespaces.length > 0 && !includeNamespaces.includes(namespace)) return false
      if (excludeNamespaces.includes(namespace)) return false
    }
    return labels.length === 0 || meets(asTextMap(field(resource.object, 'metadata', 'labels')), labels)
  }
}

/** The namespace by which an object is judged or not; undefined for those of the whole cluster, as facts of nodes and clouds are. */
function namespaceOf(identity: Identity): string | undefined {
  if (identity.kind === 'Namespace') return identity.name
  if (isClusterScoped(identity.kind) || (identity.namespace === '' && isFact(identity))) return undefined
  return landingNamespace(identity)
}

function lowerSet(kinds: readonly string[] | undefined): Set<string> {
  return new Set((kinds ?? []).map((kind) => kind.toLowerCase()))
}
