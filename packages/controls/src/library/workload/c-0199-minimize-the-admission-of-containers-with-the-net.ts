/** Minimize the admission of containers with the NET_RAW capability. */
import { enforcesBaseline } from '../../checks/pod-security-admission.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0199',
  name: 'Minimize the admission of containers with the NET_RAW capability',
  baseScore: 6,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'The namespace enforces no Pod Security standard, so nothing limits which capabilities containers ask for. NET_RAW, which runtimes give by default, lets a program forge packets and pretend to be another pod.',
  repair:
    'Set `pod-security.kubernetes.io/enforce` on the namespace to `restricted`, which makes containers drop ALL capabilities; `baseline` satisfies this control but leaves the default NET_RAW in place. Programs that send ICMP may need `net.ipv4.ping_group_range` instead.',
  references: ['podSecurityAdmission', 'podSecurityStandards'],
  checks: [enforcesBaseline],
})
