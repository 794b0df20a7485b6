/** Minimize the admission of containers wishing to share the host network namespace. */
import { everyPolicySwitchesOn } from '../../checks/pod-security-policies.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0216',
  name: 'Minimize the admission of containers wishing to share the host network namespace',
  baseScore: 5,
  scope: ['cluster', 'file'],
  why: 'Each PodSecurityPolicy permits `hostNetwork`. A pod with the network of its node can listen on its ports, capture traffic and reach the metadata service of the cloud as if it were the node.',
  repair:
    'Set `spec.hostNetwork: false` in the policy for applications and leave it true only in one for network plug-ins and kube-proxy. When you move to Pod Security admission, the `baseline` standard covers the same.',
  references: ['podSecurityMigration', 'podSecurityAdmission', 'podSecurityStandards'],
  checks: [everyPolicySwitchesOn('psp-deny-hostnetwork', 'hostNetwork')],
})
