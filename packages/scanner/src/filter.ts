/** Which resources are judged: filters by namespace, kind and label, or one workload alone. Joins still see everything. */
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
import type { Needs } from './source.ts'

/** The one workload that is judged. */
export interface TargetWorkload {
  /** Compared without regard to case. */
  readonly kind: string
  readonly name: string
  /** Any, where it is not said. */
  readonly namespace?: string
  readonly group?: string
  readonly version?: string
  /** True for the file that it lives in. */
  readonly isInFile?: (file: string) => boolean
}

/** What the user asked to judge; empty lists do not filter. */
export interface ResourceFilter {
  readonly includeNamespaces?: readonly string[]
  readonly excludeNamespaces?: readonly string[]
  /** Kinds, compared without regard to case. */
  readonly includeKinds?: readonly string[]
  readonly excludeKinds?: readonly string[]
  readonly labels?: readonly Requirement[]
  readonly workload?: TargetWorkload
}

/** A predicate for the filter. */
export function makeFilter(filter: ResourceFilter): (resource: Resource) => boolean {
  const isWanted = makeNamespaceFilter(filter)
  const includeKinds = lowerSet(filter.includeKinds)
  const excludeKinds = lowerSet(filter.excludeKinds)
  const labels = filter.labels ?? []
  const { workload } = filter
  return (resource) => {
    const { identity } = resource
    if (workload !== undefined && !isTarget(workload, resource)) return false
    const kind = identity.kind.toLowerCase()
    if (!isIncluded(includeKinds, kind)) return false
    if (excludeKinds.has(kind) || !isWanted(identity)) return false
    return labels.length === 0 || meets(asTextMap(field(resource.object, 'metadata', 'labels')), labels)
  }
}

/**
 * What is looked at when only some kinds are judged: what checks join stays, and so do facts, which tell controls that there is
 * something to judge.
 */
export function narrowNeeds(needs: Needs, filter: ResourceFilter): Needs {
  const includeKinds = lowerSet(filter.includeKinds)
  const excludeKinds = lowerSet(filter.excludeKinds)
  if (includeKinds.size + excludeKinds.size === 0) return needs
  const isWanted = (group: string, kind: string): boolean =>
    isFact({ group, kind }) || (isIncluded(includeKinds, kind) && !excludeKinds.has(kind.toLowerCase()))
  const judged = needs.judged.flatMap((match) => {
    const kinds = match.kinds
      .flatMap((kind) => (kind === '*' && includeKinds.size > 0 ? [...includeKinds] : [kind]))
      .filter((kind) => match.groups.some((group) => isWanted(group, kind)))
    return kinds.length === 0 ? [] : [{ ...match, kinds }]
  })
  return { ...needs, kind: (kind) => needs.kind(kind), metadataOnly: (type) => needs.metadataOnly(type), judged }
}

/** A predicate for what lies in namespaces that are judged, or in none. */
export function makeNamespaceFilter({
  includeNamespaces = [],
  excludeNamespaces = [],
}: ResourceFilter): (identity: Identity) => boolean {
  return (identity) => {
    const namespace = namespaceOf(identity)
    if (namespace === undefined) return true
    if (includeNamespaces.length > 0 && !includeNamespaces.includes(namespace)) return false
    return !excludeNamespaces.includes(namespace)
  }
}

/** The namespace by which an object is judged or not; undefined for those of the whole cluster, as facts of nodes and clouds are. */
function namespaceOf(identity: Identity): string | undefined {
  if (identity.kind === 'Namespace') return identity.name
  if (isClusterScoped(identity.kind) || (identity.namespace === '' && isFact(identity))) return undefined
  return landingNamespace(identity)
}

/** True for the workload that is meant. */
export function isTarget(target: TargetWorkload, { identity, origin }: Resource): boolean {
  const { kind, name, namespace, group, version, isInFile } = target
  return (
    identity.name === name &&
    identity.kind.toLowerCase() === kind.toLowerCase() &&
    (namespace === undefined || landingNamespace(identity) === namespace) &&
    (group === undefined || identity.group === group) &&
    (version === undefined || identity.version === version) &&
    (isInFile === undefined || (origin !== undefined && isInFile(origin.file)))
  )
}

/** No kinds are all kinds. */
function isIncluded(kinds: ReadonlySet<string>, kind: string): boolean {
  return kinds.size === 0 || kinds.has(kind.toLowerCase())
}

function lowerSet(kinds: readonly string[] | undefined): Set<string> {
  return new Set((kinds ?? []).map((kind) => kind.toLowerCase()))
}
