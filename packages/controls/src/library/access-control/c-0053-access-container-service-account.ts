/** Access container service account. */
import { eachSubject } from '../../checks/rbac.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0053',
  name: 'Access container service account',
  baseScore: 6,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: 'This ServiceAccount is bound to a role. Every pod that runs as it and mounts its token can use these rights, so someone who breaks into such a pod or may create pods in the namespace has them as well.',
  repair:
    'Review the rights of each ServiceAccount listed here with `kubectl auth can-i --list --as=system:serviceaccount:<namespace>:<name>`. Delete bindings that no workload needs, replace a ClusterRole by a narrower Role, and set `automountServiceAccountToken: false` where pods do not call the API.',
  references: ['rbacGoodPractices', 'rbac'],
  checks: [
    eachSubject('access-container-service-account-v1', ({ subject }) =>
      subject.kind === 'ServiceAccount' ? [] : 'not-tested',
    ),
  ],
})
