/** Portforwarding privileges. */
import { grantsRights } from '../../checks/rbac.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0063',
  name: 'Portforwarding privileges',
  baseScore: 5,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: 'A subject with `create` on `pods/portforward`, or `get` before Kubernetes 1.35, can connect to any port of the pods in reach, also to ports that listen on localhost only. NetworkPolicies do not apply to such connections, so databases and debug ports become reachable from outside.',
  repair:
    'Remove `pods/portforward`, `pods/*` or `*` from `rules[].resources`, or `create` and `get` from its `verbs`. Grant it to developers in test namespaces only, by a Role. Check with `kubectl auth can-i create pods --subresource=portforward --as=<subject>`.',
  references: ['rbacGoodPractices', 'rbac'],
  checks: [
    grantsRights('rule-can-portforward-v1', {
      // Until Kubernetes 1.35 `get` was enough for a connection over WebSocket.
      verbs: ['create', 'get', '*'],
      apiGroups: ['', '*'],
      resources: ['pods/portforward', 'pods/*', '*/portforward', '*'],
    }),
  ],
})
