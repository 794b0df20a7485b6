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
  why: '',
  repair: '',
  checks: [withoutPolicy('ensure_network_policy_configured_in_labels', false, [matching('v1', 'ConfigMap')])],
})
