/** Label usage for resources. */
import { labelledWith } from '../../checks/labels.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0076',
  name: 'Label usage for resources',
  baseScore: 2,
  category: 'Workload',
  scope: ['cluster', 'file'],
  isOperational: true,
  actionRequired: 'configuration',
  why: 'The workload or its pods carry none of the labels that your organisation uses. In an incident nobody can see to whom it belongs, and policies that select by label pass it over.',
  repair:
    'Add one or more of the labels in the input `recommendedLabels` to `metadata.labels` and to `spec.template.metadata.labels`. Leave `spec.selector` as it is, since it cannot be changed later; new labels in the template restart the pods. Set the input to your own keys.',
  references: ['commonLabels'],
  checks: [labelledWith('label-usage-for-resources', 'recommendedLabels')],
})
