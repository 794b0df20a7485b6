/** Checks of what a cloud says of its cluster. */
import { asMap, matching, type ValueMap } from '@kubescape/resources'

import type { Judgement, LocalCheck } from '../check.ts'
import type { Need } from '../control.ts'

/** API group under which each managed Kubernetes describes its clusters. */
const GROUPS = { AKS: 'management.azure.com', EKS: 'eks.amazonaws.com', GKE: 'container.googleapis.com' } as const

/** A managed Kubernetes. */
export type Provider = keyof typeof GROUPS

/** The need of a control that the API server's own Pod or, for a managed cluster, the cloud can answer. */
export const NEEDS_API_SERVER_OR_CLOUD: Need = {
  what: "the Pod of kube-apiserver or the cloud's description of the cluster (a ClusterDescribe object)",
  kinds: ['ClusterDescribe', 'Pod'],
}

/** A check of cluster descriptions with one judgement per provider; descriptions without `data` are not tested. */
export function eachCluster(
  name: string,
  judges: Readonly<Partial<Record<Provider, (data: ValueMap) => Judgement>>>,
): LocalCheck {
  const providers = (Object.keys(GROUPS) as Provider[]).filter((provider) => judges[provider] !== undefined)
  return {
    shape: 'local',
    name,
    match: providers.map((provider) => matching(`${GROUPS[provider]}/*`, 'ClusterDescribe')),
    judge({ identity, object }) {
      const data = asMap(object['data'])
      const provider = providers.find((each) => GROUPS[each] === identity.group)
      const judge = provider === undefined ? undefined : judges[provider]
      return data === undefined || judge === undefined ? 'not-tested' : judge(data)
    },
  }
}
