/** Minimize the admission of root containers. */
import { asList, field, type ValueMap } from '@kubescape/resources'
import { everyPolicyAllows } from '../../checks/pod-security-policies.ts'
import { removal } from '../../finding.ts'
import { defineControl } from '../../control.ts'

function forbidsRoot(spec: ValueMap): boolean {
  const rule = field(spec, 'runAsUser', 'rule')
  const ranges = asList(field(spec, 'runAsUser', 'ranges'))
  const areAboveRoot = ranges.length > 0 && ranges.every((range) => Number(field(range, 'min') ?? 0) > 0)
  return rule === 'MustRunAsNonRoot' || (rule === 'MustRunAs' && areAboveRoot)
}

export default defineControl({
  id: 'C-0218',
  name: 'Minimize the admission of root containers',
  baseScore: 6,
  scope: ['cluster', 'file'],
  why: 'Every PodSecurityPolicy lets containers run as root: its `runAsUser` rule does not demand another user. Files of mounted volumes, and the kernel behind a flaw, then meet user 0.',
  repair:
    'Set `spec.runAsUser.rule` to `MustRunAsNonRoot`, or to `MustRunAs` with `ranges` that begin above 0. Images that set no numeric user are refused afterwards, so add `USER` to them or `runAsUser` to their pods.',
  references: ['podSecurityMigration', 'podSecurityAdmission', 'podSecurityStandards'],
  checks: [
    everyPolicyAllows('psp-deny-root-container', (spec) => (forbidsRoot(spec) ? [] : [removal('spec.runAsUser.rule')])),
  ],
})
