/** Instance Metadata API. */
import { matching } from '@kubescape/resources'
import { defineControl } from '../../control.ts'

const FACTS = [matching('*', 'cloudProviderInfo')]

export default defineControl({
  id: 'C-0052',
  name: 'Instance Metadata API',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cloud'],
  why: 'Pods on this node can reach the instance metadata service of the cloud provider. A compromised container, or a web application tricked into fetching a URL, can obtain the cloud credentials of the node there.',
  repair:
    'Keep pods from `169.254.169.254`: on EKS require IMDSv2 with `HttpPutResponseHopLimit: 1` on the instances, on GKE use Workload Identity Federation, elsewhere an egress NetworkPolicy that leaves out this address. Give pods that need the cloud an identity of their own first.',
  needs: { what: 'facts of the nodes (cloudProviderInfo objects)', kinds: ['cloudProviderInfo'] },
  checks: [{ shape: 'unavailable', name: 'instance-metadata-api-access', match: FACTS }],
})
