/** Ensure that the Controller Manager --bind-address argument is set to 127.0.0.1. */
import { valueOf, isNotLoopback } from '../../checks/component-flags.ts'
import { CONTROLLER_MANAGER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0150',
  name: 'Ensure that the Controller Manager --bind-address argument is set to 127.0.0.1',
  baseScore: 5,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The controller manager listens on more than the loopback address. Its metrics and health endpoints can be reached over the network, where nobody but local probes needs them.',
  repair:
    'Set `--bind-address=127.0.0.1` on kube-controller-manager. If Prometheus scrapes it from elsewhere, put an authenticating proxy on the node instead.',
  references: ['controllerManagerFlags'],
  checks: [
    valueOf({
      name: 'ensure-that-the-controller-manager-bind-address-argument-is-set-to-127.0.0.1',
      component: CONTROLLER_MANAGER,
      flag: '--bind-address',
      isBad: isNotLoopback,
      good: '127.0.0.1',
    }),
  ],
})
