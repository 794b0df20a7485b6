/** Ensure that all Namespaces have Network Policies defined. */
import { namespaceWithoutPolicy } from '../../checks/network.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0206',
  name: 'Ensure that all Namespaces have Network Policies defined',
  baseScore: 4,
  category: 'Network',
  scope: ['cluster', 'file'],
  why: 'No network policy lives in this namespace. Kubernetes then lets every pod of the cluster talk to its pods, and lets them talk to anything, the internet included.',
  repair:
    'Write a NetworkPolicy for the namespace with an empty `podSelector` and both `policyTypes`, so that nothing is open by default, and one policy for each connection that is wanted. Check that your network plug-in enforces policies: some only store them.',
  references: ['networkPolicies'],
  checks: [namespaceWithoutPolicy],
})
