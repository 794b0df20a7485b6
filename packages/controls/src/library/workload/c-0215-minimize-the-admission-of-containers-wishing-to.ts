/** Minimize the admission of containers wishing to share the host IPC namespace. */
import { everyPolicySwitchesOn } from '../../checks/pod-security-policies.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0215',
  name: 'Minimize the admission of containers wishing to share the host IPC namespace',
  baseScore: 5,
  scope: ['cluster', 'file'],
  why: 'There is no PodSecurityPolicy without `hostIPC: true`. Any pod may therefore join the inter-process communication of its node and read or change the shared memory of other programs.',
  repair:
    'Change `spec.hostIPC` to false in at least the policy that pods get by default. Policies are picked by the rights of the account, so check with `kubectl auth can-i use psp/NAME` who may still use one that allows it.',
  references: ['podSecurityMigration', 'podSecurityAdmission', 'podSecurityStandards'],
  checks: [everyPolicySwitchesOn('psp-deny-hostipc', 'hostIPC')],
})
