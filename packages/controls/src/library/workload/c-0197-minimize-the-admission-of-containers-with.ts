/** Minimize the admission of containers with allowPrivilegeEscalation. */
import { enforcesRestricted } from '../../checks/pod-security-admission.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0197',
  name: 'Minimize the admission of containers with allowPrivilegeEscalation',
  baseScore: 6,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'The namespace does not enforce the restricted standard, so it admits containers that leave `allowPrivilegeEscalation` on. A setuid program in the image can then make a root process out of an ordinary one.',
  repair:
    'Set the label `pod-security.kubernetes.io/enforce` of the namespace to `restricted`. Before, add `allowPrivilegeEscalation: false` to the containers, and put `pod-security.kubernetes.io/warn: restricted` on the namespace to see what is still missing.',
  references: ['podSecurityAdmission', 'podSecurityStandards'],
  checks: [enforcesRestricted],
})
