/** Privileged container. */
import { privileged } from '../../checks/pod-security.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0057',
  name: 'Privileged container',
  baseScore: 8,
  category: 'Workload',
  subCategory: 'Node escape',
  scope: ['cluster', 'file'],
  why: 'A privileged container, or one with the capability `SYS_ADMIN` or `ALL`, is hardly separated from the node. Code in it can mount host disks or reach devices and the kernel, and so take over the node and all its pods.',
  repair:
    'Remove `securityContext.privileged: true` and `SYS_ADMIN` or `ALL` from `securityContext.capabilities.add`. Add the single capability that is needed, or have a device plug-in hand out a device. Storage and network drivers may need it: keep those in their own namespace, with an exception.',
  references: ['podSecurityStandards', 'linuxKernelSecurity'],
  checks: [privileged],
})
