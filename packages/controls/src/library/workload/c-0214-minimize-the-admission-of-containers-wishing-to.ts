/** Minimize the admission of containers wishing to share the host process ID namespace. */
import { everyPolicySwitchesOn } from '../../checks/pod-security-policies.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0214',
  name: 'Minimize the admission of containers wishing to share the host process ID namespace',
  baseScore: 5,
  scope: ['cluster', 'file'],
  why: 'All PodSecurityPolicies set `hostPID: true`, so any pod may see the processes of its node. From there it can read their environment, which often holds credentials, and attach to them.',
  repair:
    'Set `spec.hostPID: false` in the PodSecurityPolicy that ordinary pods use and keep another one, usable by few accounts, for agents that need it. On Kubernetes 1.25 and later these objects do nothing: label namespaces with `pod-security.kubernetes.io/enforce`.',
  references: ['podSecurityMigration', 'podSecurityAdmission', 'podSecurityStandards'],
  checks: [everyPolicySwitchesOn('psp-deny-hostpid', 'hostPID')],
})
