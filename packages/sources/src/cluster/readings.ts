/** Which types of a cluster a scan lists, and in which namespaces. */
import { pickResources, type ApiResource, type Discovery, type UnreadableType } from '@kubescape/cluster'
import { matches, WORKLOAD_KINDS, type Match } from '@kubescape/resources'

import { servedMatches } from './host-data.ts'

/** What a scan looks at. */
export interface ClusterNeeds {
  readonly judged: readonly Match[]
  readonly joined: readonly Match[]
  /** Those of the joined types whose objects count in every namespace. */
  readonly across: readonly Match[]
}

/** Which part of the cluster is wanted. */
export interface ClusterExtent {
  /** The only namespaces that are wanted; all where it is empty. */
  readonly includeNamespaces?: readonly string[]
  readonly excludeNamespaces?: readonly string[]
  /** One workload is judged, which is read otherwise: beside it only what it is joined with is listed, and no workload. */
  readonly isOneWorkload?: boolean
}

/** A type that is listed. */
export interface Reading {
  readonly resource: ApiResource
  /** The namespaces that it is listed in, one by one; all at once where it is empty. */
  readonly namespaces: readonly string[]
  /** The namespaces that it is listed in where all at once may not be listed. */
  readonly otherwise: readonly string[]
  /** Namespaces that are left out of a list of all. */
  readonly except: readonly string[]
  /** Nothing joins its objects: those that are not judged need not be read. */
  readonly isOnlyJudged: boolean
}

/** What is listed, and the wanted types that cannot be. */
export interface Readings {
  readonly listed: readonly Reading[]
  readonly unreadable: readonly UnreadableType[]
}

/** How a scan reads what it needs. */
export function planReadings(
  discovery: Discovery,
  { judged, joined, across }: ClusterNeeds,
  { includeNamespaces = [], excludeNamespaces = [], isOneWorkload = false }: ClusterExtent,
): Readings {
  const { listed, unreadable } = pickResources(
    discovery,
    servedMatches(isOneWorkload ? joined : [...judged, ...joined]),
  )
  const isRead = ({ kind }: { readonly kind: string }): boolean => !isOneWorkload || !WORKLOAD_KINDS.includes(kind)
  return {
    listed: listed.filter(isRead).map((resource) => {
      const wanted = resource.namespaced ? includeNamespaces : []
      const isOnlyJudged = !matches(servedMatches(joined), resource)
      if (matches(across, resource)) return { resource, namespaces: [], otherwise: wanted, except: [], isOnlyJudged }
      const except = resource.namespaced ? excludeNamespaces : []
      return { resource, namespaces: wanted, otherwise: [], except, isOnlyJudged }
    }),
    unreadable: unreadable.filter(isRead),
  }
}
