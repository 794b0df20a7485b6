/** Minimize the admission of privileged containers. */
import { everyPolicySwitchesOn } from '../../checks/pod-security-policies.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0213',
  name: 'Minimize the admission of privileged containers',
  baseScore: 8,
  scope: ['EKS'],
  why: 'Every PodSecurityPolicy of the cluster allows privileged containers, as the `eks.privileged` policy of older EKS clusters does. Whoever may create a pod can then control the node that it runs on.',
  repair:
    'Create a PodSecurityPolicy with `spec.privileged: false`, let ordinary accounts use it by RBAC, and keep `use` of the privileged one for system components. Kubernetes 1.25 removed these policies: upgrade, and enforce Pod Security standards on namespaces instead.',
  references: ['podSecurityMigration', 'podSecurityAdmission', 'podSecurityStandards'],
  checks: [everyPolicySwitchesOn('psp-deny-privileged-container', 'privileged')],
})
