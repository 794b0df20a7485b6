/** Policy files come from strangers: whatever they hold is read or is a problem, and nothing passes by accident. */
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { HOST_PID } from '../testing/bundles.ts'
import { deployment, scanBy } from '../testing/scans.ts'
import { readBundle } from './bundle/read-bundle.ts'
import { compileProblems } from './compile-problems.ts'
import { readCustomPolicies } from './custom/read-custom-policies.ts'
import { verifyLock } from './lock.ts'
import type { PolicySet } from './policy-set.ts'

const NAMES = [
  'name controls controlID controlsIDs rules rulesNames rule ruleLanguage match dynamicMatch resources apiGroups attributes',
  'controlConfigInputs path fixedInput settings postureControlInputs resourceEnumerator subSections category baseScore kind',
  'scanningScope matches policyType __proto__ constructor id language expression validations custom frameworks inputs',
]
  .join(' ')
  .split(' ')

const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('Framework', 'Control', 'Rego', 'CEL', 'X-1', 'package armo_builtins', '*', ''),
    fc.jsonValue({ maxDepth: 1 }),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.constantFrom(...NAMES), tie('tree')), { maxLength: 6 })
      .map((entries) => Object.fromEntries(entries)),
  ),
}))

function hasSense({ problems, controls, frameworks }: PolicySet): void {
  for (const { code, message, file } of problems) expect([code, message, file]).not.toContain('')
  for (const { id } of controls) expect(id).not.toBe('')
  const ids = new Set(controls.map(({ id }) => id))
  expect(ids.size).toBe(controls.length)
  for (const { name } of frameworks) expect(name).not.toBe('')
}

test('any JSON is read as a bundle, or is a problem', () => {
  fc.assert(
    fc.property(tree, (value) => {
      const set = readBundle([{ path: 'a.json', text: JSON.stringify(value) }])
      hasSense(set)
      compileProblems(set)
    }),
    { numRuns: 300 },
  )
})

test('any YAML is read as a policy of a user, or is a problem', () => {
  const files = fc.record({ 'a.yaml': tree, 'b.yaml': tree })
  fc.assert(
    fc.property(files, (values) => {
      const texts = Object.entries(values).map(([path, value]) => ({ path, text: JSON.stringify(value) }))
      const set = readCustomPolicies([
        ...texts,
        { path: 'a.rego', text: 'package a\nimport rego.v1\ndeny contains 1 if false\n' },
      ])
      hasSense(set)
      compileProblems(set)
    }),
    { numRuns: 300 },
  )
})

test('any text is a lock, or is a problem', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        tree.map((value) => JSON.stringify({ kind: 'PolicyLock', policies: value })),
      ),
      (text) => {
        for (const { message } of verifyLock(text, { sources: [] })) expect(message).not.toBe('')
      },
    ),
    { numRuns: 300 },
  )
})

test('a published rule with any field changed judges, or skips, and never breaks a scan', async () => {
  const change = fc.tuple(fc.constantFrom(...Object.keys(HOST_PID)), tree)
  await fc.assert(
    fc.asyncProperty(change, async ([name, value]) => {
      const rule = { ...HOST_PID, [name]: value }
      const text = JSON.stringify({ controlID: 'X-1', name: 'x', baseScore: 5, rules: [rule] })
      const set = readBundle([{ path: 'a.json', text }])
      if (set.controls.length === 0) return
      const report = await scanBy(set, [deployment('web')])
      expect(report.coverage.problems.map(({ code }) => code)).not.toContain('scan/check-failed')
    }),
    { numRuns: 200 },
  )
})
