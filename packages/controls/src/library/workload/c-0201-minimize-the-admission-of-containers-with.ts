/** Minimize the admission of containers with capabilities assigned. */
import { enforcesRestricted } from '../../checks/pod-security-admission.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0201',
  name: 'Minimize the admission of containers with capabilities assigned',
  baseScore: 5,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'Nothing in this namespace makes containers give up the capabilities that the runtime assigns to them, such as CHOWN, SETUID and NET_RAW. Few programs use them, and intruders do.',
  repair:
    'Put `pod-security.kubernetes.io/enforce: restricted` on the namespace, which demands `capabilities.drop: [ALL]` of every container. Add that to the workloads first and try them out; images that switch users at start often need SETUID and SETGID until they are changed.',
  references: ['podSecurityAdmission', 'podSecurityStandards', 'securityContext'],
  checks: [enforcesRestricted],
})
