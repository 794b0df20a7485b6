/** No impersonation. */
import { grantsRights } from '../../checks/rbac.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0065',
  name: 'No impersonation',
  baseScore: 6,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [grantsRights('rule-can-impersonate-users-groups-v1', {
      verbs: ['impersonate', '*'],
      apiGroups: ['', '*'],
      resources: ['users', 'serviceaccounts', 'groups', 'uids', '*'],
    }),],
})
