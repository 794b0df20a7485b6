/** How several verdicts become one. */
import { expect, test } from 'vitest'

import { combine, type Outcome } from './status.ts'

const outcome = (text: string): Outcome => {
  const [status, subStatus = ''] = text.split(': ')
  return { status, subStatus } as Outcome
}

/** From the least to the weightiest. */
const ORDER = [
  'passed',
  'passed: irrelevant',
  'passed: w/exceptions',
  'skipped: manual review',
  'skipped: requires review',
  'skipped: integration',
  'skipped: configuration',
  'skipped: notEvaluated',
  'failed',
]

test.each(ORDER.flatMap((a, i) => ORDER.map((b, j) => [a, b, ORDER[Math.max(i, j)] ?? ''] as const)))(
  '"%s" and "%s" make "%s"',
  (a, b, both) => {
    expect(combine(outcome(a), outcome(b))).toEqual(outcome(both))
  },
)

test('a failure has no reason of its own', () => {
  const excepted: Outcome = { status: 'failed', subStatus: 'configuration' }
  expect(combine(excepted, outcome('failed'))).toEqual(outcome('failed'))
})
