/** Which objects a match selects. */
import { expect, test } from 'vitest'

import { splitApiVersion } from './identity.ts'
import { isClusterScoped } from './kinds.ts'
import { matches, matching } from './match.ts'

const isMatch = (match: ReturnType<typeof matching>, apiVersion: string, kind: string): boolean =>
  matches([match], { ...splitApiVersion(apiVersion), kind })

test.each([
  ['v1', 'Pod', 'v1', 'Pod', true],
  ['v1', 'Pod', 'v2', 'Pod', false],
  ['v1', 'Pod', 'v1', 'Service', false],
  ['v1', 'Pod', 'v1', 'pOD', true],
  ['v1', 'Pod', 'metrics.k8s.io/v1', 'Pod', false],
  ['apps/v1', 'Deployment', 'apps/v1', 'Deployment', true],
  ['apps/v1', 'Deployment', 'apps/v1beta1', 'Deployment', false],
  ['apps/v1', 'Deployment', 'Apps/v1', 'Deployment', false],
  ['apps/*', 'Deployment', 'apps/v1beta2', 'Deployment', true],
  ['apps/*', 'Deployment', 'extensions/v1beta1', 'Deployment', false],
  ['*', 'ConfigMap', 'v1', 'ConfigMap', true],
  ['*', 'ConfigMap', 'example.com/v3', 'ConfigMap', true],
  ['*', '*', 'example.com/v3', 'Whatever', true],
])('a match for %s %s of %s %s is %s', (apiVersion, kind, given, givenKind, is) => {
  expect(isMatch(matching(apiVersion, kind), given, givenKind)).toBe(is)
})

test('any of several matches is enough, none of no match', () => {
  const identity = { group: '', version: 'v1', kind: 'Pod', namespace: '', name: '' }
  expect(matches([matching('v1', 'Service'), matching('v1', 'Pod')], identity)).toBe(true)
  expect(matches([matching('v1', 'Service', 'Pod')], identity)).toBe(true)
  expect(matches([], identity)).toBe(false)
})

test.each([
  ['Namespace', true],
  ['ClusterRole', true],
  ['PersistentVolume', true],
  ['ValidatingWebhookConfiguration', true],
  ['Role', false],
  ['Pod', false],
  ['PersistentVolumeClaim', false],
  ['constructor', false],
  ['ACustomKind', false],
])('%s lives outside of namespaces: %s', (kind, is) => {
  expect(isClusterScoped(kind)).toBe(is)
})
