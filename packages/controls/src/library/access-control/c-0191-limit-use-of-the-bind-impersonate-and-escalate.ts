/** Limit use of the Bind, Impersonate and Escalate permissions in the Kubernetes cluster. */
import { grantsRights } from '../../checks/rbac.ts'
import { impersonators } from '../../checks/rights.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0191',
  name: 'Limit use of the Bind, Impersonate and Escalate permissions in the Kubernetes cluster',
  baseScore: 6,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: 'A subject may bind or escalate roles, or impersonate others. With `bind` and `escalate` it can give itself rights that it does not have; with `impersonate` it can act as someone who has them.',
  repair:
    'Remove `bind`, `escalate`, `impersonate` and `*` from `rules[].verbs` of the role, and let a few named administrators manage roles. An operator that creates RBAC objects needs only the rights that it hands out, not these verbs; limit it by `resourceNames` where it must have them, with an exception.',
  references: ['rbacGoodPractices', 'rbac'],
  checks: [
    grantsRights('rule-can-bind-escalate', {
      verbs: ['bind', 'escalate', '*'],
      apiGroups: ['rbac.authorization.k8s.io', '*'],
      resources: ['clusterroles', 'roles', '*'],
    }),
    impersonators,
  ],
})
