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
  why: 'The workload mounts a PersistentVolumeClaim. An intruder in it can read, change or encrypt the stored data, and what is planted there outlives the pod.',
  repair:
    'Remove the `volumeMounts` entry and the claim if the container needs no stored data. Set `readOnly: true` on the mount where it only reads, use one claim for each application, and keep backups outside the cluster. Where the access is meant, add an exception.',
  references: ['persistentVolumes', 'volumes'],
  attackSteps: { 'workload-external-track': 'Data Collection' },
  checks: [
    mountsObject('workload-mounted-pvc', matching('v1', 'PersistentVolumeClaim'), [
      'persistentVolumeClaim',
      'claimName',
    ]),
  ],
})
