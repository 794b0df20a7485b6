/** Portforwarding privileges. */
import { grantsRights } from '../../checks/rbac.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0063',
  name: 'Portforwarding privileges',
  baseScore: 5,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [grantsRights('rule-can-portforward-v1', {
      verbs: ['create', '*'],
      apiGroups: ['', '*'],
      resources: ['pods/portforward', 'pods/*', '*'],
    }),],
})
