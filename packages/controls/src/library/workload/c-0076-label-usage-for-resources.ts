/** Label usage for resources. */
import { labelledWith } from '../../checks/labels.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0076',
  name: 'Label usage for resources',
  baseScore: 2,
  category: 'Workload',
  scope: ['cluster', 'file'],
  actionRequired: 'configuration',
  why: '',
  repair: '',
  checks: [labelledWith('label-usage-for-resources', 'recommendedLabels')],
})
