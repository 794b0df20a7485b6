/** Ensure that the Controller Manager --profiling argument is set to false. */
import { booleanFlag } from '../../checks/component-flags.ts'
import { CONTROLLER_MANAGER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0145',
  name: 'Ensure that the Controller Manager --profiling argument is set to false',
  baseScore: 3,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'Profiling of the controller manager is on, as by default. Whoever reaches its port with credentials can learn how it works inside and keep it busy.',
  repair:
    'Add `--profiling=false` to `/etc/kubernetes/manifests/kube-controller-manager.yaml`; the kubelet restarts it by itself.',
  references: ['controllerManagerFlags'],
  checks: [
    booleanFlag({
      name: 'ensure-that-the-controller-manager-profiling-argument-is-set-to-false',
      component: CONTROLLER_MANAGER,
      flag: '--profiling',
      want: false,
      absent: 'fails',
    }),
  ],
})
