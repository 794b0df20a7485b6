/** Linux hardening. */
import { effective } from '../../checks/pod-security.ts'
import { eachContainer, REGULAR_AND_INIT } from '../../checks/workloads.ts'
import { missing } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0055',
  name: 'Linux hardening',
  baseScore: 4,
  category: 'Workload',
  subCategory: 'Node escape',
  scope: ['cluster', 'file'],
  why: 'Neither the pod nor the container sets a seccomp profile, so unless the kubelet applies one by default every system call is allowed. Flaws in rarely used kernel calls are a common way out of a container.',
  repair:
    'Set `securityContext.seccompProfile.type: RuntimeDefault` for the pod, which covers all its containers. Use `Localhost` with a profile of your own for stricter rules. Test programs that use unusual calls, such as debuggers or nested container tools.',
  references: ['seccomp', 'linuxKernelSecurity'],
  checks: [
    eachContainer({ name: 'linux-hardening', lists: REGULAR_AND_INIT }, (container) =>
      effective(container, 'seccompProfile').value === undefined
        ? missing(container.at('securityContext.seccompProfile'), 'YOUR_VALUE')
        : undefined,
    ),
  ],
})
