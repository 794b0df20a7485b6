/** K8s common labels usage. */
import { labelledWith } from '../../checks/labels.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0077',
  name: 'K8s common labels usage',
  baseScore: 2,
  category: 'Workload',
  scope: ['cluster', 'file'],
  isOperational: true,
  actionRequired: 'configuration',
  why: 'None of the common `app.kubernetes.io` labels is set on the workload or on its pods. Tools then cannot tell which objects belong to one application, which version runs, or what manages it.',
  repair:
    'Add at least `app.kubernetes.io/name` to `metadata.labels` and to `spec.template.metadata.labels`; `instance`, `version` and `part-of` are useful too. Do not put the version into `spec.selector`, which is immutable. The input `k8sRecommendedLabels` holds the accepted keys.',
  references: ['commonLabels'],
  checks: [labelledWith('k8s-common-labels-usage', 'k8sRecommendedLabels')],
})
