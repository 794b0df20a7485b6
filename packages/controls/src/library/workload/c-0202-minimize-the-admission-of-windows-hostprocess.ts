/** Minimize the admission of Windows HostProcess Containers. */
import { enforcesBaseline } from '../../checks/pod-security-admission.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0202',
  name: 'Minimize the admission of Windows HostProcess Containers',
  baseScore: 7,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'The namespace admits Windows HostProcess containers, because it enforces no Pod Security standard. Such a container is an ordinary process of the Windows node, with its file system and its network.',
  repair:
    'Label the namespace `pod-security.kubernetes.io/enforce: baseline`. Windows agents that need `windowsOptions.hostProcess: true`, for instance network plug-ins, go into a namespace with the value `privileged` in which few people may create pods.',
  references: ['podSecurityAdmission', 'podSecurityStandards'],
  checks: [enforcesBaseline],
})
