/** Ensure that the API Server --authorization-mode argument includes RBAC. */
import { listIncludes } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0120',
  name: 'Ensure that the API Server --authorization-mode argument includes RBAC',
  baseScore: 8,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'RBAC is not among the authorisation modes of the API server. Roles and bindings have no effect, and what users may do is decided elsewhere or not at all: the default mode is `AlwaysAllow`.',
  repair:
    'Add `RBAC` to `--authorization-mode` of kube-apiserver, as in `Node,RBAC`. Create the roles and bindings that users and programs need first.',
  references: ['rbac', 'authorization'],
  checks: [
    listIncludes({
      name: 'ensure-that-the-api-server-authorization-mode-argument-includes-RBAC',
      component: API_SERVER,
      flag: '--authorization-mode',
      replacedBy: '--authorization-config',
      entry: 'RBAC',
    }),
  ],
})
