/** Workload with ConfigMap access. */
import { matching } from '@kubescape/resources'
import { mountsObject } from '../../checks/mounts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0258',
  name: 'Workload with ConfigMap access',
  baseScore: 5,
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [mountsObject('workload-mounted-configmap', matching('v1', 'ConfigMap'), ['configMap', 'name'])],
})
