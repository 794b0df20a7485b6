/** Minimize the admission of containers with added capabilities. */
import { asList } from '@kubescape/resources'
import { everyPolicyAllows } from '../../checks/pod-security-policies.ts'
import { removal } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0219',
  name: 'Minimize the admission of containers with added capabilities',
  baseScore: 5,
  scope: ['cluster', 'file'],
  why: 'Each PodSecurityPolicy has a list of capabilities that pods may add. Many of them, such as SYS_ADMIN, SYS_MODULE or the entry `*`, amount to control over the node.',
  repair:
    'Remove `spec.allowedCapabilities` from the PodSecurityPolicy for ordinary workloads; pods that add capabilities are refused then. Give the few that need one a policy which lists exactly that capability, bound to their ServiceAccount.',
  references: ['podSecurityMigration', 'podSecurityAdmission', 'podSecurityStandards'],
  checks: [
    everyPolicyAllows('psp-deny-allowed-capabilities', (spec) =>
      asList(spec['allowedCapabilities']).length > 0 ? [removal('spec.allowedCapabilities')] : [],
    ),
  ],
})
