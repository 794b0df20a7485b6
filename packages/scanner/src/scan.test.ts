/** Whole scans of a few objects: statuses, scores, coverage. */
import { describe, expect, test } from 'vitest'

import {
  FRAMEWORKS,
  type Check,
  type ControlDeclaration,
  type JoinedCheck,
  type LocalCheck,
  type Projection,
} from '@kubescape/controls'
import { matching, type ValueMap } from '@kubescape/resources'
import type { ControlResult } from '@kubescape/results'

import { metadata, named, object, of, resultOf, scanWith, sourceOf } from '../testing/scans.ts'
import { makeInputs } from './inputs.ts'
import { scan } from './scan.ts'
import { selectControls, type Selection } from './selection.ts'
import { filterBySeverity } from './severity-filter.ts'

function fake(id: string, checks: readonly Check[], rest: Partial<ControlDeclaration> = {}): ControlDeclaration {
  return { id, name: id, baseScore: 7, scope: [], why: '', repair: '', checks, ...rest }
}

function only(...controls: ControlDeclaration[]): Selection {
  const frameworks = [{ name: 'Fake', aliases: [], scope: [], controls: controls.map(({ id }) => id) }]
  return { frameworks, controls, named: true }
}

const failing = (name: string, ...names: string[]): LocalCheck => ({
  shape: 'local',
  name,
  match: [matching('*', 'Pod', 'Deployment')],
  judge: (resource) => (names.includes(resource.identity.name) ? [] : undefined),
})

describe('scores', () => {
  const objects = [
    object('Deployment', 'web', { spec: { replicas: 3 } }, 'apps/v1'),
    object('Pod', 'a'),
    object('Pod', 'b'),
  ]

  test('follow the published example', async () => {
    const report = await scanWith(only(fake('C-1', [failing('one', 'web')])), objects)
    const [result] = report.controls
    expect(result).toMatchObject({
      status: 'failed',
      severity: 'High',
      counters: { passed: 2, failed: 1, skipped: 0 },
      complianceScore: Math.fround(200 / 3),
    })
    expect(result?.score).toBeCloseTo(62.26, 2)
    expect(report).toMatchObject({ score: result?.score, complianceScore: result?.complianceScore })
    expect(report.resourcesBySeverity).toEqual({ critical: 0, high: 1, medium: 0, low: 0, unknown: 0 })
    expect(report.controlsBySeverity).toEqual({ critical: 0, high: 1, medium: 0, low: 0, unknown: 0 })
  })

  test('of a framework weigh its controls by base score, and take the mean of their compliance', async () => {
    const controls = [fake('C-1', [failing('one', 'web')]), fake('C-2', [failing('two', 'a', 'b')], { baseScore: 1 })]
    const [framework] = (await scanWith(only(...controls), objects)).frameworks
    expect(framework?.score).toBeCloseTo((100 * (3.3 * 7 + 2)) / (5.3 * 7 + 5.3), 4)
    expect(framework?.complianceScore).toBeCloseTo((200 / 3 + 100 / 3) / 2, 4)
    expect(framework).toMatchObject({ status: 'failed', counters: { passed: 0, failed: 3, skipped: 0 } })
  })

  test('are 0 risk and full compliance where there is nothing to check, which is said', async () => {
    const report = await scanWith(only(fake('C-1', [failing('one')])), [])
    expect(report.controls[0]).toMatchObject({
      status: 'passed',
      subStatus: 'irrelevant',
      score: 0,
      complianceScore: 100,
    })
    expect(report).toMatchObject({ status: 'passed', subStatus: 'irrelevant', score: 0, complianceScore: 100 })
    expect(report.coverage.vacuousFrameworks).toEqual(['Fake'])
  })

  test('count every resource once, by its worst status', async () => {
    const review = fake('C-2', [failing('two', 'a', 'web')], { actionRequired: 'requires review' })
    const report = await scanWith(only(fake('C-1', [failing('one', 'web')]), review), objects)
    expect(resultOf(report, 'C-2')).toMatchObject({ status: 'skipped', subStatus: 'requires review' })
    expect(report.counters).toEqual({ passed: 1, failed: 1, skipped: 1, excluded: 0 })
  })
})

describe('a control for clusters', () => {
  const pods = [object('Pod', 'web')]

  test('does not apply to files, and takes no part in scores', async () => {
    const report = await scanWith(of('C-0256', 'C-0073'), pods)
    expect(report.controls.map(({ control }) => control.id)).toEqual(['C-0073'])
    expect(report.coverage.notApplicable).toMatchObject([{ controlID: 'C-0256' }])
    expect(report.coverage.totalControls).toBe(1)
  })

  test('applies to files that are a dump of a cluster, and where it was named', async () => {
    const reports = [await scanWith(of('C-0256'), pods, { target: 'cluster' }), await scanWith(named('C-0256'), pods)]
    for (const report of reports) {
      expect(resultOf(report, 'C-0256')).toMatchObject({ status: 'passed', counters: { passed: 1 } })
      expect(report.coverage.notApplicable).toEqual([])
    }
  })

  test('applies to files where it is about facts of nodes, if such an object is there', async () => {
    const nodeInfo = { containerRuntimeVersion: 'containerd://1.6.0' }
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' }, status: { nodeInfo } }
    expect(resultOf(await scanWith(of('C-0087'), [node]), 'C-0087')?.status).toBe('failed')
    const without = await scanWith(of('C-0087'), pods)
    expect(without.controls).toEqual([])
    expect(without.coverage.notApplicable).toMatchObject([{ controlID: 'C-0087' }])
  })
})

describe('a control that needs data', () => {
  test.each([
    ['C-0069', 'KubeletInfo', []],
    ['C-0274', 'ServiceScanResult', [object('Pod', 'web'), object('Service', 'web')]],
    ['C-0089', 'APIServerInfo', [object('APIService', 'v1.web', {}, 'apiregistration.k8s.io/v1')]],
  ])('such as %s says nothing without %s, and coverage says so', async (id, kind, objects) => {
    const report = await scanWith(of(id, 'C-0073'), objects, { target: 'cluster' })
    expect(resultOf(report, id)).toBeUndefined()
    expect(report.coverage.notEvaluated).toMatchObject([{ controlID: id, missing: [kind] }])
    expect(report.coverage).toMatchObject({ evaluatedControls: 1, totalControls: 2, coverageScore: 50, degraded: true })
  })

  test('skips what the data do not tell of, and never passes it', async () => {
    const signed = {
      apiVersion: 'imagedata.kubescape.cloud/v1beta0',
      kind: 'ImageSignatures',
      metadata: { name: 'shop' },
      images: [{ image: 'docker.io/library/nginx', signatures: [{ publicKey: 'key' }] }],
    }
    const pod = (name: string, image: string): ValueMap =>
      object('Pod', name, { spec: { containers: [{ name: 'a', image }] } })
    const report = await scanWith(of('C-0237'), [signed, pod('web', 'nginx'), pod('other', 'nginx:1')])
    expect(resultOf(report, 'C-0237')).toMatchObject({
      status: 'skipped',
      subStatus: 'notEvaluated',
      counters: { passed: 1, failed: 0, skipped: 1 },
      info: 'It needs signatures of images (ImageSignatures objects); they do not tell of everything that was scanned.',
    })
    expect(report.coverage.notEvaluated).toMatchObject([{ controlID: 'C-0237', missing: ['ImageSignatures'] }])
  })
})

describe('a control without a value for its inputs', () => {
  const pod = object('Pod', 'web', { spec: { containers: [{ name: 'a', image: 'nginx' }] } })

  test.each([
    ['C-0078', 'imageRepositoryAllowList'],
    ['C-0306', 'imageDigestExemptRepositories'],
  ])('%s is skipped and names the input', async (id, input) => {
    const [result] = (await scanWith(of(id), [pod])).controls
    expect(result).toMatchObject({ status: 'skipped', subStatus: 'configuration', counters: { skipped: 1 } })
    expect(result?.info).toContain(input)
  })

  test.each([
    ['C-0078', { imageRepositoryAllowList: ['registry.example.com/'] }],
    ['C-0306', { imageDigestExemptRepositories: ['registry.example.com'] }],
  ])('%s is judged with one', async (id, overrides) => {
    const [result] = (await scanWith(of(id), [pod], { inputs: makeInputs(overrides) })).controls
    expect(result).toMatchObject({ status: 'failed', subStatus: '', counters: { failed: 1 }, info: '' })
  })
})

describe('a check that throws', () => {
  const pods = [object('Pod', 'a'), object('Pod', 'b')]
  const throwing = (name: string): never => {
    throw new Error(`no idea about ${name}`)
  }
  const local: LocalCheck = {
    ...failing('breaks'),
    judge: ({ identity }) => (identity.name === 'a' ? throwing('a') : undefined),
  }
  const projection: Projection<{ name: string }> = {
    name: 'pods',
    match: [matching('v1', 'Pod')],
    take: ({ identity }) => ({ name: identity.name }),
  }
  const joined = (tests: JoinedCheck['tests'], judge: JoinedCheck['judge'], needs = projection): JoinedCheck => ({
    shape: 'joined',
    name: `breaks, ${tests}`,
    match: [matching('v1', 'Pod')],
    tests,
    needs: [needs],
    judge,
  })

  test('costs its verdict on that object only', async () => {
    const report = await scanWith(only(fake('C-1', [local]), fake('C-2', [failing('works', 'a')])), pods)
    expect(resultOf(report, 'C-1')).toMatchObject({
      status: 'skipped',
      subStatus: 'notEvaluated',
      counters: { passed: 1, failed: 0, skipped: 1 },
    })
    expect(resultOf(report, 'C-2')).toMatchObject({ status: 'failed', counters: { passed: 1, failed: 1 } })
    expect(report.coverage.degraded).toBe(true)
    expect(report.coverage.problems).toMatchObject([
      { code: 'scan/check-failed', message: 'the check breaks broke off on Pod/a: no idea about a' },
    ])
  })

  test('while joining keeps the failures that it found, and passes nothing', async () => {
    const check = joined('matched', function* (tables) {
      yield { subject: tables.rows(projection)[0]!.ref, findings: [] }
      throwing('the rest')
    })
    const report = await scanWith(only(fake('C-1', [check])), pods)
    expect(report.controls[0]).toMatchObject({ status: 'failed', counters: { passed: 0, failed: 1, skipped: 1 } })
  })

  test.each(['matched', 'reported'] as const)('while joining what is %s is never passed', async (tests) => {
    const check = joined(tests, () => throwing('anything'))
    const report = await scanWith(only(fake('C-1', [check])), pods)
    expect(report.controls[0]).toMatchObject({ status: 'skipped', subStatus: 'notEvaluated', complianceScore: 0 })
    expect(report.coverage.notEvaluated).toMatchObject([{ controlID: 'C-1' }])
    expect(report.coverage.problems).toHaveLength(1)
  })

  test('keeps a control from passing that another check lets pass', async () => {
    const report = await scanWith(
      only(fake('C-1', [failing('works'), joined('reported', () => throwing('all'))])),
      pods,
    )
    expect(report.controls[0]).toMatchObject({ status: 'skipped', subStatus: 'notEvaluated' })
  })

  test.each(['matched', 'reported'] as const)(
    'because of a row is never passed where it tests what is %s',
    async (tests) => {
      const broken: typeof projection = { ...projection, take: ({ identity }) => throwing(identity.name) }
      const check = joined(tests, () => [], broken)
      const other = joined('matched', () => [])
      const report = await scanWith(only(fake('C-1', [check]), fake('C-2', [other])), pods)
      expect(resultOf(report, 'C-1')).toMatchObject({ status: 'skipped', subStatus: 'notEvaluated' })
      expect(resultOf(report, 'C-2')).toMatchObject({ status: 'passed', counters: { passed: 2 } })
      expect(report.coverage.problems).toHaveLength(2)
    },
  )
})

describe('filters', () => {
  const objects = [
    object('Pod', 'web'),
    object('NetworkPolicy', 'all', { spec: { podSelector: {} } }, 'networking.k8s.io/v1'),
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bare', namespace: 'bank' } },
  ]

  test('leave out verdicts, while joins still see everything', async () => {
    const report = await scanWith(of('C-0260'), objects, {
      filter: { includeKinds: ['Pod'], includeNamespaces: ['shop'] },
    })
    expect(report.controls[0]).toMatchObject({ status: 'passed', counters: { passed: 1, failed: 0, skipped: 0 } })
    const unfiltered = await scanWith(of('C-0260'), objects)
    expect(unfiltered.controls[0]).toMatchObject({ status: 'failed', counters: { passed: 2, failed: 1 } })
  })

  test('leave no verdict on what is not judged', async () => {
    const report = await scanWith(of('C-0260', 'C-0073'), objects, { filter: { excludeNamespaces: ['bank'] } })
    const verdicts = report.subjects.map((subject, ref) => [subject.judged, [...report.bySubject(ref)].length > 0])
    expect(verdicts).toEqual([
      [true, true],
      [true, true],
      [false, false],
    ])
  })
})

describe('coverage', () => {
  test('accounts for every control of a framework', async () => {
    const { coverage } = await scanWith(selectControls({ frameworks: ['AllControls'] }), [object('Pod', 'web')])
    expect(coverage.totalControls + coverage.notApplicable.length).toBe(FRAMEWORKS[0]?.controls.length)
    expect(coverage.evaluatedControls).toBe(coverage.totalControls - coverage.notEvaluated.length)
  })

  test('counts kinds with pod templates that no control knows', async () => {
    const template = { spec: { template: { spec: { containers: [] } } } }
    const rollout = object('Rollout', 'web', template, 'argoproj.io/v1alpha1')
    const { coverage } = await scanWith(of('C-0073'), [rollout, { ...rollout }])
    expect(coverage.unknownWorkloads).toEqual([{ kind: 'argoproj.io/v1alpha1/Rollout', count: 2 }])
  })
})

test('verdicts are the same by control and by subject', async () => {
  const objects = [object('Pod', 'a', { spec: { hostPID: true, containers: [{ name: 'x' }] } }), object('Pod', 'b')]
  const report = await scanWith(selectControls({ frameworks: ['NSA'] }), objects)
  const key = ({ control, ref, status }: { control: ControlResult; ref: number; status: string }): string =>
    `${control.control.id} ${ref} ${status}`
  const byControl = report.controls.flatMap((control) => [...report.byControl(control)].map(key))
  const bySubject = report.subjects.flatMap((_, ref) => [...report.bySubject(ref)].map(key))
  expect(byControl).toContain('C-0038 0 failed')
  expect(byControl.toSorted()).toEqual(bySubject.toSorted())
})

describe('a report cut to a range of severities', () => {
  const objects = [object('Pod', 'a'), object('Pod', 'b')]
  const controls = [
    fake('C-1', [failing('one', 'a')], { baseScore: 9 }),
    fake('C-2', [failing('two', 'a', 'b')], { baseScore: 7 }),
    fake('C-3', [failing('three')], { baseScore: 4 }),
  ]

  test.each([
    ['', '', ['C-1', 'C-2', 'C-3'], 50],
    ['high', '', ['C-1', 'C-2'], 25],
    ['', 'high', ['C-2', 'C-3'], 50],
    ['high', 'HIGH', ['C-2'], 0],
    ['low', 'low', [], 0],
  ])('from "%s" to "%s" has the controls in it, and their compliance', async (min, max, ids, compliance) => {
    const whole = await scanWith(only(...controls), objects)
    const cut = filterBySeverity(whole, min, max)
    expect(cut.controls.map(({ control }) => control.id)).toEqual(ids)
    expect(cut.frameworks[0]?.controls.map(({ control }) => control.id)).toEqual(ids)
    expect([...cut.bySubject(0)].map(({ control }) => control.control.id)).toEqual(ids)
    expect([cut.complianceScore, cut.frameworks[0]?.complianceScore]).toEqual([compliance, compliance])
    expect(cut).toMatchObject({ score: whole.score, counters: whole.counters, coverage: whole.coverage })
  })

  test('counts failures of its severities only', async () => {
    const cut = filterBySeverity(await scanWith(only(...controls), objects), 'high', 'high')
    expect(cut.resourcesBySeverity).toEqual({ critical: 0, high: 2, medium: 0, low: 0, unknown: 0 })
    expect(cut.controlsBySeverity).toEqual({ critical: 0, high: 1, medium: 0, low: 0, unknown: 0 })
  })
})

test('a scan that is called off ends with the reason', async () => {
  const signal = AbortSignal.abort(new Error('called off'))
  const inputs = makeInputs(undefined)
  const request = { selection: of('C-0073'), inputs, source: sourceOf([object('Pod', 'a')]), filter: {}, metadata }
  await expect(scan({ ...request, target: 'file' }, signal)).rejects.toThrow('called off')
})
