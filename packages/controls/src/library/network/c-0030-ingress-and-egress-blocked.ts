/** Ingress and Egress blocked. */
import { withoutPolicy } from '../../checks/network.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0030',
  name: 'Ingress and Egress blocked',
  baseScore: 6,
  category: 'Network',
  scope: ['cluster', 'file'],
  why: 'No network policy that controls ingress or egress selects the pods of this workload. Any pod can open connections to it, and an intruder in it can reach other workloads, the node network and the internet.',
  repair:
    'Add a NetworkPolicy whose `spec.podSelector` matches the pod labels and whose `spec.policyTypes` lists `Ingress` and `Egress`, then allow only known peers. Allow DNS (port 53 to the cluster DNS) in the egress rules, or name lookups fail. Your network plug-in must enforce policies.',
  references: ['networkPolicies'],
  checks: [withoutPolicy('ingress-and-egress-blocked', true, [])],
})
