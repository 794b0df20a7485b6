/** Allow privilege escalation. */
import { privilegeEscalation } from '../../checks/pod-security.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0016',
  name: 'Allow privilege escalation',
  baseScore: 6,
  category: 'Workload',
  subCategory: 'Node escape',
  scope: ['cluster', 'file'],
  why: 'Processes in the container can gain more privileges than their parent, by setuid programs such as `sudo` or by file capabilities. An intruder who starts as an ordinary user can become root in the container.',
  repair:
    'Set `securityContext.allowPrivilegeEscalation: false` on each container. The API server rejects it together with `privileged: true` or the capability `SYS_ADMIN`, so remove these too. Programs that rely on setuid, like `sudo`, stop working.',
  references: ['securityContext', 'podSecurityStandards'],
  checks: [privilegeEscalation],
})
