/** Ensure that the Scheduler --bind-address argument is set to 127.0.0.1. */
import { valueOf, isNotLoopback } from '../../checks/component-flags.ts'
import { SCHEDULER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0152',
  name: 'Ensure that the Scheduler --bind-address argument is set to 127.0.0.1',
  baseScore: 5,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The scheduler can be reached on addresses other than loopback. It has nothing to offer there that other machines should use.',
  repair:
    'Set `--bind-address=127.0.0.1` on kube-scheduler, and check that `host` of its `livenessProbe` and `startupProbe` is the same address.',
  references: ['schedulerFlags'],
  checks: [
    valueOf({
      name: 'ensure-that-the-scheduler-bind-address-argument-is-set-to-127.0.0.1',
      component: SCHEDULER,
      flag: '--bind-address',
      isBad: isNotLoopback,
      good: '127.0.0.1',
    }),
  ],
})
