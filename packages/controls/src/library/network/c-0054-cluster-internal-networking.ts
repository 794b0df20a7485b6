/** Cluster internal networking. */
import { namespaceWithoutPolicy } from '../../checks/network.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0054',
  name: 'Cluster internal networking',
  baseScore: 4,
  category: 'Network',
  scope: ['cluster', 'file'],
  why: 'Without a network policy in the namespace Kubernetes lets all pods talk to each other, across namespaces too. From one compromised pod an attacker can go on to databases and internal APIs that expect no hostile callers.',
  repair:
    'Create at least one NetworkPolicy in the namespace. A good start is an ingress rule that admits pods of the same namespace only (`ingress[].from[].podSelector: {}`); then list callers from other namespaces by `namespaceSelector`. Let monitoring and ingress controllers in before you apply it.',
  references: ['networkPolicies'],
  checks: [namespaceWithoutPolicy],
})
