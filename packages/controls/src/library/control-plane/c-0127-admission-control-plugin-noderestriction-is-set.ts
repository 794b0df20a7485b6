/** Ensure that the admission control plugin NodeRestriction is set. */
import { listIncludes } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0127',
  name: 'Ensure that the admission control plugin NodeRestriction is set',
  baseScore: 4,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'Kubelets are not held to their own node. With the credential of one node an intruder can change labels and status of others and draw pods with Secrets to the node that they hold.',
  repair:
    'Add `NodeRestriction` to `--enable-admission-plugins`, and have `Node` in `--authorization-mode`. Labels that steer sensitive pods belong below `node-restriction.kubernetes.io/`.',
  references: ['nodeAuthorization', 'admissionControllers', 'authorization'],
  checks: [
    listIncludes({
      name: 'ensure-that-the-admission-control-plugin-NodeRestriction-is-set',
      component: API_SERVER,
      flag: '--enable-admission-plugins',
      entry: 'NodeRestriction',
    }),
  ],
})
