/** Ensure that the seccomp profile is set to docker/default in your pod definitions. */
import { isSet } from '../../checks/values.ts'
import { eachContainer, REGULAR } from '../../checks/workloads.ts'
import { missing, review } from '../../finding.ts'
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
    eachContainer({ name: 'set-seccomp-profile-RuntimeDefault', lists: REGULAR }, (container) => {
      const setting = 'securityContext.seccompProfile.type'
      const own = container.get(...setting.split('.'))
      const type = isSet(own) ? own : container.workload.get(...setting.split('.'))
      if (!isSet(type)) return missing(container.at(setting), 'RuntimeDefault')
      return type === 'RuntimeDefault' ? undefined : review((isSet(own) ? container : container.workload).at(setting))
    }),
  ],
})
