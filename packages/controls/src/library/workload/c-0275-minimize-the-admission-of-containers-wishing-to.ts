/** Minimize the admission of containers wishing to share the host process ID namespace. */
import { saysTrue } from '@kubescape/resources'
import { eachWorkload } from '../../checks/workloads.ts'
import { removal } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0275',
  name: 'Minimize the admission of containers wishing to share the host process ID namespace',
  baseScore: 5,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'With `hostPID: true` the pod shares the process table of the node. Its containers can see command lines and, with enough rights, trace programs of other pods or kill the kubelet.',
  repair:
    'Delete `hostPID` from the pod spec. To see processes of other containers in the same pod use `shareProcessNamespace: true`; to debug a node use `kubectl debug node/NAME` for the time that you need it.',
  references: ['podSecurityStandards'],
  checks: [
    eachWorkload({ name: 'host-pid-privileges' }, (workload) =>
      saysTrue(workload.get('hostPID')) ? [removal(workload.at('hostPID'))] : undefined,
    ),
  ],
})
