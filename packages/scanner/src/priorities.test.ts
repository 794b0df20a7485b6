/** The risk of workloads and what it is made of. */
import { describe, expect, test } from 'vitest'

import type { ValueMap } from '@kubescape/resources'
import type { Report, WorkloadRisk } from '@kubescape/results'

import { scanWith } from '../testing/scans.ts'
import { selectControls } from './selection.ts'

function scanFor(
  request: Parameters<typeof selectControls>[0],
  objects: readonly ValueMap[],
  target: 'file' | 'cluster' = 'file',
): Promise<Report> {
  return scanWith(selectControls(request), objects, { target })
}

function workload(name: string, pod: ValueMap = {}, spec: ValueMap = {}, kind = 'Deployment'): ValueMap {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace: 'shop' },
    spec: {
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image: 'web:1' }], ...pod } },
      ...spec,
    },
  }
}

function loadBalancer(app: string): ValueMap {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `${app}-public`, namespace: 'shop' },
    spec: { type: 'LoadBalancer', selector: { app } },
  }
}

const names = (report: Report): string[] =>
  report.priorities().map(({ ref }) => report.subjects[ref]?.identity.name ?? '')
const ids = (risk: WorkloadRisk | undefined): string[] => risk?.findings.controls.map(({ control }) => control.id) ?? []

describe('the risk of a workload', () => {
  test('is the sum of its findings for a workload that nothing exposes', async () => {
    const report = await scanFor({ frameworks: ['AllControls'], include: ['C-0038', 'C-0057'] }, [
      workload('cart', {
        hostPID: true,
        containers: [{ name: 'cart', securityContext: { privileged: true } }],
      }),
    ])
    const [risk] = report.priorities()
    expect(ids(risk)).toEqual(['C-0057', 'C-0038'])
    expect(risk).toMatchObject({
      risk: 16.5,
      findings: { score: 15 },
      exposure: { reach: 'cluster', factor: 1, by: [] },
      replicas: { count: 1, factor: 1.1 },
      attackPaths: [],
    })
  })

  test('doubles with the way in from the internet, which is looked for in files too', async () => {
    const report = await scanFor({ frameworks: ['AllControls'], include: ['C-0057'] }, [
      workload('cart', { containers: [{ name: 'cart', securityContext: { privileged: true } }] }),
      loadBalancer('cart'),
    ])
    const [risk] = report.priorities()
    expect(risk).toMatchObject({ risk: 17.6, findings: { score: 8 }, exposure: { reach: 'internet', factor: 2 } })
    const [by] = risk?.exposure.by ?? []
    expect(by?.control.id).toBe('C-0256')
    expect(by?.refs.map((ref) => report.subjects[ref]?.identity.name)).toEqual(['cart-public'])
    // The way in is no finding of the report: nobody asked for that control.
    expect(report.controls.map(({ control }) => control.id)).toEqual(['C-0057'])
    expect(report.subjects.filter(({ judged }) => judged)).toHaveLength(1)
  })

  test('is half as much again at a node', async () => {
    const report = await scanFor({ frameworks: ['AllControls'], include: ['C-0057'] }, [
      workload('cart', {
        hostNetwork: true,
        containers: [{ name: 'cart', securityContext: { privileged: true } }],
      }),
    ])
    expect(report.priorities()).toMatchObject([{ risk: 13.2, exposure: { reach: 'node', factor: 1.5 } }])
  })

  test.each([
    ['Deployment', { replicas: 3 }, {}, 3, 1.3],
    ['Deployment', { replicas: 500 }, {}, 500, 2],
    ['Deployment', { replicas: 0 }, {}, 1, 1.1],
    ['Deployment', { replicas: 'three' }, {}, 1, 1.1],
    ['DaemonSet', {}, { desiredNumberScheduled: 4 }, 4, 1.4],
  ])('grows with the replicas of a %s with %j and %j', async (kind, spec, status, count, factor) => {
    const report = await scanFor({ frameworks: ['AllControls'], include: ['C-0057'] }, [
      {
        ...workload('cart', { containers: [{ name: 'cart', securityContext: { privileged: true } }] }, spec, kind),
        status,
      },
    ])
    expect(report.priorities()).toMatchObject([{ risk: Math.round(8 * factor * 10) / 10, replicas: { count, factor } }])
  })

  test('leaves out controls about operation, and counts one check once', async () => {
    const report = await scanFor({ frameworks: ['AllControls'], include: ['C-0012', 'C-0018', 'C-0259'] }, [
      workload('cart', { containers: [{ name: 'cart', env: [{ name: 'DB_PASSWORD', value: 'opensesame' }] }] }),
    ])
    const failed = report.controls.filter(({ status }) => status === 'failed').map(({ control }) => control.id)
    expect(failed).toEqual(['C-0012', 'C-0018', 'C-0259'])
    expect(ids(report.priorities()[0])).toEqual(['C-0012'])
  })
})

test('the riskiest workload is the first, and one without findings is not there', async () => {
  const privileged = { securityContext: { privileged: true } }
  const report = await scanFor({ frameworks: ['AllControls'], include: ['C-0057'] }, [
    workload('quiet'),
    workload('inner', { containers: [{ name: 'a', ...privileged }] }),
    workload('other', { containers: [{ name: 'a', ...privileged }] }),
    workload('outer', { containers: [{ name: 'a', ...privileged }] }),
    loadBalancer('outer'),
  ])
  expect(names(report)).toEqual(['outer', 'inner', 'other'])
})

test('controls that were asked for one by one make no priorities', async () => {
  const report = await scanFor({ controls: ['C-0057'] }, [
    workload('cart', { containers: [{ name: 'a', securityContext: { privileged: true } }] }),
  ])
  expect(report.priorities()).toEqual([])
})

describe('attack paths', () => {
  test('need a failed control for every step from the first to a last', async () => {
    const limits = { requests: { cpu: '1' }, limits: { memory: '1Gi' } }
    const cart = workload('cart', { containers: [{ name: 'cart', resources: limits }] })
    const inner = await scanFor({ frameworks: ['security'] }, [cart])
    expect(inner.priorities()[0]?.attackPaths).toEqual([])

    const outer = await scanFor({ frameworks: ['security'] }, [cart, loadBalancer('cart')])
    expect(
      outer.priorities()[0]?.attackPaths.map(({ track, steps, score, severity }) => ({
        track,
        steps: steps.map(({ name, control }) => `${name}: ${control.id}`),
        score: Number(score.toFixed(3)),
        severity,
      })),
    ).toEqual([
      {
        track: 'service-destruction',
        steps: ['Initial Access: C-0256', 'Denial of service: C-0270'],
        score: 61.6,
        severity: 'High',
      },
    ])
  })

  test('are one for each control that opens a step', async () => {
    const report = await scanFor(
      { frameworks: ['security'] },
      [workload('cart', {}, { replicas: 5 }), loadBalancer('cart')],
      'cluster',
    )
    const paths = report.priorities()[0]?.attackPaths ?? []
    expect(paths.map(({ steps, score }) => [steps.at(-1)?.control.id, score])).toEqual([
      ['C-0270', 84],
      ['C-0271', 84],
    ])
  })
})
