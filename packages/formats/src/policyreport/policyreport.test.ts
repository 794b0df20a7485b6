import fc from 'fast-check'
import type { Report } from '@kubescape/results'
import { describe, expect, test } from 'vitest'

import { contextOf, sample } from '../../testing/reports.ts'
import { altered } from '../../testing/two-scans.ts'
import { readPolicyReports, type PolicyReport } from '../../testing/validators/policyreport.ts'
import { labelValue, objectName } from './names.ts'
import { render } from './render.ts'

async function reportsOf(changes: Partial<Report> = {}, verbose = false): Promise<PolicyReport[]> {
  const many = await sample('many')
  return readPolicyReports([...render(altered(many.report, changes), contextOf(many, { verbose }))].join(''))
}

test('every namespace has a report, and what is in none has the one of the cluster', async () => {
  const reports = await reportsOf()
  expect(reports.map(({ kind, metadata }) => [kind, metadata.name, metadata.namespace])).toEqual([
    ['ClusterPolicyReport', 'kubescape', undefined],
    ['PolicyReport', 'kubescape-platform', 'platform'],
    ['PolicyReport', 'kubescape-shop', 'shop'],
  ])
})

test('reports of a cluster carry its name', async () => {
  const { report } = await sample('many')
  const input = {
    kind: 'cluster',
    context: 'arn:aws:eks:eu-1:1:cluster/Prod',
    server: '',
    version: '',
    provider: '',
    isManaged: true,
  } as const
  const [first] = await reportsOf({ metadata: { ...report.metadata, input } })
  expect(first?.metadata).toEqual({
    name: expect.stringMatching(/^kubescape-arn-aws-eks-eu-1-1-cluster-[a-z-]*rod-[0-9a-f]{10}$/) as string,
    labels: {
      'app.kubernetes.io/managed-by': 'kubescape',
      'kubescape.io/cluster': expect.stringMatching(/^arn-aws-eks-eu-1-1-cluster-Prod-[0-9a-f]{10}$/) as string,
    },
  })
})

test('what exceptions accept is skipped, with the exception; what needs a review is a warning', async () => {
  const results = (await reportsOf()).flatMap((report) => report.results)
  expect(
    results.filter(({ properties }) => 'exception' in properties && properties['exceptionOwner'] !== undefined),
  ).toMatchObject([
    {
      policy: 'C-0057',
      result: 'skip',
      properties: {
        exception: 'the agent owns its node',
        exceptionReason: 'It loads kernel modules.',
        exceptionOwner: 'platform',
        exceptionExpires: '2027-01-01',
      },
    },
  ])
  expect(results.filter(({ result }) => result === 'warn').map(({ policy }) => policy)).toContain('C-0305')
})

test('passes are counted, and listed when asked for', async () => {
  const [short, long] = [await reportsOf(), await reportsOf({}, true)]
  const passes = (reports: PolicyReport[]): number =>
    reports.flatMap(({ results }) => results).filter(({ result }) => result === 'pass').length
  const counted = long.reduce((sum, { summary }) => sum + summary.pass, 0)
  expect(counted).toBeGreaterThan(0)
  expect(passes(short)).toBe(0)
  expect(passes(long)).toBe(counted)
  expect(short.map(({ summary }) => summary)).toEqual(long.map(({ summary }) => summary))
})

describe('names', () => {
  test('are legal whatever they are made of', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 400 }), { maxLength: 2 }), (parts) => {
        const name = objectName(['kubescape', ...parts])
        expect(name).toMatch(/^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/)
        expect(name.length).toBeLessThanOrEqual(253)
      }),
    )
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), (text) => {
        expect(labelValue(text)).toMatch(/^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/)
      }),
    )
  })

  test('stay as they are where they can, and apart where they cannot', () => {
    expect(objectName(['kubescape', 'kind-kind', 'shop'])).toBe('kubescape-kind-kind-shop')
    expect(objectName(['kubescape', 'a/b'])).not.toBe(objectName(['kubescape', 'a:b']))
    expect(objectName(['kubescape', `${'x'.repeat(300)}1`])).not.toBe(objectName(['kubescape', `${'x'.repeat(300)}2`]))
  })
})
