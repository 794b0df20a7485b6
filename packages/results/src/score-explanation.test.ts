/** Explanations of scores: every formula gives the score that it explains. */
import { expect, test } from 'vitest'

import type { ControlResult, Report } from './report.ts'
import { explainScores } from './score-explanation.ts'

interface Counts {
  readonly passed?: number
  readonly failed?: number
  readonly skipped?: number
  readonly excluded?: number
}

function control(id: string, complianceScore: number, counts: Counts, baseScore = 5): ControlResult {
  const counters = { passed: 0, failed: 0, skipped: 0, excluded: 0, ...counts }
  const status = counters.failed > 0 ? 'failed' : complianceScore < 100 ? 'skipped' : 'passed'
  return { control: { id, name: id, baseScore }, status, complianceScore, counters } as unknown as ControlResult
}

const failed = control('C-0002', 50, { passed: 1, excluded: 1, failed: 2 }, 10)
const mixed = control('C-0001', 25, { passed: 1, failed: 1, skipped: 2 })
const manual = control('C-0003', 0, {})
const fine = control('C-0004', 100, { passed: 4 })
const controls = [mixed, failed, manual, fine]
const report = {
  controls,
  frameworks: [{ name: 'NSA', controls: [fine], complianceScore: 100, complianceWithoutExceptions: 100, score: 0 }],
  complianceScore: 43.75,
  complianceWithoutExceptions: 37.5,
  score: 30,
  subjects: [{ weight: 3.3 }, { weight: 1 }, { weight: 1 }, { weight: 1 }],
  coverage: { coverageScore: 76, evaluatedControls: 4, totalControls: 5 },
  *byControl(result: ControlResult) {
    if (result === failed) yield* ['failed', 'failed', 'excluded', 'passed'].map((status, ref) => ({ ref, status }))
    if (result === fine) yield* [0, 1, 2, 3].map((ref) => ({ ref, status: 'passed' }))
  },
} as unknown as Report

const { compliance, risk, frameworks, coverage } = explainScores(report)

test('compliance is a mean, and a hundred less what is failed and undecided', () => {
  expect(compliance.sum / compliance.controls).toBe(43.75)
  expect(100 - compliance.failures - compliance.undecided).toBeCloseTo(43.75, 10)
  expect(compliance.failures).toBeCloseTo(50 / 4 + 75 / 4 / 3, 10)
  expect(compliance.exceptions).toBe(6.25)
})

test('contributors cost what is missing, the costliest first, and none that costs nothing', () => {
  expect(compliance.contributors.map(({ controlID, points }) => [controlID, points])).toEqual([
    ['C-0003', 25],
    ['C-0001', 18.75],
    ['C-0002', 12.5],
  ])
})

test('risk is the failed share of weights times base scores', () => {
  expect(risk.failedWeight).toBeCloseTo(43, 10)
  expect(risk.allWeight).toBeCloseTo(63 + 31.5, 10)
})

test('frameworks are explained by their own controls', () => {
  expect(frameworks).toMatchObject([{ name: 'NSA', compliance: { controls: 1, contributors: [], failures: 0 } }])
})

test('coverage is a share less deductions', () => {
  expect(coverage).toMatchObject({ evaluatedControls: 4, totalControls: 5, deductions: 4 })
})
