/** Workload with PVC access. */
import { matching } from '@kubescape/resources'
import { mountsObject } from '../../checks/mounts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0257',
  name: 'Workload with PVC access',
  baseScore: 4,
  category: 'Workload',
  subCategory: 'Storage',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [mountsObject('workload-mounted-pvc', matching('v1', 'PersistentVolumeClaim'), ['persistentVolumeClaim', 'claimName']),],
})
