/** Minimize the admission of containers with allowPrivilegeEscalation. */
import { everyPolicyAllows } from '../../checks/pod-security-policies.ts'
import { isSet } from '../../checks/values.ts'
import { missing, removal } from '../../finding.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0217',
  name: 'Minimize the admission of containers with allowPrivilegeEscalation',
  baseScore: 6,
  scope: ['cluster', 'file'],
  why: 'No PodSecurityPolicy forbids privilege escalation; leaving `allowPrivilegeEscalation` out allows it too. A process in a container can gain rights beyond those of its parent through setuid programs.',
  repair:
    'Set `spec.allowPrivilegeEscalation: false` in the PodSecurityPolicy, and `defaultAllowPrivilegeEscalation: false` so that pods which do not mention it are covered. Programs such as `sudo` and older `ping` stop working in these pods.',
  references: ['podSecurityMigration', 'podSecurityAdmission', 'podSecurityStandards'],
  checks: [
    everyPolicyAllows('psp-deny-allowprivilegeescalation', (spec) => {
      const path = 'spec.allowPrivilegeEscalation'
      if (spec['allowPrivilegeEscalation'] === false) return []
      return [isSet(spec['allowPrivilegeEscalation']) ? removal(path) : missing(path, 'false')]
    }),
  ],
})
