/** Minimize the admission of containers with capabilities assigned. */
import { asList } from '@kubescape/resources'
import { everyPolicyAllows } from '../../checks/pod-security-policies.ts'
import { missing } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0220',
  name: 'Minimize the admission of containers with capabilities assigned',
  baseScore: 5,
  scope: ['cluster', 'file'],
  why: 'None of the PodSecurityPolicies makes containers drop capabilities, so all run with the set of the runtime. It includes NET_RAW for forged packets and DAC_OVERRIDE to ignore file permissions.',
  repair:
    'Add `ALL` to `spec.requiredDropCapabilities` of the policy, or name at least NET_RAW. Start with workloads that you can test: programs that change owners of files or switch users need some of these capabilities.',
  references: ['podSecurityMigration', 'podSecurityAdmission', 'podSecurityStandards'],
  checks: [
    everyPolicyAllows('psp-required-drop-capabilities', (spec) =>
      asList(spec['requiredDropCapabilities']).length > 0 ? [] : [missing('spec.requiredDropCapabilities[0]', 'ALL')],
    ),
  ],
})
