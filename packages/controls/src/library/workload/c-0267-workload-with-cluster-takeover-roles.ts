/** Workload with cluster takeover roles. */
import { boundToRole, grants } from '../../checks/rights.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0267',
  name: 'Workload with cluster takeover roles',
  baseScore: 6,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'The pods carry the token of a ServiceAccount that may read Secrets or create and change pods. Someone who breaks into this workload can take over other accounts with it: those of the namespace, or of the whole cluster if the binding is a ClusterRoleBinding.',
  repair:
    'Remove the ServiceAccount from `subjects` of the binding, or narrow the role so that it has neither `secrets` nor write verbs on `pods`; `resourceNames` are not read here. Set `automountServiceAccountToken: false` if the pods do not call the API. Operators that need them get a namespace of their own and an exception.',
  references: ['rbacGoodPractices', 'serviceAccounts'],
  attackSteps: { 'external-workload-with-cluster-takeover-roles': 'Cluster Access' },
  checks: [
    boundToRole(
      'workload-with-cluster-takeover-roles',
      (rule) =>
        grants(rule, ['pods', '*'], ['create', 'update', 'patch', '*']) ||
        grants(rule, ['secrets', '*'], ['get', 'list', 'watch', '*']),
    ),
  ],
})
