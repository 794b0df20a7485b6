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
  why: '',
  repair: '',
  checks: [eachWorkload({ name: 'alert-any-hostpath' }, (workload) =>
      failsIfAny(volumesOf(workload).filter((volume) => hostPathOf(volume)).flatMap((volume) => mountFindings(workload, volume))),
    ),],
})
