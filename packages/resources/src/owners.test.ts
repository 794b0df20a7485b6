import { describe, expect, test } from 'vitest'

import { identityOf } from './identity.ts'
import { isManaged, ownerOf } from './owners.ts'

const pod = (ownerReferences: unknown, labels = {}): Parameters<typeof ownerOf>[0] =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', ownerReferences, labels } }) as never

describe('the owner of an object', () => {
  test('is the first that it names', () => {
    const owners = [
      { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1' },
      { apiVersion: 'v1', kind: 'Node', name: 'b' },
    ]
    expect(ownerOf(pod(owners))).toEqual(owners[0])
  })

  test.each([[undefined], [[]], ['text'], [[null]], [[{}]], [[{ kind: 'Node' }]], [{ apiVersion: 'v1' }]])(
    'is nobody with %o',
    (references) => {
      expect(ownerOf(pod(references))).toBeUndefined()
    },
  )

  test('may lack a kind and a name', () => {
    expect(ownerOf(pod([{ apiVersion: 'v1' }]))).toEqual({ apiVersion: 'v1', kind: '', name: '' })
  })
})

test.each([
  ['by a ReplicaSet', [{ apiVersion: 'apps/v1' }], {}, true],
  ['by its node', [{ apiVersion: 'v1' }], {}, false],
  ['by a Rollout', [{ apiVersion: 'argoproj.io/v1alpha1' }], { 'pod-template-hash': '1' }, true],
  ['by something else', [{ apiVersion: 'example.com/v1' }], {}, false],
  ['by nobody, whatever its labels', [], { 'pod-template-hash': '1' }, false],
])('a Pod made %s', (_, owners, labels, is) => {
  const object = pod(owners, labels)
  expect(isManaged({ identity: identityOf(object)!, object })).toBe(is)
})
