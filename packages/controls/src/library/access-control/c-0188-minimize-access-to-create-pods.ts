/** Minimize access to create pods. */
import { grantsRights } from '../../checks/rbac.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0188',
  name: 'Minimize access to create pods',
  baseScore: 5,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [grantsRights('rule-can-create-pod', {
      verbs: ['create', '*'],
      apiGroups: ['', '*'],
      resources: ['pods', '*'],
    }),],
})
