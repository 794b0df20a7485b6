/** Linux hardening. */
import { unconfined } from '../../checks/pod-security.ts'
import { eachContainer, EVERY_LIST } from '../../checks/workloads.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0055',
  name: 'Linux hardening',
  baseScore: 4,
  category: 'Workload',
  subCategory: 'Node escape',
  scope: ['cluster', 'file'],
  why: 'No seccomp profile confines the container: none is set, so that it depends on the kubelet whether any applies, or it is `Unconfined`. Every system call is allowed then. Flaws in rarely used kernel calls are a common way out of a container.',
  repair:
    'Set `securityContext.seccompProfile.type: RuntimeDefault` for the pod, which covers all its containers. Use `Localhost` with a profile of your own for stricter rules. Test programs that use unusual calls, such as debuggers or nested container tools.',
  references: ['seccomp', 'linuxKernelSecurity'],
  checks: [eachContainer({ name: 'linux-hardening', lists: EVERY_LIST, linuxOnly: true }, unconfined)],
})
