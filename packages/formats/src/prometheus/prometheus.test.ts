import type { Report } from '@kubescape/results'
import { describe, expect, test } from 'vitest'

import { sample } from '../../testing/reports.ts'
import { altered } from '../../testing/two-scans.ts'
import { readMetrics, type Series } from '../../testing/validators/prometheus.ts'
import { render } from './render.ts'

function scrape(report: Report): Series[] {
  return readMetrics([...render(report)].join(''))
}

const named =
  (name: string) =>
  (series: Series): boolean =>
    series.name === name

describe('alerting rules on the metrics', () => {
  test('kubescape_compliance_score < 70 fires below 70 and not at 70', async () => {
    const { report } = await sample('many')
    const fires = (complianceScore: number): boolean => {
      const [series, ...others] = scrape(altered(report, { complianceScore })).filter(
        named('kubescape_compliance_score'),
      )
      expect(others).toEqual([])
      expect(series?.labels).toEqual({})
      return (series?.value ?? Number.NaN) < 70
    }
    expect([69.999, 0, 70, 100].map(fires)).toEqual([true, true, false, false])
  })

  test('kubescape_control_failed{severity="critical"} > 0 fires for failures of critical controls only', async () => {
    const { report } = await sample('many')
    const firing = scrape(report).filter(
      ({ name, labels, value }) =>
        name === 'kubescape_control_failed' && labels['severity'] === 'critical' && value > 0,
    )
    const critical = report.controls.filter(({ severity, status }) => severity === 'Critical' && status === 'failed')
    expect(critical.length).toBeGreaterThan(0)
    expect(firing.map(({ labels }) => labels['control_id'])).toEqual(critical.map(({ control }) => control.id))
  })

  test('increase(kubescape_control_failed[24h]) > 5 fires for what has grown by more than 5 between two scrapes', async () => {
    const { report } = await sample('many')
    const grown: Readonly<Record<string, number>> = { 'C-0057': 6, 'C-0013': 5, 'C-0059': 7 }
    const later = altered(report, {}, ({ control, counters }) => ({
      counters: { ...counters, failed: counters.failed + (grown[control.id] ?? 0) },
    }))
    const before = new Map(
      scrape(report)
        .filter(named('kubescape_control_failed'))
        .map(({ labels, value }) => [JSON.stringify(labels), value]),
    )
    const firing = scrape(later)
      .filter(named('kubescape_control_failed'))
      .filter(({ labels, value }) => value - (before.get(JSON.stringify(labels)) ?? Number.NaN) > 5)
    // C-0059 had no failure before: an increase is seen because its series stood at 0.
    expect(firing.map(({ labels }) => labels['control_id'])).toEqual(['C-0057', 'C-0059'])
  })

  test('a control that could not be judged has no series that would say 0', async () => {
    const { report } = await sample('many')
    const unjudged = report.controls.filter(({ subStatus }) => subStatus === 'configuration')
    expect(unjudged.length).toBeGreaterThan(0)
    const ids = scrape(report)
      .filter(named('kubescape_control_failed'))
      .map(({ labels }) => labels['control_id'])
    expect(ids).not.toContain(unjudged[0]?.control.id)
  })
})

test('every published name is there, with its labels', async () => {
  const { report } = await sample('many')
  const labels = new Map(scrape(report).map((series) => [series.name, Object.keys(series.labels).join()]))
  const counted = (prefix: string, statuses: readonly string[]): string[] => statuses.map((each) => `${prefix}_${each}`)
  const statuses = ['failed', 'skipped', 'passed']
  const expected: [string, string][] = [
    ['kubescape_score', ''],
    ...['complianceScore', 'coverage_score', ...counted('count_resources', [...statuses, 'excluded'])].map(
      (name): [string, string] => [`kubescape_cluster_${name}`, ''],
    ),
    ...counted('kubescape_cluster_count_control', statuses).map((name): [string, string] => [name, '']),
    ...['complianceScore', ...counted('count_resources', statuses), ...counted('count_control', statuses)].map(
      (name): [string, string] => [`kubescape_framework_${name}`, 'name'],
    ),
    ...['complianceScore', ...counted('count_resources', [...statuses, 'excluded'])].map((name): [string, string] => [
      `kubescape_control_${name}`,
      'name,severity,link',
    ]),
    ...counted('kubescape_resource_count_controls', ['failed', 'skipped', 'excluded']).map((name): [string, string] => [
      name,
      'apiVersion,kind,namespace,name',
    ]),
  ]
  for (const [name, wanted] of expected) expect([name, labels.get(name)]).toEqual([name, wanted])
})

test('objects that share all their names are one series', async () => {
  const { report } = await sample('many')
  const identity = { group: '', version: 'v1', kind: 'Pod', namespace: 'a', name: 'twin' }
  const subjects = report.subjects.map(({ id, weight, replicas, judged }) => ({
    id,
    weight,
    replicas,
    judged,
    identity,
  }))
  const twins = altered(report, { subjects })
  const series = scrape(twins).filter(named('kubescape_resource_count_controls_failed'))
  const failures = report.controls.reduce((sum, { counters }) => sum + counters.failed, 0)
  expect(series.map(({ value }) => value)).toEqual([failures])
})

test('names from outside stay what they are', async () => {
  const { report } = await sample('hostile')
  const names = scrape(report)
    .filter(named('kubescape_resource_count_controls_failed'))
    .map(({ labels }) => labels['name'])
  const [pod] = report.subjects
  expect(names).toContain(pod?.identity.name.replaceAll('\0', '\uFFFD').toWellFormed())
})
