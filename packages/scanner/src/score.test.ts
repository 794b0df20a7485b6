/** Risk and compliance, digit for digit. */
import { describe, expect, test } from 'vitest'

import { controlCompliance, meanCompliance, riskScore } from './score.ts'

describe('the risk score', () => {
  test('is the failed share of the weight, as a 32-bit float', () => {
    // The published example: base score 7, a Deployment of 3 replicas failed, two Pods passed.
    const score = riskScore({ failed: 3.3 * 7, all: (3.3 + 1 + 1) * 7 })
    expect(score).toBeCloseTo(62.26, 2)
    expect(score).toBe(Math.fround(score))
  })

  test('is 0 where there is nothing to weigh', () => {
    expect(riskScore({ failed: 0, all: 0 })).toBe(0)
  })
})

describe('the compliance of a control', () => {
  test.each([
    ['failed', { passed: 2, failed: 1, skipped: 0, excluded: 0 }, Math.fround(200 / 3)],
    ['failed', { passed: 1, failed: 1, skipped: 0, excluded: 1 }, Math.fround(200 / 3)],
    ['skipped', { passed: 1, failed: 0, skipped: 1, excluded: 0 }, 50],
    ['skipped', { passed: 0, failed: 0, skipped: 0, excluded: 0 }, 0],
    ['passed', { passed: 0, failed: 0, skipped: 0, excluded: 0 }, 100],
    ['passed', { passed: 3, failed: 0, skipped: 0, excluded: 0 }, 100],
    ['failed', { passed: 0, failed: 3, skipped: 0, excluded: 0 }, 0],
  ] as const)('that %s with %j is %d', (status, counters, compliance) => {
    expect(controlCompliance(status, counters)).toBe(compliance)
  })
})

test('the compliance of a framework is the mean over its controls, added up in 32 bits', () => {
  expect(meanCompliance([100, 50, 0])).toBe(50)
  expect(meanCompliance([])).toBe(0)
  const third = Math.fround(100 / 3)
  const sum = Math.fround(Math.fround(third + third) + 100)
  expect(meanCompliance([third, third, 100])).toBe(Math.fround(sum / 3))
})
