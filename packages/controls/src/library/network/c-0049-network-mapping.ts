/** Network mapping. */
import { namespaceWithoutPolicy } from '../../checks/network.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0049',
  name: 'Network mapping',
  baseScore: 3,
  category: 'Network',
  scope: ['cluster', 'file'],
  why: 'The namespace has no network policy, so its pods can reach, and be reached from, the rest of the cluster. An intruder in one pod can scan addresses and ports to find which applications run where.',
  repair:
    'Create a NetworkPolicy that denies by default in the namespace: `podSelector: {}` with `policyTypes: [Ingress, Egress]`. Then add policies for the connections that applications use, and allow DNS, which is blocked otherwise. A CiliumNetworkPolicy counts as well.',
  references: ['networkPolicies'],
  checks: [namespaceWithoutPolicy],
})
