/** Which resources are judged. */
import { describe, expect, test } from 'vitest'

import { identityOf, matching, parseSelector, type ValueMap } from '@kubescape/resources'

import { makeFilter, narrowNeeds, type ResourceFilter } from './filter.ts'
import type { Needs } from './source.ts'

const objects = [
  ['pod in shop', { kind: 'Pod', metadata: { name: 'a', namespace: 'shop', labels: { app: 'web' } } }],
  ['pod in bank', { kind: 'Pod', metadata: { name: 'b', namespace: 'bank' } }],
  ['pod anywhere', { kind: 'Pod', metadata: { name: 'c' } }],
  ['pod in default', { kind: 'Pod', metadata: { name: 'd', namespace: 'default', labels: { app: 'db' } } }],
  ['namespace shop', { kind: 'Namespace', metadata: { name: 'shop' } }],
  ['namespace bank', { kind: 'Namespace', metadata: { name: 'bank' } }],
  ['node', { kind: 'Node', metadata: { name: 'n' } }],
] satisfies [string, ValueMap][]

function judgedBy(filter: ResourceFilter): string[] {
  const isJudged = makeFilter(filter)
  return objects.flatMap(([name, rest]) => {
    const object = { apiVersion: 'v1', ...rest }
    return isJudged({ identity: identityOf(object)!, object }) ? [name] : []
  })
}

test('facts of nodes and clouds are of the whole cluster', () => {
  const isJudged = makeFilter({ includeNamespaces: ['shop'], excludeNamespaces: ['default'] })
  const facts = ['hostdata.kubescape.cloud/v1beta0 KernelVersion', 'eks.amazonaws.com/v1 ClusterDescribe']
  for (const fact of facts) {
    const [apiVersion = '', kind = ''] = fact.split(' ')
    const object = { apiVersion, kind, metadata: { name: 'x' } }
    expect(isJudged({ identity: identityOf(object)!, object })).toBe(true)
  }
})

test.each<[string, ResourceFilter, string[]]>([
  ['an empty filter leaves nothing out', {}, objects.map(([name]) => name)],
  [
    'an included namespace keeps its Namespace object and what is in no namespace',
    { includeNamespaces: ['shop'] },
    ['pod in shop', 'namespace shop', 'node'],
  ],
  [
    'the namespace default is meant where none is written',
    { includeNamespaces: ['default'] },
    ['pod anywhere', 'pod in default', 'node'],
  ],
  [
    'an excluded namespace loses its Namespace object',
    { excludeNamespaces: ['shop', 'default'] },
    ['pod in bank', 'namespace bank', 'node'],
  ],
  [
    'an exclusion outweighs an inclusion',
    { includeNamespaces: ['shop', 'bank'], excludeNamespaces: ['bank'] },
    ['pod in shop', 'namespace shop', 'node'],
  ],
  ['namespaces are compared with regard to case', { includeNamespaces: ['Shop'] }, ['node']],
  [
    'kinds are compared without regard to case',
    { includeKinds: ['NODE', 'namespace'] },
    ['namespace shop', 'namespace bank', 'node'],
  ],
  ['an excluded kind goes', { excludeKinds: ['pod', 'Node'] }, ['namespace shop', 'namespace bank']],
  ['labels must be met', { labels: parseSelector('app in (web, db)') }, ['pod in shop', 'pod in default']],
  [
    'labels of objects without labels count as absent',
    { labels: parseSelector('!app'), includeKinds: ['Pod'] },
    ['pod in bank', 'pod anywhere'],
  ],
  [
    'all filters must agree',
    { includeNamespaces: ['shop'], includeKinds: ['Pod'], labels: parseSelector('app=db') },
    [],
  ],
])('%s', (_name, filter, names) => {
  expect(judgedBy(filter)).toEqual(names)
})

describe('what is looked at when only some kinds are judged', () => {
  const needs: Needs = {
    kind: () => true,
    metadataOnly: () => false,
    judged: [
      matching('v1', 'Pod', 'ConfigMap'),
      matching('hostdata.kubescape.cloud/*', 'KubeletInfo'),
      matching('*', '*'),
    ],
    joined: [matching('v1', 'Service')],
    across: [],
  }

  test.each<[string, ResourceFilter, ReturnType<typeof matching>[]]>([
    [
      'is those kinds and all facts, and any kind is no more than them',
      { includeKinds: ['configmap'] },
      [matching('v1', 'ConfigMap'), matching('hostdata.kubescape.cloud/*', 'KubeletInfo'), matching('*', 'configmap')],
    ],
    [
      'is all but those that are left out',
      { excludeKinds: ['Pod'] },
      [matching('v1', 'ConfigMap'), matching('hostdata.kubescape.cloud/*', 'KubeletInfo'), matching('*', '*')],
    ],
  ])('%s', (_, filter, judged) => {
    expect(narrowNeeds(needs, filter)).toMatchObject({ judged, joined: needs.joined })
  })

  test('is everything without a filter', () => {
    expect(narrowNeeds(needs, { includeNamespaces: ['shop'] })).toBe(needs)
  })
})
