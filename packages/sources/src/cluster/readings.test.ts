/** How a scan reads what it needs. */
import { expect, test } from 'vitest'

import type { ApiResource, Discovery } from '@kubescape/cluster'
import { matching } from '@kubescape/resources'

import { planReadings, type ClusterExtent } from './readings.ts'

const type = (group: string, kind: string, plural: string, namespaced = true): ApiResource => ({
  group,
  version: 'v1',
  kind,
  plural,
  namespaced,
  verbs: ['get', 'list'],
  isPreferred: true,
})

const discovery: Discovery = {
  resources: [
    type('', 'Pod', 'pods'),
    type('', 'Service', 'services'),
    type('', 'Node', 'nodes', false),
    type('apps', 'Deployment', 'deployments'),
    type('rbac.authorization.k8s.io', 'RoleBinding', 'rolebindings'),
  ],
  failures: [{ groupVersion: 'cilium.io/v2', error: 'down' }],
}

const needs = {
  judged: [matching('v1', 'Pod', 'Node'), matching('apps/*', 'Deployment')],
  joined: [
    matching('v1', 'Pod', 'Service'),
    matching('rbac.authorization.k8s.io/*', 'RoleBinding'),
    matching('cilium.io/v2', 'CiliumNetworkPolicy'),
  ],
  across: [matching('rbac.authorization.k8s.io/*', 'RoleBinding')],
}

const read = (extent: ClusterExtent): string[] =>
  planReadings(discovery, needs, extent).listed.map(({ resource, namespaces, otherwise, except }) =>
    [
      resource.plural,
      namespaces.length > 0 ? `in ${namespaces.join()}` : '',
      otherwise.length > 0 ? `or in ${otherwise.join()}` : '',
      except.length > 0 ? `but ${except.join()}` : '',
    ]
      .filter(Boolean)
      .join(' '),
  )

test.each<[string, ClusterExtent, string[]]>([
  ['everything', {}, ['nodes', 'pods', 'services', 'deployments', 'rolebindings']],
  [
    'some namespaces',
    { includeNamespaces: ['a', 'b'] },
    ['nodes', 'pods in a,b', 'services in a,b', 'deployments in a,b', 'rolebindings or in a,b'],
  ],
  [
    'all namespaces but some',
    { excludeNamespaces: ['c'] },
    ['nodes', 'pods but c', 'services but c', 'deployments but c', 'rolebindings'],
  ],
  [
    'what one workload is joined with, and no other workload',
    { includeNamespaces: ['a'], isOneWorkload: true },
    ['services in a', 'rolebindings or in a'],
  ],
])('of %s', (_, extent, expected) => {
  expect(read(extent)).toEqual(expected)
})

test('types that nothing joins are told from the others, for who wants some of their objects only', () => {
  const only = planReadings(discovery, needs, {}).listed.filter(({ isOnlyJudged }) => isOnlyJudged)
  expect(only.map(({ resource }) => resource.plural)).toEqual(['nodes', 'deployments'])
})

test('what cannot be listed is told', () => {
  const { unreadable } = planReadings(discovery, needs, { isOneWorkload: true })
  expect(unreadable).toMatchObject([{ group: 'cilium.io', kind: 'CiliumNetworkPolicy', version: 'v2' }])
})
