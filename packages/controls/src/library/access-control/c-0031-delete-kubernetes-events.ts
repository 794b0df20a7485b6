/** Delete Kubernetes events. */
import { grantsRights } from '../../checks/rbac.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0031',
  name: 'Delete Kubernetes events',
  baseScore: 4,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [grantsRights('rule-can-delete-k8s-events-v1', {
      verbs: ['delete', 'deletecollection', '*'],
      apiGroups: ['', '*', 'events.k8s.io'],
      resources: ['events', '*'],
    }),],
})
