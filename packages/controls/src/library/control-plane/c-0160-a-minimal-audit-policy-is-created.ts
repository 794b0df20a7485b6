/** Ensure that a minimal audit policy is created. */
import { eachFlag } from '../../checks/component-flags.ts'
import { API_SERVER } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'
import { wrong } from '../../finding.ts'

export default defineControl({
  id: 'C-0160',
  name: 'Ensure that a minimal audit policy is created',
  baseScore: 5,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'kube-apiserver has no audit policy, and without one it records no requests at all, even where a log file is named.',
  repair:
    'Write a policy that records at least `Metadata` for all requests, name it with `--audit-policy-file`, and mount it into the static Pod. `--audit-log-path` or a webhook says where the events go.',
  references: ['auditing'],
  checks: [
    eachFlag(
      { name: 'k8s-audit-logs-enabled-native-cis', component: API_SERVER, flag: '--audit-policy-file' },
      (uses, line) => (uses.some(({ value }) => value) ? [] : [wrong(line.end(0))]),
    ),
  ],
})
