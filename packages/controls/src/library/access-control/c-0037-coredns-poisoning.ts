/** CoreDNS poisoning. */
import { grantsRights } from '../../checks/rbac.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0037',
  name: 'CoreDNS poisoning',
  baseScore: 4,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [grantsRights('rule-can-update-configmap-v1', {
      verbs: ['update', 'patch', '*'],
      apiGroups: ['', '*'],
      resources: ['configmaps', '*'],
      unless: (rule) => rule.resourceNames.length > 0 && !rule.resourceNames.includes('coredns'),
    }),],
})
