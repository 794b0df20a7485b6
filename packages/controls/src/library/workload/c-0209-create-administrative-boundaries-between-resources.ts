/** Create administrative boundaries between resources using namespaces. */
import { matching } from '@kubescape/resources'
import { inventory } from '../../checks/objects.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0209',
  name: 'Create administrative boundaries between resources using namespaces',
  baseScore: 5,
  category: 'Workload',
  scope: ['cluster'],
  why: 'This is a list of all namespaces, for a person to look at. Where teams or applications share one, their Secrets, quotas and rights have no border between them; forgotten ones hold workloads that nobody updates.',
  repair:
    'Go through the list: each application or team should have a namespace of its own, with its own Roles, quotas and network policies. Move what shares one by changing `metadata.namespace`, delete namespaces that nobody uses, and add an exception for those that you have reviewed.',
  references: ['namespaces'],
  checks: [inventory('list-all-namespaces', [matching('v1', 'Namespace')])],
})
