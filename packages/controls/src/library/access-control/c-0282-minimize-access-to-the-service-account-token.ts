/** Minimize access to the service account token creation. */
import { grantsRights } from '../../checks/rbac.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0282',
  name: 'Minimize access to the service account token creation',
  baseScore: 5,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: 'With `create` on `serviceaccounts/token` a subject can issue a token for any ServiceAccount within reach of the role, and act with its rights. In `kube-system` that includes controllers which may do nearly everything.',
  repair:
    'Remove `serviceaccounts/token` from `rules[].resources`, or grant it by a Role in the one namespace with the account in `resourceNames`. Programs outside of the cluster get their tokens better by an identity provider than by issuing them.',
  references: ['rbacGoodPractices', 'rbac'],
  checks: [
    grantsRights('rule-can-create-service-account-token', {
      verbs: ['create', '*'],
      apiGroups: ['', '*'],
      resources: ['serviceaccounts/token', '*/token', '*'],
    }),
  ],
})
