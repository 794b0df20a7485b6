/** Minimize the admission of containers with added capabilities. */
import { enforcesRestricted } from '../../checks/pod-security-admission.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0200',
  name: 'Minimize the admission of containers with added capabilities',
  baseScore: 5,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'Pods of this namespace may add capabilities beyond NET_BIND_SERVICE, since the restricted standard is not enforced. Each one is a part of root: SYS_ADMIN or SYS_PTRACE are nearly the whole of it.',
  repair:
    'Enforce the restricted standard by the label `pod-security.kubernetes.io/enforce: restricted` on the namespace. Remove entries from `securityContext.capabilities.add` in the workloads before; a port below 1024 needs NET_BIND_SERVICE at most, which the standard allows.',
  references: ['podSecurityAdmission', 'podSecurityStandards', 'securityContext'],
  checks: [enforcesRestricted],
})
