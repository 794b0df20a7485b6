/** Numbers and shapes of the published layouts. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { ControlDeclaration } from '@kubescape/controls'

import { coverageScore, type Coverage } from './coverage.ts'
import { controlSummary, coverageSummary, shortFloat } from './layout.ts'
import type { ControlResult } from './report.ts'

describe('a short float', () => {
  test.each([
    [0, 0],
    [100, 100],
    [Math.fround((100 * 2) / 3), 66.666_664],
    [Math.fround((100 * 3.3) / 5.3), 62.264_153],
    [Math.fround(0.1), 0.1],
    [Math.fround(33.333_333_333), 33.333_332],
  ])('of %d is %d', (value, short) => {
    expect(shortFloat(value)).toBe(short)
  })

  test('is the same 32-bit float, written with at most nine digits', () => {
    fc.assert(
      fc.property(fc.float({ min: 0, max: 100, noNaN: true }), (value) => {
        const short = shortFloat(value)
        expect(Math.fround(short)).toBe(value)
        expect(Number(short.toPrecision(9))).toBe(short)
      }),
    )
  })
})

const control: ControlDeclaration = {
  id: 'C-9999',
  name: 'A control',
  baseScore: 7,
  scope: [],
  why: '',
  repair: '',
  checks: [],
}

const result: ControlResult = {
  status: 'failed',
  subStatus: '',
  control,
  severity: 'High',
  info: '',
  counters: { passed: 1, failed: 1, skipped: 0, excluded: 1 },
  score: Math.fround((100 * 3.3) / 5.3),
  complianceScore: Math.fround(200 / 3),
  complianceWithoutExceptions: Math.fround(100 / 3),
  frameworks: ['NSA'],
}

describe('the summary of a control', () => {
  test('has short scores, and counts excluded resources by themselves', () => {
    expect(controlSummary(result, 'v3')).toMatchObject({
      ResourceCounters: { passedResources: 1, failedResources: 1, skippedResources: 0, excludedResources: 1 },
      subStatusCounters: { ignoredResources: 1 },
      complianceScore: 66.666_664,
    })
  })

  test('counts excluded resources among those that passed in the published layout', () => {
    expect(controlSummary(result, 'v2')).toEqual({
      statusInfo: { status: 'failed', subStatus: '', info: '' },
      controlID: 'C-9999',
      name: 'A control',
      status: 'failed',
      ResourceCounters: { passedResources: 2, failedResources: 1, skippedResources: 0, excludedResources: 0 },
      subStatusCounters: { ignoredResources: 1 },
      score: 62.264_153,
      complianceScore: 66.666_664,
      scoreFactor: 7,
    })
  })

  test('names category and sub-category with their published ids', () => {
    const categorised = { ...result, control: { ...control, category: 'Workload', subCategory: 'Storage' } as const }
    expect(controlSummary(categorised, 'v3')).toMatchObject({
      category: { name: 'Workload', id: 'Cat-5', subCategory: { name: 'Storage', id: 'Cat-8' } },
    })
    expect(controlSummary({ ...result, control: { ...control, category: 'Network' } }, 'v3')['category']).toEqual({
      name: 'Network',
      id: 'Cat-4',
    })
  })
})

test('the coverage summary keeps what was not evaluated apart from what does not apply', () => {
  const coverage: Coverage = {
    coverageScore: 50,
    degraded: true,
    evaluatedControls: 2,
    totalControls: 4,
    notEvaluated: [{ controlID: 'C-1', name: 'One', reason: 'needs a node', missing: ['KubeletInfo'] }],
    notApplicable: [{ controlID: 'C-3', name: 'Three', reason: 'applies to clusters', missing: [] }],
    vacuousFrameworks: ['NSA'],
    policyDegradations: [{ component: 'exceptions', reason: 'forbidden' }],
    unreadTypes: [
      { group: '', version: 'v1', kind: 'Secret', resource: 'secrets', error: 'forbidden' },
      {
        group: 'apps',
        version: 'v1',
        kind: 'Deployment',
        resource: 'deployments',
        error: 'forbidden',
        partOf: 'metadata.namespace=shop',
      },
    ],
    unknownWorkloads: [{ kind: 'argoproj.io/v1alpha1/Rollout', count: 2 }],
    documents: { files: 1, unreadableFiles: 0, read: 1, unread: 0, notNeeded: 0, ignored: 0 },
    nodes: [
      { name: 'node-1', facts: 9, unread: [{ path: '/a', why: 'permission denied' }] },
      { name: 'node-2', facts: 0, unread: [], reason: 'it runs Windows' },
    ],
    problems: [],
  }
  expect(coverageSummary(coverage)).toMatchObject({
    coverageScore: 50,
    degraded: true,
    notEvaluatedControls: [{ controlID: 'C-1', name: 'One', missingGVRs: ['KubeletInfo'], reason: 'needs a node' }],
    notApplicableControls: [{ controlID: 'C-3', reason: 'applies to clusters' }],
    vacuousFrameworks: ['NSA'],
    policyDegradations: [{ component: 'exceptions', reason: 'forbidden' }],
    failedGVRPulls: [{ gvr: '/v1/secrets', error: 'forbidden' }],
    partialGVRPulls: [{ gvr: 'apps/v1/deployments', selector: 'metadata.namespace=shop', error: 'forbidden' }],
    unknownWorkloadKinds: [{ kind: 'argoproj.io/v1alpha1/Rollout', count: 2 }],
    nodes: [
      { name: 'node-1', facts: 9, unreadPlaces: [{ path: '/a', why: 'permission denied' }] },
      { name: 'node-2', facts: 0, unreadPlaces: [], reason: 'it runs Windows' },
    ],
  })
})

test.each([
  [{ evaluated: 4, total: 4 }, 100],
  [{ evaluated: 3, total: 4 }, 75],
  [{ evaluated: 0, total: 0 }, 0],
  [{ evaluated: 4, total: 4, partial: 3 }, 94],
  [{ evaluated: 4, total: 4, silent: 2 }, 94],
  [{ evaluated: 4, total: 4, degradations: 1 }, 95],
  [{ evaluated: 1, total: 2, partial: 1, silent: 1, degradations: 1 }, 40],
  [{ evaluated: 1, total: 100, partial: 40 }, 0],
])('the coverage score of %j is %d', (parts, score) => {
  expect(coverageScore(parts)).toBe(score)
})
