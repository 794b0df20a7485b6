/** Ensure that the Scheduler --profiling argument is set to false. */
import { booleanFlag } from '../../checks/component-flags.ts'
import { SCHEDULER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0151',
  name: 'Ensure that the Scheduler --profiling argument is set to false',
  baseScore: 3,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The scheduler serves profiling data. That helps an intruder to study it or slow it down, and it is of use only while a problem is being examined.',
  repair: 'Put `--profiling=false` into the `command` of `/etc/kubernetes/manifests/kube-scheduler.yaml`.',
  references: ['schedulerFlags'],
  checks: [
    booleanFlag({
      name: 'ensure-that-the-scheduler-profiling-argument-is-set-to-false',
      component: SCHEDULER,
      flag: '--profiling',
      want: false,
      absent: 'fails',
    }),
  ],
})
