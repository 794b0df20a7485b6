/** Ensure that the Controller Manager --root-ca-file argument is set as appropriate. */
import { requiredFlag } from '../../checks/component-flags.ts'
import { CONTROLLER_MANAGER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0148',
  name: 'Ensure that the Controller Manager --root-ca-file argument is set as appropriate',
  baseScore: 7,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'Pods get no CA certificate by which they could verify the API server. Their programs either fail or skip the check and may hand their token to an impostor.',
  repair:
    'Set `--root-ca-file` on kube-controller-manager to the CA of the API server, usually `/etc/kubernetes/pki/ca.crt`. It is then published to each namespace as the ConfigMap `kube-root-ca.crt`.',
  references: ['certificates', 'controllerManagerFlags'],
  checks: [
    requiredFlag({
      name: 'ensure-that-the-controller-manager-root-ca-file-argument-is-set-as-appropriate',
      component: CONTROLLER_MANAGER,
      flag: '--root-ca-file',
      value: '<path/to/key/ca.crt>',
    }),
  ],
})
