/** Minimize wildcard use in Roles and ClusterRoles. */
import { administrators } from '../../checks/rights.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0187',
  name: 'Minimize wildcard use in Roles and ClusterRoles',
  baseScore: 7,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [administrators],
})
