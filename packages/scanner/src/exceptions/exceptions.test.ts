/** Exceptions in whole scans: what they cover, what they leave, how they are counted. */
import type { ValueMap } from '@kubescape/resources'
import type { Report } from '@kubescape/results'
import { describe, expect, test } from 'vitest'

import { named, object, resultOf, scanWith } from '../../testing/scans.ts'
import { selectControls } from '../selection.ts'
import type { ExceptionRule, PolicyScope, ResourceScope } from './rule.ts'

const is =
  (text: string) =>
  (other: string): boolean =>
    text === other

function rule(
  name: string,
  resources: readonly ResourceScope[],
  policies: readonly PolicyScope[] = [{}],
): ExceptionRule {
  return {
    exception: { name, reason: 'accepted', owner: 'alice', expires: '', source: 'a test' },
    resources,
    policies,
    coversManual: false,
    controls: [],
    unknownControls: [],
  }
}

const container = (name: string, privileged: boolean): ValueMap => ({
  name,
  image: `registry.example/${name}:1.0`,
  securityContext: { privileged },
})
const pod = (name: string, ...containers: ValueMap[]): ValueMap => object('Pod', name, { spec: { containers } })

const PODS = [
  pod('legacy', container('app', true)),
  pod('mixed', container('app', true), container('sidecar', true)),
  pod('fine', container('app', false)),
]
const PRIVILEGED: PolicyScope = { control: is('C-0057') }

async function scanWithRules(
  rules: readonly ExceptionRule[],
  selection = named('C-0057'),
  objects: readonly ValueMap[] = PODS,
): Promise<Report> {
  return scanWith(selection, objects, { exceptions: { rules, clusterNames: [], now: '2026-06-01T00:00:00Z' } })
}

const nameOf = (report: Report, ref: number): string => report.subjects[ref]?.identity.name ?? ''

function statuses(report: Report, id = 'C-0057'): Record<string, string> {
  const result = resultOf(report, id)
  const verdicts = result === undefined ? [] : [...report.byControl(result)]
  return Object.fromEntries(verdicts.map(({ ref, status }): [string, string] => [nameOf(report, ref), status]))
}

describe('an exception', () => {
  test('excludes the resources that it covers, and nothing else', async () => {
    const report = await scanWithRules([rule('legacy', [{ kind: is('Pod'), name: is('legacy') }], [PRIVILEGED])])
    expect(statuses(report)).toEqual({ legacy: 'excluded', mixed: 'failed', fine: 'passed' })
    expect(resultOf(report, 'C-0057')?.counters).toEqual({ passed: 1, failed: 1, skipped: 0, excluded: 1 })
    expect(report.counters).toEqual({ passed: 1, failed: 1, skipped: 0, excluded: 1 })
    expect(report.resourcesBySeverity.high).toBe(1)
  })

  test('counts as compliant, and the report knows what the score would be without it', async () => {
    const report = await scanWithRules([rule('legacy', [{ name: is('legacy') }])])
    expect(report.complianceScore).toBeCloseTo(66.67, 1)
    expect(report.complianceWithoutExceptions).toBeCloseTo(33.33, 1)
  })

  test('of everything that failed makes the control pass with exceptions', async () => {
    const report = await scanWithRules([rule('all', [{}])])
    expect(resultOf(report, 'C-0057')).toMatchObject({
      status: 'passed',
      subStatus: 'w/exceptions',
      complianceScore: 100,
    })
    expect(report).toMatchObject({ status: 'passed', subStatus: 'w/exceptions' })
  })

  test('for one container leaves the findings of others', async () => {
    const report = await scanWithRules([rule('app', [{ container: is('app') }])])
    expect(statuses(report)).toEqual({ legacy: 'excluded', mixed: 'failed', fine: 'passed' })
    const result = resultOf(report, 'C-0057')
    const mixed = result && [...report.byControl(result)].find(({ status }) => status === 'failed')
    expect(mixed?.rules.map(({ findings }) => findings.map(({ path }) => path))).toEqual([
      ['spec.containers[1].securityContext.privileged'],
    ])
    expect(mixed?.rules[0]?.excepted.map(({ path }) => path)).toEqual(['spec.containers[0].securityContext.privileged'])
    expect(mixed?.rules[0]?.exceptions.map(({ name }) => name)).toEqual(['app'])
  })

  test('for another control, or that has ended, or without resources, covers nothing', async () => {
    const ended = rule('ended', [{}])
    const report = await scanWithRules([
      rule('other', [{}], [{ control: is('C-0013') }]),
      { ...ended, exception: { ...ended.exception, expires: '2026-05-31T23:59:59Z' } },
      rule('nothing', []),
    ])
    expect(statuses(report)).toEqual({ legacy: 'failed', mixed: 'failed', fine: 'passed' })
    expect(report.exceptions().map(({ isExpired, matches }) => [isExpired, matches.length])).toEqual([
      [false, 0],
      [true, 0],
      [false, 0],
    ])
  })

  test('for one framework leaves what others say of the control', async () => {
    const selection = selectControls({ frameworks: ['nsa', 'mitre'], include: ['C-0057'] })
    const limited = rule('nsa only', [{}], [{ framework: is('NSA') }])
    const report = await scanWithRules([limited], selection)
    expect(report.frameworks.map(({ name, counters }) => [name, counters.failed, counters.excluded])).toEqual([
      ['NSA', 0, 2],
      ['MITRE', 2, 0],
    ])
    expect(statuses(report)).toEqual({ legacy: 'failed', mixed: 'failed', fine: 'passed' })
    const [nsa] = report.frameworks
    const own = nsa?.controls[0]
    expect(own && Array.from(report.byControl(own), ({ status }) => status)).toEqual(['excluded', 'excluded', 'passed'])
    expect(await scanWithRules([limited]).then(({ counters }) => counters.excluded)).toBe(0)
  })

  test('for both frameworks of a control covers it', async () => {
    const selection = selectControls({ frameworks: ['nsa', 'mitre'], include: ['C-0057'] })
    const both = [{ framework: is('NSA') }, { framework: is('MITRE') }]
    expect(statuses(await scanWithRules([rule('both', [{}], both)], selection))).toMatchObject({ legacy: 'excluded' })
  })

  test('by labels of the namespace covers what is in it, whether the namespace comes first or last', async () => {
    const selector = { pairs: { stage: 'test' }, requirements: [], valid: true }
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { stage: 'test' } } }
    const rules = [rule('test stages', [{ namespaceSelector: selector }])]
    for (const objects of [
      [namespace, ...PODS],
      [...PODS, namespace],
    ]) {
      expect(statuses(await scanWithRules(rules, undefined, objects))).toMatchObject({ legacy: 'excluded' })
    }
    expect(statuses(await scanWithRules(rules))).toMatchObject({ legacy: 'failed' })
  })

  test('by a label or an annotation covers what bears it', async () => {
    const labelled = { ...PODS[0], metadata: { name: 'legacy', labels: { team: 'sre' } } }
    const annotated = { ...PODS[1], metadata: { name: 'mixed', annotations: { team: 'sre' } } }
    const rules = [rule('sre', [{ labels: [{ key: 'team', value: is('sre') }] }])]
    const report = await scanWithRules(rules, undefined, [labelled, annotated, pod('own', container('app', true))])
    expect(statuses(report)).toEqual({ legacy: 'excluded', mixed: 'excluded', own: 'failed' })
  })

  test('of a binding or a role covers the subjects that they make', async () => {
    const objects: ValueMap[] = [
      object(
        'Role',
        'reader',
        { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }] },
        'rbac.authorization.k8s.io/v1',
      ),
      object(
        'RoleBinding',
        'readers',
        {
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
          subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'bob' }],
        },
        'rbac.authorization.k8s.io/v1',
      ),
    ]
    const before = await scanWithRules([], named('C-0015'), objects)
    expect(statuses(before, 'C-0015')).toEqual({ bob: 'failed' })
    const by = (scope: ResourceScope): Promise<Report> => scanWithRules([rule('by', [scope])], named('C-0015'), objects)
    expect(statuses(await by({ kind: is('RoleBinding'), name: is('readers') }), 'C-0015')).toEqual({ bob: 'excluded' })
    expect(statuses(await by({ kind: is('User'), name: is('bob') }), 'C-0015')).toEqual({ bob: 'excluded' })
    expect(statuses(await by({ kind: is('User'), name: is('eve') }), 'C-0015')).toEqual({ bob: 'failed' })
  })

  test('of a control that people check by hand names it, and covers the cluster', async () => {
    const manual = { ...rule('checked', [], [{ control: is('C-0287') }]), coversManual: true }
    const report = await scanWithRules([manual], named('C-0287'), PODS)
    const result = resultOf(report, 'C-0287')
    expect(result).toMatchObject({ status: 'passed', subStatus: 'w/exceptions', complianceScore: 100 })
    expect(result?.complianceWithoutExceptions).toBe(0)
    expect(report.exceptions()[0]).toMatchObject({ matches: [], manual: [result] })
  })

  test('is reported with what it accepted, and when it is bound to nothing', async () => {
    const uses = (await scanWithRules([rule('wide', [{}]), rule('narrow', [{ name: is('legacy') }])])).exceptions()
    expect(uses.map(({ isBroad, matches }) => [isBroad, matches.map(({ control }) => control.control.id)])).toEqual([
      [true, ['C-0057', 'C-0057']],
      [false, ['C-0057']],
    ])
  })
})
