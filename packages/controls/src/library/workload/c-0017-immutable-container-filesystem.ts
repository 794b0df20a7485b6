/** Immutable container filesystem. */
import { writableRoot } from '../../checks/pod-security.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0017',
  name: 'Immutable container filesystem',
  baseScore: 3,
  category: 'Workload',
  subCategory: 'Node escape',
  scope: ['cluster', 'file'],
  why: 'The container can write to its root filesystem. An intruder can replace programs, change configuration or store tools there, and such changes do not show in the image.',
  repair:
    'Set `securityContext.readOnlyRootFilesystem: true`. Mount an `emptyDir` on each directory that the application writes to, such as `/tmp`, cache and run directories, and a persistent volume where data must survive a restart.',
  attackSteps: { 'workload-external-track': 'Persistence' },
  references: ['securityContext'],
  checks: [writableRoot],
})
