/** system:authenticated user has elevated roles. */
import { eachSubject } from '../../checks/rbac.ts'
import { review } from '../../finding.ts'
import { defineControl } from '../../control.ts'

const ELEVATED = new Set([
  '*',
  'pods',
  'pods/exec',
  'pods/attach',
  'pods/portforward',
  'deployments',
  'statefulset',
  'statefulsets',
  'daemonset',
  'daemonsets',
  'jobs',
  'cronjobs',
  'nodes',
  'secrets',
])

export default defineControl({
  id: 'C-0265',
  name: 'system:authenticated user has elevated roles',
  baseScore: 7,
  category: 'Control plane',
  subCategory: 'Supply chain',
  scope: ['cluster'],
  why: 'The group `system:authenticated` holds every user and ServiceAccount that can sign in; on GKE it can include anyone with a Google account. Its role covers pods, workloads, nodes or Secrets, so any valid account can see or change them.',
  repair:
    'Remove `system:authenticated` from `subjects` of the binding and bind the groups or ServiceAccounts that need the role. Before, look in the audit log for users of these rights. Check the result with `kubectl auth can-i --list --as=test --as-group=system:authenticated`.',
  references: ['rbacGoodPractices', 'gkeHardening'],
  checks: [
    eachSubject('system-authenticated-allowed-to-take-over-cluster', ({ binding, role }) => {
      const everyone = binding.subjects.filter(
        (subject) => subject.kind === 'Group' && subject.name === 'system:authenticated',
      )
      if (everyone.length === 0 || !role.rules.some((rule) => rule.resources.some((name) => ELEVATED.has(name))))
        return undefined
      // The published paths name the object as a whole first, and the role's side of the reference.
      return [
        review(''),
        ...everyone.map((subject) => review(`relatedObjects[0].subjects[${subject.index}]`)),
        review('relatedObjects[1].roleRef.name'),
      ]
    }),
  ],
})
