/** Minimize the admission of root containers. */
import { enforcesRestricted } from '../../checks/pod-security-admission.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0198',
  name: 'Minimize the admission of root containers',
  baseScore: 6,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'Containers may run as root here: only the restricted Pod Security standard demands another user, and this namespace does not enforce it. Root in a container is a short way from root on the node when the kernel has a flaw.',
  repair:
    'Label the namespace `pod-security.kubernetes.io/enforce: restricted`. Give the workloads `runAsNonRoot: true` and a numeric `runAsUser` first, and make sure that their files and ports suit that user; images that insist on root have to be rebuilt.',
  references: ['podSecurityAdmission', 'podSecurityStandards'],
  checks: [enforcesRestricted],
})
