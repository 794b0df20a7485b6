/** CoreDNS poisoning. */
import { grantsRights } from '../../checks/rbac.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0037',
  name: 'CoreDNS poisoning',
  baseScore: 4,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: 'The subject can change ConfigMaps, and the one named `coredns` holds the configuration of the cluster DNS. Where that ConfigMap is in reach, an attacker can answer name lookups with own addresses and intercept traffic between workloads.',
  repair:
    'Remove `update`, `patch` or `*` on `configmaps` from the role, or list the ConfigMaps that the subject needs in `rules[].resourceNames`, without `coredns`. Check with `kubectl auth can-i update configmap/coredns -n kube-system --as=<subject>`.',
  references: ['dns', 'rbacGoodPractices'],
  checks: [
    grantsRights('rule-can-update-configmap-v1', {
      verbs: ['update', 'patch', '*'],
      apiGroups: ['', '*'],
      resources: ['configmaps', '*'],
      unless: (rule) => rule.resourceNames.length > 0 && !rule.resourceNames.includes('coredns'),
    }),
  ],
})
