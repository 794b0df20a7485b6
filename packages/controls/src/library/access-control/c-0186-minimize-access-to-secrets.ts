/** Minimize access to secrets. */
import { listSecrets } from '../../checks/rights.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0186',
  name: 'Minimize access to secrets',
  baseScore: 6,
  category: 'Access control',
  scope: ['cluster', 'file'],
  why: 'Each subject with read access to Secrets is one more place from which credentials can leak: a stolen laptop, a CI token or a compromised pod. Rules with `*` for resources give this access without naming it.',
  repair:
    'Keep `get`, `list` and `watch` on `secrets` for the few controllers that depend on them, in a Role of the namespace concerned. Let applications receive their Secret by a volume or from an external secret store. Replace `*` in `rules[].resources` by the resources that are really used.',
  references: ['secretsGoodPractices', 'rbacGoodPractices'],
  checks: [listSecrets],
})
