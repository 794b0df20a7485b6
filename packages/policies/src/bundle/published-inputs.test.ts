/** What published rules are given: objects one by one or together, what is collected, inputs. */
import { describe, expect, test } from 'vitest'

import { control, framework, NAMES_ITEM, only, rule } from '../../testing/bundles.ts'
import { deployment, object, scanBy, verdicts } from '../../testing/scans.ts'
import type { PolicySet } from '../policy-set.ts'
import { readBundle } from './read-bundle.ts'

test('a rule says the same whether it gets its objects one by one or together', async () => {
  const body = `some at, container in item.spec.template.spec.containers
	container.securityContext.privileged
	path := sprintf("spec.template.spec.containers[%d].securityContext.privileged", [at])
	msg := {"failedPaths": [path], "alertObject": {"k8sApiObjects": [item]}}`
  const objects = [
    deployment('bad', { securityContext: { privileged: true } }),
    deployment('good', { securityContext: { privileged: false } }),
    object('Pod', 'plain'),
  ]
  const [alone, together] = await Promise.all(
    [body, `count(input) > 0\n${body}`].map(async (each) => {
      const set = only(rule('privileged', each))
      return [set.controls[0]?.checks[0]?.shape, verdicts(await scanBy(set, objects), 'X-1')] as const
    }),
  )
  expect(alone?.[0]).toBe('local')
  expect(together?.[0]).toBe('joined')
  expect(alone?.[1]).toEqual(together?.[1])
  expect(alone?.[1]).toMatchObject({ 'Deployment bad': [{ role: 'failed' }], 'Pod plain': 'passed' })
})

describe('what has to be collected', () => {
  const dynamicMatch = [
    { apiGroups: ['hostdata.kubescape.cloud'], apiVersions: ['v1beta0'], resources: ['KubeletInfo'] },
  ]
  const facts = object(
    'KubeletInfo',
    'node-1',
    { metadata: { name: 'node-1' }, data: { anonymous: true } },
    'hostdata.kubescape.cloud/v1beta0',
  )
  const body = `item.kind == "KubeletInfo"
	item.data.anonymous
	msg := {"alertObject": {"k8sApiObjects": [], "externalObjects": {"apiVersion": item.apiVersion, "kind": item.kind, "metadata": item.metadata}}}`

  test('is judged where it is there', async () => {
    const set = only(rule('kubelet', body, { match: [], dynamicMatch }))
    const report = await scanBy(set, [facts], { frameworks: ['Shop'], alone: true })
    expect(verdicts(report, 'X-1')).toEqual({ 'KubeletInfo node-1': [] })
  })

  test('is not passed where it is not', async () => {
    const set = only(rule('kubelet', body, { match: [], dynamicMatch }))
    const report = await scanBy(set, [deployment('web')], { frameworks: ['Shop'], alone: true, target: 'cluster' })
    expect(report.controls).toEqual([])
    expect(report.coverage.notEvaluated).toMatchObject([{ controlID: 'X-1', missing: ['KubeletInfo'] }])
  })

  test('makes other objects of the rule skipped', async () => {
    const set = only(rule('both', body, { dynamicMatch }))
    expect(verdicts(await scanBy(set, [deployment('web')]), 'X-1')).toEqual({ 'Deployment web': 'skipped' })
    expect(verdicts(await scanBy(set, [deployment('web'), facts]), 'X-1')).toEqual({
      'Deployment web': 'passed',
      'KubeletInfo node-1': [],
    })
  })
})

describe('control inputs', () => {
  const reads = (name: string): string => `item.metadata.name in data.postureControlInputs.${name}\n${NAMES_ITEM}`
  const declares = (name: string): Record<string, unknown> => ({
    controlConfigInputs: [{ path: `settings.postureControlInputs.${name}`, name, description: 'some names' }],
  })
  const objects = [deployment('web'), deployment('api')]

  test('that a rule declares are its data', async () => {
    const set = only(rule('names', reads('badNames'), declares('badNames')))
    expect(set.ownInputs).toEqual([{ name: 'badNames', about: 'some names', defaults: [] }])
    expect(verdicts(await scanBy(set, objects, { inputs: { badNames: ['web'] } }), 'X-1')).toEqual({
      'Deployment web': [],
      'Deployment api': 'passed',
    })
  })

  test('that it does not declare are not there', async () => {
    const set = only(rule('names', reads('publicRegistries')))
    expect(verdicts(await scanBy(set, objects, { inputs: { publicRegistries: ['web'] } }), 'X-1')).toEqual({
      'Deployment web': 'passed',
      'Deployment api': 'passed',
    })
  })

  test('may be set by the bundle, and by the control for good', async () => {
    const files = (fixedInput: unknown): PolicySet =>
      readBundle([
        {
          path: 'f.json',
          text: JSON.stringify(
            framework(control('X-1', [rule('names', reads('badNames'), declares('badNames'))], { fixedInput })),
          ),
        },
        { path: 'i.json', text: JSON.stringify({ badNames: ['api'] }) },
      ])
    expect(verdicts(await scanBy(files(undefined), objects), 'X-1')).toEqual({
      'Deployment web': 'passed',
      'Deployment api': [],
    })
    const fixed = files({ names: { 'settings.postureControlInputs.badNames': ['web'] } })
    expect(verdicts(await scanBy(fixed, objects, { inputs: { badNames: ['api'] } }), 'X-1')).toEqual({
      'Deployment web': [],
      'Deployment api': 'passed',
    })
  })

  test('that are empty make a control skipped that cannot do without', async () => {
    const set = only(rule('names', reads('badNames'), declares('badNames')), {
      attributes: { actionRequired: 'configuration' },
    })
    const report = await scanBy(set, objects)
    expect(report.controls).toMatchObject([
      { status: 'skipped', subStatus: 'configuration', info: expect.stringContaining('badNames') as string },
    ])
    expect((await scanBy(set, objects, { inputs: { badNames: ['web'] } })).controls).toMatchObject([
      { status: 'failed' },
    ])
  })

  test('always tell of the platform', async () => {
    const set = only(rule('cloud', `data.dataControlInputs.cloudProvider == "eks"\n${NAMES_ITEM}`))
    expect(verdicts(await scanBy(set, [deployment('web')], { cloudProvider: 'eks' }), 'X-1')).toEqual({
      'Deployment web': [],
    })
    expect(verdicts(await scanBy(set, [deployment('web')]), 'X-1')).toEqual({ 'Deployment web': 'passed' })
  })
})
