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
  why: 'With `hostPID` the container sees all processes of the node and can read their environment or signal them; with `hostIPC` it can use their shared memory. Either gives an intruder a way to other workloads and to the node.',
  repair:
    'Remove `hostPID` and `hostIPC` from the pod spec or set them to false. Use `shareProcessNamespace: true` if only the containers of the same pod must see each other. Node agents for monitoring or debugging may need it: add an exception for those.',
  references: ['podSecurityStandards'],
  checks: [
    eachWorkload({ name: 'host-pid-ipc-privileges' }, (workload) =>
      failsIfAny(
        ['hostPID', 'hostIPC']
          .filter((field) => saysTrue(workload.get(field)))
          .map((field) => removal(workload.at(field))),
      ),
    ),
  ],
})
