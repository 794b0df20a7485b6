/** Comparisons of the five reports: every way to keep a scan says the same, and formats for pipelines write regressions validly. */
import { describe, expect, test } from 'vitest'

import {
  compareSnapshots,
  countBuckets,
  readSnapshot,
  regressionReport,
  regressions,
  renderBaseline,
  renderComparison,
  snapshotOfReport,
  type Snapshot,
} from '@kubescape/results/comparison'

import { DIFF_RENDERERS, jsonFormat, recordedEvidence, REGRESSION_FORMATS } from '../src/index.ts'
import { contextOf, sample, SAMPLE_NAMES, type Sample, type SampleName } from './reports.ts'
import { validateGitlabSast } from './validators/gitlab-sast.ts'
import { validateJunit } from './validators/junit.ts'
import { validateSarif } from './validators/sarif.ts'
import { CONTROL_CHARACTERS, type Validate } from './validators/validator.ts'

const VALIDATORS: Readonly<Record<string, Validate>> = {
  sarif: validateSarif,
  junit: validateJunit,
  'gitlab-sast': validateGitlabSast,
}

function read(pieces: Iterable<string | Uint8Array>): Snapshot {
  const result = readSnapshot(JSON.parse([...pieces].join('')))
  if ('snapshot' in result) return result.snapshot
  throw new Error(result.problem)
}

async function keptAs(way: string, one: Sample): Promise<Snapshot> {
  if (way === 'memory') return snapshotOfReport(one.report, contextOf(one).evidence)
  if (way === 'baseline') return read(renderBaseline(await keptAs('memory', one)))
  const render = await jsonFormat.load()
  return read(render(one.report, contextOf(one, { formatVersion: way })))
}

/** The same scan without anything that failed. */
function withoutFailures(snapshot: Snapshot): Snapshot {
  const resources = snapshot.resources.map((resource) => ({ ...resource, verdicts: new Map() }))
  return { ...snapshot, isComplete: true, resources }
}

const small = SAMPLE_NAMES.filter((name) => name !== 'large')
const WAYS = ['memory', 'baseline', 'v2', 'v3']
const pairs = small.flatMap((name) => WAYS.flatMap((base) => WAYS.map((head) => [name, base, head] as const)))

describe('a scan is the same as itself', () => {
  test.each(pairs)('%s: kept as %s and as %s', async (name, base, head) => {
    const one = await sample(name)
    const comparison = compareSnapshots(await keptAs(base, one), await keptAs(head, one), 'evidence')
    const { unchanged, ...changed } = countBuckets(comparison)
    // Layout v2 does not tell a finding that an exception accepts from others of the same failure.
    const untold = name === 'many' && (base === 'v2') !== (head === 'v2') ? 1 : 0
    expect(changed).toEqual({
      new: head === 'v2' ? untold : 0,
      resolved: head === 'v2' ? 0 : untold,
      incomparable: 0,
    })
    expect(unchanged > 0).toBe(name !== 'empty')
  })

  test.each(WAYS)('large: kept as %s', async (way) => {
    const one = await sample('large')
    const comparison = compareSnapshots(await keptAs('memory', one), await keptAs(way, one), 'control')
    expect(countBuckets(comparison)).toEqual({
      new: 0,
      resolved: 0,
      incomparable: 0,
      unchanged: Object.values(one.report.resourcesBySeverity).reduce<number>((sum, each) => sum + Number(each), 0),
    })
  })
})

async function regressed(name: SampleName, way: string): Promise<ReturnType<typeof compareSnapshots>> {
  const head = await keptAs(way, await sample(name))
  return compareSnapshots(withoutFailures(head), head, 'evidence')
}

const written = SAMPLE_NAMES.flatMap((name) =>
  REGRESSION_FORMATS.flatMap((format) => ['v2', 'v3'].map((way) => [name, format.name, way, format] as const)),
)

describe('regressions', () => {
  test.each(written)('of the report "%s" are valid %s, from layout %s', async (name, _, way, format) => {
    const one = await sample(name)
    const head = await keptAs(way, one)
    const comparison = compareSnapshots(withoutFailures(head), head, 'evidence')
    const controls = new Map(one.report.controls.map(({ control }) => [control.id, control]))
    const recorded = regressionReport(regressions(comparison, ''), {
      head,
      file: 'head.json',
      controlOf: (id) => controls.get(id),
    })
    expect(recorded.report.resourcesBySeverity).toEqual(one.report.resourcesBySeverity)
    const evidence = await recordedEvidence(recorded)
    const render = await format.load()
    const text = [...render(recorded.report, contextOf(one, { evidence }))].join('')
    await VALIDATORS[format.name]?.(new TextEncoder().encode(text), { ...one, report: recorded.report })
  })

  test.each(SAMPLE_NAMES)('of the report "%s" are harmless on terminals and in comments', async (name) => {
    const comparison = await regressed(name, 'v3')
    const [pretty, markdown] = [await DIFF_RENDERERS.pretty(), await DIFF_RENDERERS.markdown()]
    const texts = [[...pretty(comparison, false)].join(''), [...markdown(comparison)].join('')]
    for (const text of texts) expect(text).not.toMatch(CONTROL_CHARACTERS)
    expect(texts[1]?.length).toBeLessThan(65_536)
    expect(texts[1]).not.toMatch(/<(?!\/?code>)/)
    expect(() => JSON.parse([...renderComparison(comparison)].join('')) as unknown).not.toThrow()
  })
})
