/** Scans of clusters: what could not be read, and what a workload made. */
import { describe, expect, test } from 'vitest'

import type { ValueMap } from '@kubescape/resources'
import type { Report } from '@kubescape/results'

import { object, of, resultOf, scanWith, sourceOf } from '../testing/scans.ts'
import type { Selection } from './selection.ts'
import type { ResourceSource } from './source.ts'

describe('types of a cluster that could not be read', () => {
  const secrets = { group: '', version: 'v1', kind: 'Secret', resource: 'secrets', error: 'forbidden' }
  const policies = {
    group: 'networking.k8s.io',
    version: 'v1',
    kind: 'NetworkPolicy',
    resource: 'networkpolicies',
    error: 'forbidden',
  }
  const scanUnread = (
    selection: Selection,
    objects: readonly ValueMap[],
    ...unreadTypes: NonNullable<ReturnType<ResourceSource['coverage']>['unreadTypes']>
  ): Promise<Report> => {
    const source = sourceOf(objects)
    return scanWith(selection, [], {
      target: 'cluster',
      source: { ...source, coverage: () => ({ ...source.coverage(), unreadTypes }) },
    })
  }
  const pod = object('Pod', 'web', { spec: { containers: [{ name: 'a', image: 'nginx' }] } })

  test('take the controls that need them out of scores, and coverage says why', async () => {
    const report = await scanUnread(of('C-0030', 'C-0073'), [pod], policies)
    expect(report.controls.map(({ control }) => control.id)).toEqual(['C-0073'])
    expect(report.coverage).toMatchObject({
      degraded: true,
      evaluatedControls: 1,
      totalControls: 2,
      notEvaluated: [
        {
          controlID: 'C-0030',
          reason: 'needs networkpolicies, which could not be read',
          missing: ['networking.k8s.io/v1/networkpolicies'],
        },
      ],
      unreadTypes: [policies],
    })
  })

  test('leave failures of what was read, and pass nothing', async () => {
    const privileged = object('Pod', 'bad', {
      spec: { containers: [{ name: 'a', securityContext: { privileged: true } }] },
    })
    const jobs = { group: 'batch', version: 'v1', kind: 'CronJob', resource: 'cronjobs', error: 'forbidden' }
    const withFailure = await scanUnread(of('C-0057'), [pod, privileged], jobs)
    expect(resultOf(withFailure, 'C-0057')).toMatchObject({ status: 'failed', counters: { passed: 1, failed: 1 } })
    const without = await scanUnread(of('C-0057'), [pod], jobs)
    expect(without.controls).toEqual([])
    expect(without.coverage.notEvaluated).toMatchObject([{ controlID: 'C-0057' }])
  })

  test('concern nobody who does not need them', async () => {
    const report = await scanUnread(of('C-0057'), [pod], secrets)
    expect(resultOf(report, 'C-0057')).toMatchObject({ status: 'passed' })
    expect(report.coverage).toMatchObject({ degraded: true, notEvaluated: [], evaluatedControls: 1 })
  })

  test('of which a part was read make a join no more trustworthy', async () => {
    const partOf = 'metadata.namespace=shop'
    const report = await scanUnread(of('C-0030', 'C-0073'), [pod], { ...policies, partOf })
    expect(report.coverage.notEvaluated).toMatchObject([{ controlID: 'C-0030' }])
    expect(report.coverage.coverageScore).toBe(48)
  })
})

describe('nodes without facts', () => {
  const info = object(
    'KubeletInfo',
    'node-1',
    { data: { cmdLine: 'kubelet --anonymous-auth=true' } },
    'hostdata.kubescape.cloud/v1beta0',
  )
  const scanNodes = (...reasons: (string | undefined)[]): Promise<Report> => {
    const source = sourceOf([info])
    const nodes = reasons.map((reason, at) => ({
      name: `node-${at + 1}`,
      facts: reason === undefined ? 1 : 0,
      unread: [],
      ...(reason === undefined ? {} : { reason }),
    }))
    return scanWith(of('C-0172'), [], {
      target: 'cluster',
      source: { ...source, coverage: () => ({ ...source.coverage(), nodes }) },
    })
  }

  test('make what the other nodes say no less true, and the scan degraded', async () => {
    const report = await scanNodes(undefined, 'it runs Windows', 'its Pod was not scheduled')
    expect(resultOf(report, 'C-0172')).toMatchObject({ status: 'failed', counters: { failed: 1 } })
    expect(report.coverage).toMatchObject({ degraded: true, coverageScore: 98, notEvaluated: [] })
    expect(report.coverage.nodes.map(({ reason }) => reason)).toEqual([
      undefined,
      'it runs Windows',
      'its Pod was not scheduled',
    ])
  })

  test('are no gap when there are none', async () => {
    expect((await scanNodes(undefined)).coverage).toMatchObject({ degraded: false, coverageScore: 100 })
  })
})

describe('in a cluster', () => {
  const owned = (kind: string, name: string, apiVersion: string, labels: ValueMap = {}): ValueMap => ({
    apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1',
    kind,
    metadata: { name, namespace: 'shop', labels, ownerReferences: [{ apiVersion, kind: 'Owner', name: 'owner' }] },
    spec: kind === 'Pod' ? privileged : { template: { spec: privileged } },
  })
  const privileged: ValueMap = { containers: [{ name: 'a', securityContext: { privileged: true } }] }
  const objects = [
    owned('Pod', 'of-replica-set', 'apps/v1'),
    owned('Pod', 'of-rollout', 'argoproj.io/v1alpha1', { 'pod-template-hash': '1' }),
    owned('Pod', 'of-something-else', 'example.com/v1'),
    owned('ReplicaSet', 'of-deployment', 'apps/v1'),
    object('Pod', 'naked', { spec: privileged }),
    object('Pod', 'labelled', {
      metadata: { name: 'labelled', namespace: 'shop', labels: { 'pod-template-hash': '1' } },
      spec: privileged,
    }),
  ]
  const failedNames = async (target: 'file' | 'cluster'): Promise<string[]> => {
    const report = await scanWith(of('C-0057'), objects, { target })
    return [...report.byControl(resultOf(report, 'C-0057')!)].map(
      ({ ref }) => report.subjects[ref]?.identity.name ?? '',
    )
  }

  test('what a workload made is not judged beside it', async () => {
    expect(await failedNames('cluster')).toEqual(['of-something-else', 'naked', 'labelled'])
    expect(await failedNames('file')).toHaveLength(6)
  })
})

describe('values of objects that are let go', () => {
  const objects = [
    object('Pod', 'web', {
      spec: {
        containers: [
          {
            name: 'a',
            securityContext: { privileged: true },
            env: [{ name: 'DB_PASSWORD', value: 'hunter2hunter2' }],
          },
        ],
      },
    }),
  ]

  test('are kept with the findings', async () => {
    const report = await scanWith(of('C-0057', 'C-0012'), objects, { target: 'cluster' })
    expect(report.present(0, 'spec.containers[0].securityContext.privileged')).toBe(true)
  })

  test('are masked where they are secret', async () => {
    const report = await scanWith(of('C-0012'), objects, { target: 'cluster' })
    expect(report.present(0, 'spec.containers[0].env[0].value')).toBe('XXXXXX')
  })
})
