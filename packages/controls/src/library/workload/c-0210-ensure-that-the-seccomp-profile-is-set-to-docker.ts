/** Ensure that the seccomp profile is set to docker/default in your pod definitions. */
import { seccompType } from '../../checks/pod-security.ts'
import { eachContainer, EVERY_LIST, hasJudgedList, lacking } from '../../checks/workloads.ts'
import { review } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0210',
  name: 'Ensure that the seccomp profile is set to docker/default in your pod definitions',
  baseScore: 4,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'The seccomp profile of this container is not `RuntimeDefault`, or none is set. The default profile of the runtime blocks dozens of system calls that programs rarely need and exploits often do.',
  repair:
    'Set `securityContext.seccompProfile.type: RuntimeDefault` on the pod, or on each container that differs. If you use `Localhost` with a profile that is stricter, add an exception; `Unconfined` should go.',
  references: ['seccomp', 'linuxKernelSecurity'],
  checks: [
    eachContainer({ name: 'set-seccomp-profile-RuntimeDefault', lists: EVERY_LIST, linuxOnly: true }, (container) => {
      if (!hasJudgedList(container)) return undefined
      const { type, path } = seccompType(container)
      if (type === undefined) return lacking(container, 'securityContext.seccompProfile.type', 'RuntimeDefault')
      return type === 'RuntimeDefault' ? undefined : review(path)
    }),
  ],
})
