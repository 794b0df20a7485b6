/** What cloud providers say of a cluster, its registry and its identities: objects of kinds that are no part of Kubernetes. */
import { asMap, asText, field, matching, type Match, type Resource, type ValueMap } from '@kubescape/resources'

import type { Judgement, LocalCheck } from '../check.ts'
import type { Need } from '../control.ts'
import { eachObject } from './objects.ts'

/** A provider of managed clusters, by the name of its product. */
export type CloudProvider = 'eks' | 'aks' | 'gke'

/** API group of the objects that describe a provider's clusters. */
export const CLOUD_GROUPS: Readonly<Record<CloudProvider, string>> = {
  eks: 'eks.amazonaws.com',
  aks: 'management.azure.com',
  gke: 'container.googleapis.com',
}

/** The need of controls about how the cloud runs the cluster. */
export const CLUSTER_DESCRIPTION: Need = {
  what: "the cloud's description of the cluster (a ClusterDescribe object)",
  kinds: ['ClusterDescribe'],
}

/** Matches objects of a kind that describe a provider's clusters. */
export function describedBy(provider: CloudProvider, kind: string): Match {
  return matching(`${CLOUD_GROUPS[provider]}/v1`, kind)
}

/** The object's `data`; undefined when it holds nothing, or when it says that it is of another provider. */
export function dataOf(provider: CloudProvider, resource: Resource): ValueMap | undefined {
  return isAbout(provider, resource) ? asMap(resource.object['data']) : undefined
}

function isAbout(provider: CloudProvider, resource: Resource): boolean {
  const written = asText(field(resource.object, 'metadata', 'provider'))
  return written === undefined || written === provider
}

/** True for Nodes of EKS: by their provider, the labels of node groups, or the build of their kubelet. */
export function isEksNode({ object }: Resource): boolean {
  const labels = Object.keys(asMap(field(object, 'metadata', 'labels')) ?? {})
  return (
    (asText(field(object, 'spec', 'providerID')) ?? '').startsWith('aws:') ||
    (asText(field(object, 'status', 'nodeInfo', 'kubeletVersion')) ?? '').includes('-eks-') ||
    labels.some((label) => label.startsWith('eks.amazonaws.com/'))
  )
}

/**
 * Fails cluster descriptions by a part of them. Those without that part say nothing of it, so they are not tested.
 * @param part keys of the part below `data`
 * @param isBad `not-tested` where the part leaves out what matters
 */
export function clusterDescription(
  name: string,
  provider: CloudProvider,
  part: readonly string[],
  isBad: (part: ValueMap) => boolean | 'not-tested',
): LocalCheck {
  return eachObject({ name, match: [describedBy(provider, 'ClusterDescribe')] }, (resource): Judgement => {
    const described = asMap(field(dataOf(provider, resource), ...part))
    const verdict = described === undefined ? 'not-tested' : isBad(described)
    if (verdict === 'not-tested') return verdict
    return verdict ? [] : undefined
  })
}

/** Every object of the kind, for a person to look at who may do what in the cloud. */
export function cloudInventory(name: string, provider: CloudProvider, kind: string): LocalCheck {
  return eachObject({ name, match: [describedBy(provider, kind)] }, (resource) =>
    isAbout(provider, resource) ? [] : 'not-tested',
  )
}
