/** HostPath mount. */
import { failsIfAny } from '../../check.ts'
import { hostPathOf, mountFindings, volumesOf } from '../../checks/volumes.ts'
import { eachWorkload } from '../../checks/workloads.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0048',
  name: 'HostPath mount',
  baseScore: 7,
  category: 'Workload',
  subCategory: 'Storage',
  scope: ['cluster', 'file'],
  why: 'A hostPath volume brings files of the node into the pod. Through it a container can read kubelet credentials, logs or the data of other pods, and the pod depends on what happens to be on that node.',
  repair:
    'Replace the `hostPath` volume: by `emptyDir` for scratch space, a PersistentVolumeClaim for data, a ConfigMap or Secret for configuration. Node agents that must see host files keep a narrow `path` with `readOnly: true` on the mount, and an exception.',
  attackSteps: { 'workload-external-track': 'Privilege Escalation (Node)' },
  references: ['volumes', 'podSecurityStandards'],
  checks: [
    eachWorkload({ name: 'alert-any-hostpath' }, (workload) =>
      failsIfAny(
        volumesOf(workload)
          .filter((volume) => hostPathOf(volume))
          .flatMap((volume) => mountFindings(workload, volume)),
      ),
    ),
  ],
})
