/** Prevent containers from allowing command execution. */
import { grantsRights } from '../../checks/rbac.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0002',
  name: 'Prevent containers from allowing command execution',
  baseScore: 5,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [grantsRights('exec-into-container-v1', {
      verbs: ['create', '*'],
      apiGroups: ['', '*'],
      resources: ['pods/exec', 'pods/*', '*'],
    }),],
})
