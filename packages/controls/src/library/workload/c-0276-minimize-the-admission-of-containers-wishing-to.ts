/** Minimize the admission of containers wishing to share the host IPC namespace. */
import { saysTrue } from '@kubescape/resources'
import { eachWorkload } from '../../checks/workloads.ts'
import { removal } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0276',
  name: 'Minimize the admission of containers wishing to share the host IPC namespace',
  baseScore: 5,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'The pod sets `hostIPC: true` and so shares System V and POSIX memory with programs of the node. It can read or corrupt what they exchange there, for example the buffers of a database.',
  repair:
    'Take `hostIPC` out of the pod spec. Containers of one pod share these means anyway, and a larger `/dev/shm` comes from an `emptyDir` volume with `medium: Memory`.',
  references: ['podSecurityStandards'],
  checks: [
    eachWorkload({ name: 'host-ipc-privileges' }, (workload) =>
      saysTrue(workload.get('hostIPC')) ? [removal(workload.at('hostIPC'))] : undefined,
    ),
  ],
})
