/** Host PID/IPC privileges. */
import { saysTrue } from '@kubescape/resources'
import { failsIfAny } from '../../check.ts'
import { eachWorkload } from '../../checks/workloads.ts'
import { removal } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0038',
  name: 'Host PID/IPC privileges',
  baseScore: 7,
  category: 'Workload',
  subCategory: 'Node escape',
  scope: ['cluster', 'file'],
  why: '',
  repair: '',
  checks: [eachWorkload({ name: 'host-pid-ipc-privileges' }, (workload) =>
      failsIfAny(
        ['hostPID', 'hostIPC'].filter((field) => saysTrue(workload.get(field))).map((field) => removal(workload.at(field))),
      ),
    ),],
})
