/** Ensure that the Controller Manager --terminated-pod-gc-threshold argument is set as appropriate. */
import { reviewedFlag } from '../../checks/component-flags.ts'
import { CONTROLLER_MANAGER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0144',
  name: 'Ensure that the Controller Manager --terminated-pod-gc-threshold argument is set as appropriate',
  baseScore: 4,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'Finished pods stay in etcd until there are more than the threshold, 12500 by default. Whether that suits the size of etcd and your need to look at finished pods is for a person to say.',
  repair:
    'Set `--terminated-pod-gc-threshold` on kube-controller-manager, for instance to 100 in a small cluster, and add an exception once you have weighed it: any value is reported.',
  references: ['controllerManagerFlags'],
  checks: [
    reviewedFlag({
      name: 'ensure-that-the-controller-manager-terminated-pod-gc-threshold-argument-is-set-as-appropriate',
      component: CONTROLLER_MANAGER,
      flag: '--terminated-pod-gc-threshold',
      absent: 'fails',
    }),
  ],
})
