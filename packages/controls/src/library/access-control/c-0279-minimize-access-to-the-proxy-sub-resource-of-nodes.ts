/** Minimize access to the proxy sub-resource of nodes. */
import { grantsRights } from '../../checks/rbac.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0279',
  name: 'Minimize access to the proxy sub-resource of nodes',
  baseScore: 5,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: 'With `nodes/proxy` a subject talks to the kubelet of any node directly. It can run commands in all pods of the node there, and neither admission control nor the audit log notices.',
  repair:
    'Remove `nodes/proxy` and wildcards from `rules[].resources`. Monitoring gets by with `nodes/metrics` and `nodes/stats`, and newer kubelets know `nodes/healthz`, `nodes/pods` and others as rights of their own; ask your vendor for a chart that uses these.',
  references: ['rbacGoodPractices', 'kubeletAuthentication'],
  checks: [
    grantsRights('rule-can-access-proxy-subresource', {
      verbs: ['get', 'create', 'connect', '*'],
      apiGroups: ['', '*'],
      resources: ['nodes/proxy', '*/proxy', '*'],
    }),
  ],
})
