/** Allow privilege escalation. */
import { privilegeEscalation } from '../../checks/pod-security.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0016',
  name: 'Allow privilege escalation',
  baseScore: 6,
  category: 'Workload',
  subCategory: 'Node escape',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [privilegeEscalation],
})
