/** Exceptions that stand in what is scanned. */
import { identityOf, type SourceComment, type ValueMap } from '@kubescape/resources'
import type { Report } from '@kubescape/results'
import { describe, expect, test } from 'vitest'

import { named, object, resultOf, scanWith, sourceOf } from '../../testing/scans.ts'

const container = (name: string): ValueMap => ({ name, image: 'a', securityContext: { privileged: true } })
const pod = (annotations: ValueMap = {}): ValueMap => ({
  ...object('Pod', 'web', { spec: { containers: [container('app'), container('sidecar')] } }),
  metadata: { name: 'web', annotations },
})
const origin = {
  file: 'a.yaml',
  relativePath: 'a.yaml',
  fileType: 'YAML',
  start: 0,
  end: 1,
  line: 3,
  itemPath: '',
  ordinal: 0,
} as const

async function scanned(
  value: ValueMap,
  comments: readonly Partial<SourceComment>[] = [],
  honorsInline = true,
): Promise<{ status: string | undefined; excepted: string[]; report: Report }> {
  const identity = identityOf(value)!
  const own = comments.map((comment) => ({ text: '', path: '', line: 7, column: 2, ...comment }))
  const source = {
    ...sourceOf([]),
    async *resources() {
      yield { identity, object: value, origin, comments: own }
    },
  }
  const exceptions = { rules: [], clusterNames: [], now: '2026-06-01T00:00:00Z', honorsInline }
  const report = await scanWith(named('C-0057'), [], { source, exceptions })
  const result = resultOf(report, 'C-0057')
  const [verdict] = result === undefined ? [] : [...report.byControl(result)]
  const excepted = verdict?.rules.flatMap((rule) => rule.excepted.map(({ path }) => path)) ?? []
  return { status: verdict?.status, excepted, report }
}

describe('annotations', () => {
  test.each([
    ['accept the controls that they name', { 'kubescape.io/skip-controls': 'C-0013, c-0057' }, 'excluded'],
    ['accept no others', { 'kubescape.io/skip-controls': 'C-0013' }, 'failed'],
    ['accept no wildcards', { 'kubescape.io/skip-controls': '*' }, 'failed'],
    [
      'last until they end',
      { 'kubescape.io/skip-controls': 'C-0057', 'kubescape.io/skip-expiry': '2026-06-01' },
      'excluded',
    ],
    [
      'do not last longer',
      { 'kubescape.io/skip-controls': 'C-0057', 'kubescape.io/skip-expiry': '2026-05-31T23:59:59Z' },
      'failed',
    ],
    [
      'that end nobody knows when accept nothing',
      { 'kubescape.io/skip-controls': 'C-0057', 'kubescape.io/skip-expiry': 'soon' },
      'failed',
    ],
    ['that only look so accept nothing', { 'kubescape.io/skip': 'C-0057' }, 'failed'],
  ])('%s', async (_, annotations, status) => {
    expect((await scanned(pod(annotations))).status).toBe(status)
  })

  test('are reported as exceptions, and count only where they are honored', async () => {
    const annotations = { 'kubescape.io/skip-controls': 'C-0057,C-9999', 'kubescape.io/skip-reason': 'it must' }
    const { report } = await scanned(pod(annotations))
    const [use] = report.exceptions()
    expect(use?.exception).toMatchObject({
      name: expect.stringMatching(/^inline-path=.*Pod\/web$/),
      reason: 'it must',
      source: 'a.yaml:3',
    })
    expect(use).toMatchObject({ isExpired: false, isBroad: false, unknownControls: ['C-9999'] })
    expect(use?.matches).toHaveLength(1)
    const without = await scanned(pod(annotations), [], false)
    expect(without.status).toBe('failed')
    expect(without.report.exceptions()).toEqual([])
  })

  test('that make no sense are problems, and those that have ended are known', async () => {
    const soon = await scanned(pod({ 'kubescape.io/skip-controls': 'C-0057', 'kubescape.io/skip-expiry': 'soon' }))
    expect(soon.report.coverage).toMatchObject({ degraded: false, coverageScore: 100 })
    expect(soon.report.coverage.problems).toMatchObject([
      { file: 'a.yaml', line: 3, message: expect.stringContaining('"soon"') },
    ])
    const past = await scanned(
      pod({ 'kubescape.io/skip-controls': 'C-0057', 'kubescape.io/skip-expiry': '2026-01-01' }),
    )
    expect(past.report.exceptions()).toMatchObject([{ isExpired: true, matches: [] }])
  })
})

describe('comments', () => {
  const PATHS = [0, 1].map((at) => `spec.containers[${at}].securityContext.privileged`)

  test.each([
    ['for the whole object', { text: 'C-0057 it must' }, 'excluded', PATHS],
    ['for a field', { text: 'C-0057 it must', path: 'spec.containers[0]' }, 'failed', [PATHS[0]]],
    [
      'for a field in another notation',
      { text: 'C-0057', path: 'spec["containers"][1].securityContext' },
      'failed',
      [PATHS[1]],
    ],
    ['for another field', { text: 'C-0057', path: 'spec.containers[0].image' }, 'failed', []],
    ['for a field that only begins so', { text: 'C-0057', path: 'spec.container' }, 'failed', []],
    ['for several controls', { text: 'c-0013 , C-0057 reason' }, 'excluded', PATHS],
    ['for other controls', { text: 'C-0013 not C-0057' }, 'failed', []],
    ['with an end', { text: 'C-0057 until=2026-06-01 it must' }, 'excluded', PATHS],
    ['that has come', { text: 'C-0057 it must until=2026-05-31' }, 'failed', []],
  ])('%s', async (_, comment, status, excepted) => {
    expect(await scanned(pod(), [comment])).toMatchObject({ status, excepted })
  })

  test('together accept all that each of them does', async () => {
    const both = [0, 1].map((at) => ({ text: 'C-0057', path: `spec.containers[${at}]` }))
    expect((await scanned(pod(), both)).status).toBe('excluded')
  })

  test('keep their reason without the end', async () => {
    const { report } = await scanned(pod(), [{ text: 'C-0057 it until=2027-01-01 must' }])
    expect(report.exceptions()[0]?.exception).toEqual({
      name: 'inline-a.yaml:7',
      reason: 'it must',
      owner: '',
      expires: '2027-01-01T23:59:59Z',
      source: 'a.yaml:7',
    })
  })

  test.each([
    [{ text: 'because' }, 'kubescape:ignore: names no control'],
    [{ text: 'C-0057 until=soon' }, 'kubescape:ignore: until=soon is no date'],
    [{ text: 'C-0057', path: undefined }, 'kubescape:ignore: belongs to no field'],
  ])('%j is a problem, and accepts nothing', async (comment, message) => {
    const { status, report } = await scanned(pod(), [comment])
    expect(status).toBe('failed')
    expect(report.coverage.problems).toMatchObject([{ message, file: 'a.yaml', line: 7, column: 2 }])
  })
})
