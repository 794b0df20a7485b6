/** Minimize the admission of containers wishing to share the host process ID namespace. */
import { enforcesBaseline } from '../../checks/pod-security-admission.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0194',
  name: 'Minimize the admission of containers wishing to share the host process ID namespace',
  baseScore: 5,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'Without an enforced Pod Security standard the namespace admits pods with `hostPID: true`. Their containers see every process of the node, can read what others were started with, and can send them signals.',
  repair:
    'Label the namespace with `pod-security.kubernetes.io/enforce: baseline`, which refuses host namespaces. Running pods stay until they are created again, so remove `hostPID` from their workloads first; debugging agents belong in a separate namespace.',
  references: ['podSecurityAdmission', 'podSecurityStandards'],
  checks: [enforcesBaseline],
})
