/** Labels and annotations. */
import { describe, expect, test } from 'vitest'

import { failure, outputOf } from '../../testing/kustomizations.ts'

/** Where a label stands, of an object that has only what is needed. */
async function placesOf(kustomization: string, object: string): Promise<string[]> {
  const lines = (await outputOf(kustomization, object)).split('\n')
  return lines.flatMap((line, at) => {
    if (line.trim() !== 'team: a') return []
    const path: string[] = []
    let depth = line.search(/\S/)
    for (let above = at; above >= 0; above--) {
      const [, indent = '', key = ''] = /^([ -]*)([\w]+):/.exec(lines[above] ?? '') ?? []
      if (key !== '' && indent.length < depth) {
        path.unshift(key)
        depth = indent.length
      }
    }
    return [path.join('.')]
  })
}

const workload = (apiVersion: string, kind: string, spec = '{}'): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: w}\nspec: ${spec}\n`

const SELECTED = 'metadata.labels,spec.selector.matchLabels,spec.template.metadata.labels'
const CLAIMS = '{volumeClaimTemplates: [{metadata: {name: d}}]}'

describe('commonLabels', () => {
  test.each([
    ['apps/v1', 'Deployment', '{}', SELECTED],
    ['apps/v1', 'ReplicaSet', '{}', SELECTED],
    ['apps/v1', 'DaemonSet', '{}', SELECTED],
    ['extensions/v1beta1', 'Deployment', '{}', SELECTED],
    ['apps/v1', 'StatefulSet', '{}', SELECTED],
    ['apps/v1', 'StatefulSet', CLAIMS, `${SELECTED},spec.volumeClaimTemplates.metadata.labels`],
    ['v1', 'ReplicationController', '{}', 'metadata.labels,spec.selector,spec.template.metadata.labels'],
    ['v1', 'Service', '{}', 'metadata.labels,spec.selector'],
    ['v1', 'Pod', '{}', 'metadata.labels'],
    ['batch/v1', 'Job', '{}', 'metadata.labels,spec.template.metadata.labels'],
    ['batch/v1', 'Job', '{selector: {matchLabels: {x: y}}}', SELECTED],
    [
      'batch/v1',
      'CronJob',
      '{}',
      'metadata.labels,spec.jobTemplate.metadata.labels,spec.jobTemplate.spec.template.metadata.labels',
    ],
    ['policy/v1', 'PodDisruptionBudget', '{}', 'metadata.labels'],
    [
      'policy/v1',
      'PodDisruptionBudget',
      '{selector: {matchLabels: {x: y}}}',
      'metadata.labels,spec.selector.matchLabels',
    ],
    [
      'networking.k8s.io/v1',
      'NetworkPolicy',
      '{podSelector: {matchLabels: {x: y}}}',
      'metadata.labels,spec.podSelector.matchLabels',
    ],
    ['example.com/v1', 'Thing', '{selector: {matchLabels: {x: y}}}', 'metadata.labels'],
  ])('of a %s %s with %s', async (apiVersion, kind, spec, expected) => {
    expect(await placesOf('commonLabels: {team: a}', workload(apiVersion, kind, spec))).toEqual(expected.split(','))
  })

  test('stand over labels that are there, and are texts', async () => {
    const object = 'apiVersion: v1\nkind: Pod\nmetadata: {name: w, labels: {team: b, app: w}}\n'
    expect(await outputOf('commonLabels: {team: "1"}', object)).toContain('labels:\n    app: w\n    team: "1"\n')
    expect(await failure({ 'kustomization.yaml': 'commonLabels:\n  team: 1\n' })).toBe(
      'kustomization.yaml:2: invalid Kustomization: json: cannot unmarshal number into Go struct field Kustomization.commonLabels of type string',
    )
  })

  test('go where a configuration says', async () => {
    const text = await outputOf(
      'commonLabels: {team: a}\nconfigurations: [c.yaml]',
      workload('example.com/v1', 'Thing'),
      {
        'c.yaml': 'commonLabels: [{kind: Thing, path: spec/labels, create: true}]\n',
      },
    )
    expect(text).toContain('spec:\n  labels:\n    team: a\n')
  })
})

describe('labels', () => {
  const deployment = workload('apps/v1', 'Deployment')

  test.each([
    ['', 'metadata.labels'],
    ['  includeTemplates: true', 'metadata.labels,spec.template.metadata.labels'],
    ['  includeSelectors: true', SELECTED],
    ['  fields: [{kind: Deployment, path: spec/more/labels, create: true}]', 'metadata.labels,spec.more.labels'],
    ['  fields: [{kind: Service, path: spec/more/labels, create: true}]', 'metadata.labels'],
    ['  fields: [{path: spec/more/labels}]', 'metadata.labels'],
  ])('with "%s"', async (options, expected) => {
    expect(await placesOf(`labels:\n- pairs: {team: a}\n${options}`, deployment)).toEqual(expected.split(','))
  })

  test('are several', async () => {
    const text = await outputOf('labels:\n- pairs: {a: x}\n- pairs: {b: z}\n  includeSelectors: true', deployment)
    expect(text).toContain('labels:\n    a: x\n    b: z\n')
    expect(text).toContain('matchLabels:\n      b: z\n')
  })

  test('of the kind that every name may be', async () => {
    const text = await outputOf('commonLabels: {__proto__: a, constructor: b}', deployment)
    expect(text.match(/__proto__: a/g)).toHaveLength(3)
  })
})

describe('commonAnnotations', () => {
  test('go on objects and their templates', async () => {
    const places = (kind: string, apiVersion: string): Promise<string[]> =>
      placesOf('commonAnnotations: {team: a}', workload(apiVersion, kind))
    expect(await places('Deployment', 'apps/v1')).toEqual([
      'metadata.annotations',
      'spec.template.metadata.annotations',
    ])
    expect(await places('CronJob', 'batch/v1')).toHaveLength(3)
    expect(await places('Service', 'v1')).toEqual(['metadata.annotations'])
  })
})
