/** Workload with administrative roles. */
import { boundToRole, grants } from '../../checks/rights.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0272',
  name: 'Workload with administrative roles',
  baseScore: 6,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'The pods carry the token of a ServiceAccount with all verbs on all resources. Someone who breaks into this workload becomes administrator of the namespace, or of the cluster if the binding is a ClusterRoleBinding.',
  repair:
    'Remove the ServiceAccount from `subjects` of the binding and bind a Role with the `resources` and `verbs` that the workload uses; audit logs show them. Set `automountServiceAccountToken: false` if it makes no API calls. Check with `kubectl auth can-i --list --as=system:serviceaccount:<namespace>:<name>`.',
  references: ['rbacGoodPractices', 'serviceAccounts'],
  checks: [boundToRole('workload-with-administrative-roles', (rule) => grants(rule, ['*'], ['*']))],
})
