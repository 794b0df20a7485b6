/** Ensure that the API Server --authorization-mode argument includes Node. */
import { listIncludes } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0119',
  name: 'Ensure that the API Server --authorization-mode argument includes Node',
  baseScore: 5,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The Node authoriser is not in use. Kubelets then need a role for what they read, and a stolen kubelet credential opens Secrets of pods on all nodes rather than on its own.',
  repair:
    'Add `Node` to `--authorization-mode`, before `RBAC`, and keep the admission plug-in `NodeRestriction` on beside it. Remove bindings of the group `system:nodes` afterwards.',
  references: ['nodeAuthorization', 'authorization', 'admissionControllers'],
  checks: [
    listIncludes({
      name: 'ensure-that-the-api-server-authorization-mode-argument-includes-Node',
      component: API_SERVER,
      flag: '--authorization-mode',
      replacedBy: '--authorization-config',
      entry: 'Node',
    }),
  ],
})
