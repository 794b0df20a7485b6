/** Minimize the admission of privileged containers. */
import { enforcesBaseline } from '../../checks/pod-security-admission.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0193',
  name: 'Minimize the admission of privileged containers',
  baseScore: 8,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'The namespace enforces no Pod Security standard, so it admits privileged containers. Such a container sees all devices of its node and can leave its isolation with one mount command.',
  repair:
    'Set `metadata.labels[pod-security.kubernetes.io/enforce]` to `baseline` or stricter. Find the pods that it would refuse with `kubectl label --dry-run=server --overwrite ns NAME pod-security.kubernetes.io/enforce=baseline`, and move node agents that must be privileged to a namespace of their own.',
  references: ['podSecurityAdmission', 'podSecurityStandards'],
  checks: [enforcesBaseline],
})
