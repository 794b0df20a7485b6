/** Delete Kubernetes events. */
import { grantsRights } from '../../checks/rbac.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0031',
  name: 'Delete Kubernetes events',
  baseScore: 4,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: 'The subject can delete events. Events record pod starts, failed mounts and failed scheduling, so an intruder with this right can remove traces of an attack before anyone looks.',
  repair:
    'Remove `delete`, `deletecollection` or `*` from `rules[].verbs` of the rule that covers `events`. Events expire by themselves, so people and tools rarely need to delete them. Send events and audit logs to storage outside the cluster to keep a copy.',
  references: ['rbacGoodPractices', 'auditing'],
  checks: [
    grantsRights('rule-can-delete-k8s-events-v1', {
      verbs: ['delete', 'deletecollection', '*'],
      apiGroups: ['', '*', 'events.k8s.io'],
      resources: ['events', '*'],
    }),
  ],
})
