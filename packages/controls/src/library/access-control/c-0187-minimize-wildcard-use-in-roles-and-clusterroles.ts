/** Minimize wildcard use in Roles and ClusterRoles. */
import { administrators } from '../../checks/rights.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0187',
  name: 'Minimize wildcard use in Roles and ClusterRoles',
  baseScore: 7,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: 'A rule with `*` for both verbs and resources also grants what nobody had in mind: reading Secrets, running commands in pods, and every resource type or verb that is added to the API group later. A leak of this account has no limits within the scope of the role.',
  repair:
    'Replace `*` in `rules[].resources` and `rules[].verbs` by the names that the subject uses; audit logs of its requests show which. Test with `kubectl auth can-i` and `--as=<subject>` before you remove the wildcard, because operators may use more types than they document.',
  references: ['rbacGoodPractices', 'rbac'],
  checks: [administrators],
})
