/** Workload with administrative roles. */
import { boundToRole, grants } from '../../checks/rights.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0272',
  name: 'Workload with administrative roles',
  baseScore: 6,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [boundToRole('workload-with-administrative-roles', (rule) => grants(rule, ['*'], ['*']))],
})
