/** Instance Metadata API. */
import { field, saysTrue } from '@kubescape/resources'
import { needsNodeFacts, nodeFacts } from '../../checks/node-facts.ts'
import { eachObject } from '../../checks/objects.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0052',
  name: 'Instance Metadata API',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cloud'],
  why: 'Pods on this node can reach the instance metadata service of the cloud provider. A compromised container, or a web application tricked into fetching a URL, can obtain the cloud credentials of the node there.',
  repair:
    'Keep pods from `169.254.169.254`: on EKS require IMDSv2 with `HttpPutResponseHopLimit: 1` on the instances, on GKE use Workload Identity Federation, elsewhere an egress NetworkPolicy that leaves out this address. Give pods that need the cloud an identity of their own first.',
  references: ['networkPolicies', 'eksSecurity', 'gkeHardening'],
  needs: needsNodeFacts('cloudProviderInfo'),
  checks: [
    eachObject({ name: 'instance-metadata-api-access', match: nodeFacts('cloudProviderInfo') }, ({ object }) => {
      const access = field(object, 'data', 'providerMetaDataAPIAccess')
      if (access === undefined || access === null) return 'not-tested'
      return saysTrue(access) ? [] : undefined
    }),
  ],
})
