/** What a scan runs. */
import { describe, expect, test } from 'vitest'

import { named, object, of, resultOf, scanWith } from '../testing/scans.ts'
import { makeInputs } from './inputs.ts'
import { makeScope, needsOf } from './scope.ts'
import { selectControls } from './selection.ts'

const allControls = selectControls({ frameworks: ['AllControls'] })

describe('of one workload', () => {
  const scope = makeScope({ selection: allControls, target: 'cluster', kind: 'deployment' })
  const needs = needsOf(scope, makeInputs(undefined))

  test('controls about other kinds are left out', () => {
    const ids = scope.controls.map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(['C-0057', 'C-0256', 'C-0261']))
    for (const id of ['C-0035', 'C-0054', 'C-0092', 'C-0209']) expect(ids).not.toContain(id)
    expect(scope.selection.controls.length).toBeLessThan(allControls.controls.length)
  })

  test('and so are checks about other kinds, of controls that have several', () => {
    const { controls } = makeScope({ selection: named('C-0012', 'C-0189'), target: 'cluster', kind: 'ServiceAccount' })
    expect(controls.map(({ id, checks }) => [id, checks.map(({ name }) => name)])).toEqual([
      ['C-0189', ['automount-default-service-account']],
    ])
  })

  test('only what these look at is needed', () => {
    expect(needs.kind('NetworkPolicy')).toBe(true)
    expect(needs.kind('APIService')).toBe(false)
    expect(needs.joined.flatMap(({ kinds }) => kinds)).not.toContain('StorageClass')
  })

  test('nothing to run is an error', () => {
    expect(() => makeScope({ selection: named('C-0035'), target: 'cluster', kind: 'Pod' })).toThrow(
      'none of these controls looks at objects of kind Pod',
    )
  })
})

describe('a scan of one workload', () => {
  const pod = (name: string, namespace: string, spec: object = {}): ReturnType<typeof object> => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: { containers: [{ name: 'a', image: 'nginx', securityContext: { privileged: true } }], ...spec },
  })
  const made = {
    ...pod('made', 'shop'),
    metadata: {
      name: 'made',
      namespace: 'shop',
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Other', name: 'o' }],
    },
  }
  const objects = [pod('web', 'shop'), pod('web', 'bank'), pod('other', 'shop'), made]
  const failedIn = async (workload: object, target: 'file' | 'cluster' = 'cluster'): Promise<string[]> => {
    const report = await scanWith(of('C-0057', 'C-0035', 'C-0030'), objects, {
      target,
      filter: { workload: { kind: 'Pod', name: 'web', ...workload } },
    })
    expect(report.controls.map(({ control }) => control.id)).toEqual(['C-0030', 'C-0057'])
    return [...report.byControl(resultOf(report, 'C-0057')!)].map(({ ref }) => report.subjects[ref]?.id ?? '')
  }

  test('judges that one', async () => {
    expect(await failedIn({ namespace: 'shop' })).toEqual(['/v1/shop/Pod/web'])
    expect(await failedIn({})).toEqual(['/v1/shop/Pod/web', '/v1/bank/Pod/web'])
    expect(await failedIn({ kind: 'pod', namespace: 'bank', group: '', version: 'v1' })).toHaveLength(1)
    expect(await failedIn({ group: 'apps' })).toEqual([])
    expect(await failedIn({ isInFile: () => true })).toEqual([])
  })

  test('judges it whoever made it', async () => {
    expect(await failedIn({ name: 'made' })).toEqual(['/v1/shop/Pod/made'])
  })

  test('says nothing of parts of the platform that it is not', async () => {
    const filter = { workload: { kind: 'Pod', name: 'other' } }
    const report = await scanWith(of('C-0057', 'C-0113', 'C-0117'), objects, { target: 'cluster', filter })
    expect(report.controls.map(({ control }) => control.id)).toEqual(['C-0057'])
    expect(report.coverage).toMatchObject({ notEvaluated: [], notApplicable: [], totalControls: 1 })
  })
})
