/** Findings in words. */
import type { Finding } from '@kubescape/results'
import { expect, test } from 'vitest'

import type { Scalar } from '@kubescape/results'
import { describeFinding } from './wanted.ts'

function phrase(finding: Finding, present?: Scalar, exact = true): string {
  return describeFinding({
    finding,
    present,
    exact,
    file: 'f',
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
    ref: 0,
    path: finding.path,
    stablePath: finding.path,
    values: [],
    calls: [],
  }).phrase
}

test.each<[Finding, Scalar | undefined, boolean, string]>([
  [
    { role: 'missing', path: 'a', fix: { action: 'set', path: 'a', value: 'true' } },
    undefined,
    false,
    'not set → set to true',
  ],
  [
    { role: 'missing', path: 'a', fix: { action: 'set', path: 'a', value: 'YOUR_VALUE' } },
    undefined,
    false,
    'not set → choose a value',
  ],
  [{ role: 'failed', path: 'a', fix: { action: 'set', path: 'a', value: '1000' } }, 0, true, '0 → set to 1000'],
  [{ role: 'failed', path: 'a', fix: { action: 'set', path: 'b', value: '1' } }, 'x', true, '"x" → set b to 1'],
  [{ role: 'failed', path: 'a', fix: { action: 'remove', path: 'a' } }, undefined, true, 'remove it'],
  [{ role: 'failed', path: 'a', fix: { action: 'remove', path: 'b' } }, true, true, 'true → remove b'],
  [{ role: 'failed', path: 'a' }, undefined, true, 'change it'],
  [{ role: 'review', path: 'a' }, '*', true, '"*" → review it'],
  [{ role: 'review', path: 'a' }, 'XXXXXX', true, 'XXXXXX → review it'],
  [{ role: 'review', path: 'a' }, '\u001b[2J\n', true, '"␛[2J␊" → review it'],
])('%j with %j', (finding, present, exact, expected) => {
  expect(phrase(finding, present, exact)).toBe(expected)
})

test('long values are cut', () => {
  expect(phrase({ role: 'review', path: 'a' }, 'x'.repeat(1000))).toBe(`"${'x'.repeat(79)}…" → review it`)
})
