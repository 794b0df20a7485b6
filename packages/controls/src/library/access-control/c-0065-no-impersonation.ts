/** No impersonation. */
import { impersonators } from '../../checks/rights.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0065',
  name: 'No impersonation',
  baseScore: 6,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: 'A subject that may impersonate can send requests as another user, group or ServiceAccount. Unless names are restricted, it can act as a cluster administrator, and it makes the audit trail harder to follow.',
  repair:
    'Remove `impersonate` or `*` from `rules[].verbs`. Where a proxy or support tool needs it, name the allowed users or groups in `rules[].resourceNames` and add an exception, because this control does not read that list. Check with `kubectl auth can-i impersonate users --as=<subject>`.',
  references: ['rbacGoodPractices', 'rbac'],
  checks: [impersonators],
})
