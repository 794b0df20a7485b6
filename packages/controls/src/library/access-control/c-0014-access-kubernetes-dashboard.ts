/** Access Kubernetes dashboard. */
import { asText } from '@kubescape/resources'
import { bindingFindings, eachSubject } from '../../checks/rbac.ts'
import { eachWorkload } from '../../checks/workloads.ts'
import { removal, review } from '../../finding.ts'
import { defineControl } from '../../control.ts'

const DASHBOARD = 'kubernetes-dashboard'

export default defineControl({
  id: 'C-0014',
  name: 'Access Kubernetes dashboard',
  baseScore: 2,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: 'Another subject is bound to the role of the Kubernetes dashboard, or another workload runs as its ServiceAccount. Dashboard installations often hold wide rights, so whoever controls that subject or workload can read and change what the dashboard can.',
  repair:
    'Remove every subject but `kubernetes-dashboard` from `subjects` of the binding, and set `serviceAccountName` of other workloads to a ServiceAccount of their own. Let people sign in to the dashboard with their own accounts.',
  references: ['dashboard', 'rbacGoodPractices'],
  checks: [
    eachSubject('rule-access-dashboard-subject-v1', (vector) => {
      if (vector.role.name !== DASHBOARD || vector.subject.name === DASHBOARD) return undefined
      return [
        ...vector.binding.subjects.map((subject) => review(`relatedObjects[0].subjects[${subject.index}]`)),
        ...bindingFindings(vector).slice(1),
      ]
    }),
    eachWorkload({ name: 'rule-access-dashboard-wl-v1' }, (workload) =>
      asText(workload.get('serviceAccountName')) === DASHBOARD && !workload.name.startsWith(DASHBOARD)
        ? [removal(workload.at('serviceAccountName'))]
        : undefined,
    ),
  ],
})
