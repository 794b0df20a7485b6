/** Discovery in one document. Source: Kubernetes API reference, apidiscovery.k8s.io `APIGroupDiscoveryList`. */
import { asList, asMap, asText, asTexts, field, type Value } from '@kubescape/resources'

import type { ApiResource, DiscoveryFailure } from './api-resource.ts'

/** What to accept: the document in its two versions; servers that know neither send the old lists. */
export const AGGREGATED = [
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
  'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList',
  'application/json',
].join(',')

/** A type, without the group and version that it is listed under. */
export type TypeOfVersion = Pick<ApiResource, 'kind' | 'plural' | 'namespaced' | 'verbs'>

/** The types of one version of a group. */
export interface GroupVersionTypes {
  readonly group: string
  readonly version: string
  readonly types: readonly TypeOfVersion[]
}

/** The `apiVersion` of a group and version. */
export function groupVersion(group: string, version: string): string {
  return [group, version].filter((part) => part !== '').join('/')
}

/** The document's groups; undefined when it is another one. */
export function readAggregated(document: Value): (GroupVersionTypes | DiscoveryFailure)[] | undefined {
  const list = asMap(document)
  if (list?.['kind'] !== 'APIGroupDiscoveryList') return undefined
  return asList(list['items']).flatMap((item) => {
    const group = asText(field(item, 'metadata', 'name')) ?? ''
    return asList(field(item, 'versions')).map((entry) => readVersion(group, entry))
  })
}

function readVersion(group: string, entry: Value): GroupVersionTypes | DiscoveryFailure {
  const version = asText(field(entry, 'version')) ?? ''
  // What it lists then is what was there when its server last answered.
  if (field(entry, 'freshness') === 'Stale') {
    return { groupVersion: groupVersion(group, version), error: 'the server behind this group does not answer' }
  }
  const types = asList(field(entry, 'resources')).flatMap((item) => {
    const kind = asText(field(item, 'responseKind', 'kind')) ?? ''
    const plural = asText(field(item, 'resource')) ?? ''
    // Something that has sub-resources only.
    if (kind === '' || plural === '') return []
    const namespaced = field(item, 'scope') === 'Namespaced'
    return [{ kind, plural, namespaced, verbs: asTexts(field(item, 'verbs')) }]
  })
  return { group, version, types }
}
