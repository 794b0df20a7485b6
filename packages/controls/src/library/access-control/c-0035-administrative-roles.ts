/** Administrative Roles. */
import { administrators } from '../../checks/rights.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0035',
  name: 'Administrative Roles',
  baseScore: 6,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [administrators],
})
