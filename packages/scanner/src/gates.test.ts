/** Gates on made-up reports: what each lets pass, and what it says of the rest. */
import { describe, expect, test } from 'vitest'

import type { Report } from '@kubescape/results'

import { failedGates, makeGates, type Thresholds } from './gates.ts'

const NOTHING: Thresholds = {
  compliance: 0,
  severity: '',
  coverage: 0,
  noDegradedConfig: false,
  frameworks: {},
  controls: {},
}

const NO_FAILURES = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 }

const COVERAGE = {
  coverageScore: 100,
  evaluatedControls: 2,
  totalControls: 2,
  notEvaluated: [],
  notApplicable: [],
  policyDegradations: [],
} as const

/** What gates read of a report. */
function reportOf(parts: object): Report {
  const controls = [{ control: { id: 'C-0057' }, complianceScore: 75 }]
  return {
    complianceScore: 80,
    resourcesBySeverity: NO_FAILURES,
    controls,
    frameworks: [{ name: 'NSA', controls, complianceScore: 66.6666 }],
    coverage: COVERAGE,
    ...parts,
  } as unknown as Report
}

function told(thresholds: Partial<Thresholds>, parts: object = {}): string[] {
  return failedGates(makeGates({ ...NOTHING, ...thresholds }), reportOf(parts)).map(({ message }) => message)
}

test('without thresholds there is no gate', () => {
  expect(makeGates({ ...NOTHING, frameworks: { NSA: 0 }, controls: { 'C-0057': 0 } })).toEqual([])
})

describe('a score', () => {
  test('that is the threshold passes, and one below it does not', () => {
    expect(told({ compliance: 80 })).toEqual([])
    expect(told({ compliance: 80.5 })).toEqual(['--compliance-threshold 80.5: the overall compliance score is 80.00'])
  })

  test('is shown with as many digits as it takes to see that it is below', () => {
    expect(told({ frameworks: { nsa: 66.67 } })).toEqual([
      'thresholds.frameworks.nsa 66.67: its compliance score is 66.667',
    ])
    expect(told({ compliance: 100 }, { complianceScore: 99.999_999_9 })).toEqual([
      '--compliance-threshold 100: the overall compliance score is 99.9999999',
    ])
  })
})

describe('failures', () => {
  test.each([
    ['low', 'low', 1],
    ['low', 'medium', 0],
    ['high', 'medium', 1],
    ['critical', 'low', 1],
    ['unknown', 'critical', 1],
  ])('of severity %s with the threshold %s breach %d times', (failed, severity, times) => {
    const resourcesBySeverity = { ...NO_FAILURES, [failed]: 3 }
    const message = `--severity-threshold ${severity}: 3 failures of that severity or worse`
    expect(told({ severity }, { resourcesBySeverity })).toEqual(times === 0 ? [] : [message])
  })
})

describe('coverage', () => {
  test('below the least is told with the number of controls', () => {
    const coverage = { ...COVERAGE, coverageScore: 50, evaluatedControls: 1 }
    expect(told({ coverage: 51 }, { coverage })).toEqual([
      '--fail-coverage-below 51: the coverage score is 50.00 (1 of 2 controls evaluated)',
    ])
    expect(told({ coverage: 50 }, { coverage })).toEqual([])
  })

  test('of no control at all is below every threshold', () => {
    const coverage = { ...COVERAGE, coverageScore: 0, evaluatedControls: 0, totalControls: 0 }
    expect(told({ coverage: 1 }, { coverage })).toHaveLength(1)
  })
})

test('a configuration that could not be read is told, the first reason and how many more', () => {
  const policyDegradations = [
    { component: 'exceptions', reason: 'configmaps is forbidden' },
    { component: 'inputs', reason: 'x' },
  ]
  expect(told({ noDegradedConfig: true }, { coverage: { ...COVERAGE, policyDegradations } })).toEqual([
    '--fail-on-degraded-config: exceptions: configmaps is forbidden (and 1 more)',
  ])
  expect(told({ noDegradedConfig: true })).toEqual([])
})

describe('what was not judged has not passed', () => {
  test('a framework that the scan does not judge by', () => {
    expect(told({ frameworks: { MITRE: 1 } })).toEqual([
      'thresholds.frameworks.MITRE 1: this scan does not judge by it',
    ])
    expect(
      told({ frameworks: { NSA: 1 } }, { frameworks: [{ name: 'NSA', controls: [], complianceScore: 0 }] }),
    ).toEqual(['thresholds.frameworks.NSA 1: none of its controls was evaluated'])
  })

  test('a control that lacked its data, whatever its score is', () => {
    const coverage = { ...COVERAGE, notEvaluated: [{ controlID: 'C-0057', reason: 'needs pods' }] }
    expect(told({ controls: { 'c-0057': 1 } }, { coverage })).toEqual([
      'thresholds.controls.c-0057 1: it was not evaluated: needs pods',
    ])
    expect(told({ controls: { 'C-0001': 1 } })).toEqual([
      'thresholds.controls.C-0001 1: this scan does not judge by it',
    ])
  })

  test('but what cannot apply to the input is no reason to fail', () => {
    const coverage = { ...COVERAGE, notApplicable: [{ controlID: 'C-0256' }] }
    expect(told({ controls: { 'C-0256': 100 } }, { coverage })).toEqual([])
  })
})

test('all gates that fail are told, overall ones first', () => {
  const all = { compliance: 90, severity: 'high', coverage: 100, frameworks: { NSA: 70 }, controls: { 'C-0057': 80 } }
  const parts = { resourcesBySeverity: { ...NO_FAILURES, high: 1 }, coverage: { ...COVERAGE, coverageScore: 99 } }
  expect(told(all, parts).map((message) => message.split(':', 1)[0])).toEqual([
    '--compliance-threshold 90',
    '--severity-threshold high',
    '--fail-coverage-below 100',
    'thresholds.frameworks.NSA 70',
    'thresholds.controls.C-0057 80',
  ])
})
