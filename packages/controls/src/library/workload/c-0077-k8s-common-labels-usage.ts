/** K8s common labels usage. */
import { labelledWith } from '../../checks/labels.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0077',
  name: 'K8s common labels usage',
  baseScore: 2,
  category: 'Workload',
  scope: ['cluster', 'file'],
  actionRequired: 'configuration',
  why: '',
  repair: '',
  checks: [labelledWith('k8s-common-labels-usage', 'k8sRecommendedLabels')],
})
