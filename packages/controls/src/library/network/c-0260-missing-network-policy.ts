/** Missing network policy. */
import { matching } from '@kubescape/resources'
import { withoutPolicy } from '../../checks/network.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0260',
  name: 'Missing network policy',
  baseScore: 5,
  category: 'Network',
  scope: ['cluster', 'file'],
  why: 'No network policy selects this workload, so the network lets everything in and out. Whether another pod may connect depends on the application alone.',
  repair:
    'Check that a NetworkPolicy or Cilium policy in the namespace selects the pods: `spec.podSelector.matchLabels` must equal labels in `spec.template.metadata.labels`, or `podSelector: {}` takes all. List only needed peers in `ingress` and `egress`; a selected pod loses all other connections of that direction.',
  references: ['networkPolicies'],
  attackSteps: { 'workload-external-track': 'Lateral Movement (Network)' },
  checks: [withoutPolicy('ensure_network_policy_configured_in_labels', false, [matching('v1', 'ConfigMap')])],
})
