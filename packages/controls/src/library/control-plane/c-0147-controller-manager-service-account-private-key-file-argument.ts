/** Ensure that the Controller Manager --service-account-private-key-file argument is set as appropriate. */
import { requiredFlag } from '../../checks/component-flags.ts'
import { CONTROLLER_MANAGER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0147',
  name: 'Ensure that the Controller Manager --service-account-private-key-file argument is set as appropriate',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The controller manager is not told which key signs tokens of ServiceAccounts, so it cannot make the long-lived ones, and nobody has settled where that key lies or how it is replaced.',
  repair:
    'Set `--service-account-private-key-file` on kube-controller-manager to the private key whose public part is in `--service-account-key-file` of kube-apiserver, such as `/etc/kubernetes/pki/sa.key`.',
  references: ['serviceAccounts', 'controllerManagerFlags'],
  checks: [
    requiredFlag({
      name: 'ensure-that-the-controller-manager-service-account-private-key-file-argument-is-set-as-appropriate',
      component: CONTROLLER_MANAGER,
      flag: '--service-account-private-key-file',
      value: '<path/to/key/filename.key>',
    }),
  ],
})
