/** Roles with delete capabilities. */
import { grantsRights } from '../../checks/rbac.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0007',
  name: 'Roles with delete capabilities',
  baseScore: 5,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [grantsRights('rule-excessive-delete-rights-v1', {
      verbs: ['delete', 'deletecollection', '*'],
      apiGroups: ['', '*', 'apps', 'batch'],
      resources: ['secrets', 'pods', 'services', 'deployments', 'replicasets', 'daemonsets', 'statefulsets', 'jobs', 'cronjobs', '*'],
    }),],
})
