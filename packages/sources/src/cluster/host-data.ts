/**
 * Facts of nodes that an operator's agent keeps in a cluster, in the shape that checks read. Source: the custom resources of the
 * group `hostdata.kubescape.cloud`: served as v1beta1 with the facts in `spec`, judged as v1beta0 with the facts in `data`.
 */
import { asMap, asText, field, type Match, type Value, type ValueMap } from '@kubescape/resources'

/** The group of the objects. */
export const HOST_DATA_GROUP = 'hostdata.kubescape.cloud'

const SERVED = 'v1beta1'
const JUDGED = 'v1beta0'

/** Where the facts of a kind are a list or a text, `spec` has them as a member. */
const MEMBERS: Readonly<Record<string, string>> = {
  KernelVersion: 'content',
  LinuxKernelVariables: 'kernelVariables',
  OsReleaseFile: 'content',
}

/** Kinds that checks know in another spelling. */
const SPELLINGS: Readonly<Record<string, string>> = { CloudProviderInfo: 'cloudProviderInfo' }

/** The matches, with the version in which servers have what is judged as another. */
export function servedMatches(matches: readonly Match[]): readonly Match[] {
  return matches.map((match) =>
    match.groups.includes(HOST_DATA_GROUP) && match.versions.includes(JUDGED)
      ? { ...match, versions: [...match.versions, SERVED] }
      : match,
  )
}

/** True for objects and types that have to be converted. */
export function isServedHostData({ group, version }: { readonly group: string; readonly version: string }): boolean {
  return group === HOST_DATA_GROUP && version === SERVED
}

/** The type as it is judged. */
export function judgedType<T extends { readonly group: string; readonly version: string }>(type: T): T {
  return isServedHostData(type) ? { ...type, version: JUDGED } : type
}

/** The object as it is judged, or why it holds no facts. */
export function asJudgedHostData(object: ValueMap): { readonly object: ValueMap } | { readonly error: string } {
  const kind = asText(object['kind']) ?? ''
  // An agent that failed keeps an object whose facts are all empty: nothing may pass because of that.
  const error = asText(field(object, 'status', 'error'))
  if (error) return { error }
  const spec = asMap(object['spec'])
  if (spec === undefined) return { error: 'it has no spec' }
  const { nodeName: _nodeName, ...rest } = spec
  const data: Value | undefined = MEMBERS[kind] === undefined ? (asMap(rest[kind]) ?? rest) : rest[MEMBERS[kind]]
  if (data === undefined) return { error: `its spec has no ${MEMBERS[kind] ?? ''}` }
  return {
    object: {
      apiVersion: `${HOST_DATA_GROUP}/${JUDGED}`,
      kind: SPELLINGS[kind] ?? kind,
      metadata: { name: asText(field(object, 'metadata', 'name')) ?? '' },
      data,
    },
  }
}
