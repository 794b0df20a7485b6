/** What an object is called, however oddly it is written. */
import { describe, expect, test } from 'vitest'

import { apiVersionOf, identityOf, identityPath, landingNamespace, splitApiVersion } from './identity.ts'

const pod = (metadata: Record<string, unknown>): ReturnType<typeof identityOf> =>
  identityOf({ apiVersion: 'v1', kind: 'Pod', metadata } as never)

describe('an identity', () => {
  test('has group, version, kind, namespace and name', () => {
    const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } }
    expect(identityOf(object)).toEqual({
      group: 'apps',
      version: 'v1',
      kind: 'Deployment',
      namespace: 'shop',
      name: 'web',
    })
  })

  test.each([
    ['a number', { name: 12345 }, '12345'],
    ['a truth value', { name: true }, 'true'],
    ['generateName where there is no name', { generateName: 'job-' }, 'job-'],
    ['the name where both are given', { name: 'a', generateName: 'job-' }, 'a'],
    ['generateName where the name is empty', { name: '', generateName: 'job-' }, 'job-'],
    ['nothing where there is neither', {}, ''],
    ['nothing where the name is a map', { name: { a: 1 } }, ''],
  ])('is named by %s', (_what, metadata, name) => {
    expect(pod(metadata)?.name).toBe(name)
  })

  test.each([
    ['absent', {}],
    ['null', { namespace: null }],
    ['empty', { namespace: '' }],
    ['a list', { namespace: ['a'] }],
  ])('has no namespace when it is %s, and then lands in default', (_what, metadata) => {
    const identity = pod({ name: 'a', ...metadata })!
    expect(identity.namespace).toBe('')
    expect(landingNamespace(identity)).toBe('default')
  })

  test('lands in its own namespace where it has one', () => {
    expect(landingNamespace(pod({ namespace: 'shop' })!)).toBe('shop')
  })

  test.each([
    ['no apiVersion', { kind: 'Pod' }],
    ['an empty apiVersion', { apiVersion: '', kind: 'Pod' }],
    ['no kind', { apiVersion: 'v1' }],
    ['a kind that is a map', { apiVersion: 'v1', kind: {} }],
  ])('does not exist with %s', (_what, object) => {
    expect(identityOf(object)).toBeUndefined()
  })

  test.each([undefined, null, 'text', 1, ['v1', 'Pod']])('does not exist for %j', (value) => {
    expect(identityOf(value)).toBeUndefined()
  })

  test.each(['text', null, ['a']])('survives metadata that are %j', (metadata) => {
    expect(identityOf({ apiVersion: 'v1', kind: 'Pod', metadata })).toMatchObject({ name: '', namespace: '' })
  })

  test.each([
    ['v1', '', 'v1'],
    ['apps/v1', 'apps', 'v1'],
    ['networking.k8s.io/v1beta1', 'networking.k8s.io', 'v1beta1'],
  ])('reads %s and writes it again', (apiVersion, group, version) => {
    expect(splitApiVersion(apiVersion)).toEqual({ group, version })
    expect(apiVersionOf({ group, version, kind: 'X', namespace: '', name: '' })).toBe(apiVersion)
  })

  test('keeps empty parts in its path', () => {
    expect(identityPath({ group: '', version: 'v1', kind: 'Node', namespace: '', name: 'a' })).toBe('/v1//Node/a')
    expect(identityPath({ group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'n', name: 'a' })).toBe(
      'apps/v1/n/Deployment/a',
    )
  })
})
