/** Ensure that the Controller Manager --use-service-account-credentials argument is set to true. */
import { booleanFlag } from '../../checks/component-flags.ts'
import { CONTROLLER_MANAGER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0146',
  name: 'Ensure that the Controller Manager --use-service-account-credentials argument is set to true',
  baseScore: 4,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'All controllers share the credential of the controller manager, so a flaw in one has the rights of all, and the audit log cannot tell them apart.',
  repair:
    'Set `--use-service-account-credentials=true` on kube-controller-manager. With RBAC the roles `system:controller:*` that each controller needs exist already.',
  references: ['controllerManagerFlags', 'rbac'],
  checks: [
    booleanFlag({
      name: 'ensure-that-the-controller-manager-use-service-account-credentials-argument-is-set-to-true',
      component: CONTROLLER_MANAGER,
      flag: '--use-service-account-credentials',
      want: true,
      absent: 'fails',
    }),
  ],
})
