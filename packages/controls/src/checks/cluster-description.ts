/** Checks of what the clouds say of their clusters, one judgement per provider. */
import type { ValueMap } from '@kubescape/resources'

import type { Judgement, LocalCheck } from '../check.ts'
import type { Need } from '../control.ts'
import { CLOUD_GROUPS, dataOf, describedBy, type CloudProvider } from './cloud.ts'

/** The need of a control that the API server's own Pod or, for a managed cluster, the cloud can answer. */
export const NEEDS_API_SERVER_OR_CLOUD: Need = {
  what: "the Pod of kube-apiserver or the cloud's description of the cluster (a ClusterDescribe object)",
  kinds: ['ClusterDescribe', 'Pod'],
}

/** A check of cluster descriptions with one judgement per provider; descriptions without `data` are not tested. */
export function eachCluster(
  name: string,
  judges: Readonly<Partial<Record<CloudProvider, (data: ValueMap) => Judgement>>>,
): LocalCheck {
  const providers = (Object.keys(CLOUD_GROUPS) as CloudProvider[]).filter((provider) => judges[provider] !== undefined)
  return {
    shape: 'local',
    name,
    match: providers.map((provider) => describedBy(provider, 'ClusterDescribe')),
    judge(resource) {
      const provider = providers.find((each) => CLOUD_GROUPS[each] === resource.identity.group)
      const judge = provider === undefined ? undefined : judges[provider]
      const data = provider === undefined ? undefined : dataOf(provider, resource)
      return data === undefined || judge === undefined ? 'not-tested' : judge(data)
    },
  }
}
