/** Minimize the admission of containers wishing to share the host IPC namespace. */
import { enforcesBaseline } from '../../checks/pod-security-admission.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0195',
  name: 'Minimize the admission of containers wishing to share the host IPC namespace',
  baseScore: 5,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'Pods in this namespace may ask for `hostIPC`, because no Pod Security standard is enforced. Shared memory and message queues of the node are then open to them, with the data of other programs.',
  repair:
    'Add the label `pod-security.kubernetes.io/enforce` with the value `baseline` under `metadata.labels` of the namespace. Programs that exchange shared memory can do so inside one pod, without `hostIPC`.',
  references: ['podSecurityAdmission', 'podSecurityStandards'],
  checks: [enforcesBaseline],
})
