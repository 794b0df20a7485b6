/** Workload with secret access. */
import { matching } from '@kubescape/resources'
import { mountsObject } from '../../checks/mounts.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0255',
  name: 'Workload with secret access',
  baseScore: 8,
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [mountsObject('workload-mounted-secrets', matching('v1', 'Secret'), ['secret', 'secretName'])],
})
