/** Prevent containers from allowing command execution. */
import { grantsRights } from '../../checks/rbac.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0002',
  name: 'Prevent containers from allowing command execution',
  baseScore: 5,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: 'A subject with `create` on `pods/exec`, or `get` before Kubernetes 1.35, can open a shell in every pod that its role covers. Whoever takes over that account reads what the containers hold, credentials included, and acts with the ServiceAccounts of the pods.',
  repair:
    'Remove `pods/exec`, `pods/*` or `*` from `rules[].resources`, or `create` and `get` from its `verbs`, or take the subject out of the binding. Give access for debugging in one namespace, for a limited time. Confirm with `kubectl auth can-i create pods --subresource=exec --as=<subject>`.',
  references: ['rbacGoodPractices', 'rbac'],
  checks: [
    grantsRights('exec-into-container-v1', {
      // Until Kubernetes 1.35 `get` was enough for an exec over WebSocket.
      verbs: ['create', 'get', '*'],
      apiGroups: ['', '*'],
      resources: ['pods/exec', 'pods/*', '*/exec', '*'],
    }),
  ],
})
