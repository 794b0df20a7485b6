/** Controls that are wrong stay in the scan, so that what they are about does not pass for judged. */
import { expect, test } from 'vitest'

import { deployment, scanBy, verdicts } from '../../testing/scans.ts'
import { readCustomPolicies } from '../custom/read-custom-policies.ts'

const CONTROL = `# METADATA
# custom:
#   id: ACME-1
#   severity: High
#   match:
#     - kinds: [Deployment]
package acme

deny contains "x" if input.kind == "Pod"
`

const unusable: [what: string, file: string, text: string, id: string, code: string][] = [
  ['has no id that is one', 'a.rego', CONTROL.replace('ACME-1', 'my id'), 'custom-a', 'policy/unusable'],
  [
    'is about nobody knows what',
    'a.rego',
    CONTROL.replace('match:', 'match: []').replace('#     - kinds: [Deployment]\n', ''),
    'ACME-1',
    'policy/unusable',
  ],
  ['is asked nobody knows how', 'a.rego', CONTROL.replace('severity: High', 'input: all'), 'ACME-1', 'policy/unusable'],
  [
    'has no rule that fails',
    'a.rego',
    '# METADATA\n# custom:\n#   id: X-1\npackage x\nallow := true\n',
    'X-1',
    'policy/no-rule',
  ],
  ['has no expression', 'a.yaml', 'kind: Control\nlanguage: cel\nid: X-2\n', 'X-2', 'policy/unusable'],
  [
    'is an admission policy without validations',
    'a.yaml',
    `${['apiVersion: admissionregistration.k8s.io/v1', 'kind: ValidatingAdmissionPolicy'].join('\n')}
metadata: {name: empty, labels: {controlId: X-3}}
spec: {validations: []}
`,
    'X-3',
    'policy/unusable',
  ],
]
test.each(unusable)('one that %s is a control whose objects are skipped', async (_what, file, text, id, code) => {
  const set = readCustomPolicies([{ path: file, text }])
  expect(set.controls.map((control) => control.id)).toEqual([id])
  const report = await scanBy(set, [deployment('web')])
  expect(verdicts(report, id)).toEqual({ 'Deployment web': 'skipped' })
  expect(report.coverage.problems.map((problem) => problem.code)).toContain(code)
})

test('an answer that names more fields than anybody reads is a problem', async () => {
  const text = `package x

deny contains {"paths": [path | some i in numbers.range(1, 200000); path := sprintf("a[%d]", [i])]}
`
  const set = readCustomPolicies([{ path: 'a.rego', text }])
  const report = await scanBy(set, [deployment('web')])
  expect(verdicts(report, 'custom-a')).toEqual({ 'Deployment web': 'skipped' })
  expect(report.coverage.problems.map((problem) => problem.code)).toEqual(['policy/invalid-result'])
})
