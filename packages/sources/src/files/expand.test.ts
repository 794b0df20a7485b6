/** From documents to objects. */
import { describe, expect, test } from 'vitest'

import type { Value } from '@kubescape/resources'

import { expandDocument } from './expand.ts'

const pod = (name: string): Value => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name } })
const list = (...items: Value[]): Value => ({ apiVersion: 'v1', kind: 'List', items })

/** What was found, as `path: apiVersion kind name`. */
function found(value: Value): string[] {
  return expandDocument(value).objects.map(({ path, identity, object }) => {
    const { apiVersion, kind } = object as { apiVersion: string; kind: string }
    return `${path}: ${apiVersion} ${kind} ${identity.name}`
  })
}

describe('the objects of', () => {
  test('a single object are itself', () => {
    expect(found(pod('a'))).toEqual([': v1 Pod a'])
  })

  test('a List are its items', () => {
    expect(found(list(pod('a'), pod('b')))).toEqual(['items[0]: v1 Pod a', 'items[1]: v1 Pod b'])
  })

  test('an array are its entries', () => {
    expect(found([pod('a'), [pod('b')], list(pod('c'))])).toEqual([
      '[0]: v1 Pod a',
      '[1][0]: v1 Pod b',
      '[2].items[0]: v1 Pod c',
    ])
  })

  test('lists in lists are theirs', () => {
    expect(found(list(pod('a'), list(pod('b'))))).toEqual(['items[0]: v1 Pod a', 'items[1].items[0]: v1 Pod b'])
  })

  test('a list of a kind inherit what they leave out', () => {
    const typed = { apiVersion: 'apps/v1', kind: 'DeploymentList', items: [{ metadata: { name: 'a' } }] }
    expect(found(typed)).toEqual(['items[0]: apps/v1 Deployment a'])
    expect(found({ apiVersion: 'v1', kind: 'PodList', items: [{ kind: 'Pod', metadata: { name: 'b' } }] })).toEqual([
      'items[0]: v1 Pod b',
    ])
  })

  test('a list of a kind keep what they say themselves', () => {
    const typed = {
      apiVersion: 'v1',
      kind: 'PodList',
      items: [{ apiVersion: 'v2', kind: 'Odd', metadata: { name: 'a' } }],
    }
    expect(found(typed)).toEqual(['items[0]: v2 Odd a'])
  })

  test('an object that is only called a list are itself', () => {
    const named = { apiVersion: 'example.com/v1', kind: 'AllowList', metadata: { name: 'a' }, items: ['x'] }
    expect(found(named)).toEqual([': example.com/v1 AllowList a'])
    expect(found({ apiVersion: 'v1', kind: 'List', items: 'none' })).toEqual([': v1 List '])
  })

  test.each([[null], ['text'], [3], [{}], [{ name: 'values' }], [{ kind: 'Pod' }], [[]], [list()], [list(null, 'a')]])(
    '%j are none, and nothing is wrong',
    (value) => {
      expect(expandDocument(value)).toEqual({ objects: [], invalid: [], tooDeep: [] })
    },
  )
})

describe('an entry with an apiVersion and without a kind', () => {
  test('is invalid, and costs only itself', () => {
    const expansion = expandDocument(
      list(pod('a'), { apiVersion: 'apps/v1' }, { apiVersion: 'v1', kind: '' }, pod('b')),
    )
    expect(expansion.invalid).toEqual(['items[1]', 'items[2]'])
    expect(expansion.objects.map(({ identity }) => identity.name)).toEqual(['a', 'b'])
  })

  test('is invalid as a document, and in an array', () => {
    expect(expandDocument({ apiVersion: 'v1' }).invalid).toEqual([''])
    expect(expandDocument([{ apiVersion: 'v1' }]).invalid).toEqual(['[0]'])
  })

  test.each(['2', 'latest', 'V1', ''])('is no Kubernetes object where the apiVersion is "%s"', (apiVersion) => {
    expect(expandDocument({ apiVersion }).invalid).toEqual([])
  })
})

test('lists that lie too deep in lists are named, and do not go unseen', () => {
  let deep = list(pod('deep'))
  for (let depth = 0; depth < 8; depth++) deep = list(pod(`at ${depth}`), deep)
  const { objects, tooDeep } = expandDocument(deep)
  expect(objects.length).toBeGreaterThan(2)
  expect(objects.map(({ identity }) => identity.name)).not.toContain('deep')
  expect(tooDeep).toEqual(['items[1].items[1].items[1].items[1].items'])
})
