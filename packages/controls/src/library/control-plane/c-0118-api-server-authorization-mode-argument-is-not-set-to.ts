/** Ensure that the API Server --authorization-mode argument is not set to AlwaysAllow. */
import { listExcludes } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0118',
  name: 'Ensure that the API Server --authorization-mode argument is not set to AlwaysAllow',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The API server runs with `AlwaysAllow` among its authorisation modes, or names no mode, which means the same. Every request that gets that far is granted, whatever the roles say.',
  repair:
    'Set `--authorization-mode` without `AlwaysAllow`; `Node,RBAC` is the usual value. Try it outside of production first, since programs without bindings lose their access.',
  references: ['authorization'],
  checks: [
    listExcludes({
      name: 'ensure-that-the-api-server-authorization-mode-argument-is-not-set-to-AlwaysAllow',
      component: API_SERVER,
      flag: '--authorization-mode',
      replacedBy: '--authorization-config',
      entry: 'AlwaysAllow',
      otherwise: 'RBAC',
      absent: 'Node,RBAC',
    }),
  ],
})
