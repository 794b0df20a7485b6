/** Roles with delete capabilities. */
import { grantsRights } from '../../checks/rbac.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0007',
  name: 'Roles with delete capabilities',
  baseScore: 5,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: 'The subject may delete workloads, Services or Secrets. A stolen credential or a mistaken command can stop applications, and deleted Secrets or StatefulSets may not come back without a backup.',
  repair:
    'Remove `delete`, `deletecollection` and `*` from `rules[].verbs` where the subject does not need them. Leave deletion to your deployment tool and to few people, by a Role in one namespace in place of a ClusterRole. Check with `kubectl auth can-i delete deployments --as=<subject>`.',
  references: ['rbacGoodPractices', 'rbac'],
  checks: [
    grantsRights('rule-excessive-delete-rights-v1', {
      verbs: ['delete', 'deletecollection', '*'],
      apiGroups: ['', '*', 'apps', 'batch'],
      resources: [
        'secrets',
        'pods',
        'services',
        'deployments',
        'replicasets',
        'daemonsets',
        'statefulsets',
        'jobs',
        'cronjobs',
        '*',
      ],
    }),
  ],
})
