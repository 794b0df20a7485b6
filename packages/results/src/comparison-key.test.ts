/** What keeps a comparison key, and what changes it. */
import { describe, expect, test } from 'vitest'

import type { Identity, Origin } from '@kubescape/resources'

import { findingKey, resourceKeys, stablePath, verdictKey } from './comparison-key.ts'
import type { Report, Subject } from './report.ts'

const deployment: Identity = { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' }

function subject(identity: Identity, place?: Partial<Origin>, related?: readonly number[]): Subject {
  const file = place?.relativePath ?? 'web.yaml'
  const origin: Origin = {
    file,
    relativePath: file,
    fileType: 'YAML',
    start: 0,
    end: 9,
    line: 1,
    itemPath: '',
    ordinal: 0,
    ...place,
  }
  const rest = { id: '', identity, weight: 1, replicas: 1, judged: true }
  return related === undefined ? { ...rest, origin } : { ...rest, related }
}

/** The part of a report that keys are made of. */
function keys(subjects: readonly Subject[], context?: string): readonly string[] {
  const input = context === undefined ? { kind: 'file' } : { kind: 'cluster', context }
  return resourceKeys({ metadata: { input }, subjects } as unknown as Report)
}

describe('the key of a resource', () => {
  const [key] = keys([subject(deployment)])

  test.each([
    ['a file', { relativePath: 'moved/web.yaml' }],
    ['a line', { line: 7, start: 80, end: 90 }],
    ['a place in the file', { ordinal: 3 }],
  ])('stays the same when %s changes', (_, place) => {
    expect(keys([subject(deployment, place)])).toEqual([key])
  })

  test('stays the same when the version of its API is raised', () => {
    expect(keys([subject({ ...deployment, version: 'v2' })])).toEqual([key])
  })

  test.each(['group', 'kind', 'namespace', 'name'])('changes with its %s', (part) => {
    expect(keys([subject({ ...deployment, [part]: 'other' })])).not.toEqual([key])
  })

  test('changes with the cluster', () => {
    expect(keys([subject(deployment)], 'prod')).not.toEqual(keys([subject(deployment)], 'test'))
  })

  test('is not made equal by names with separators', () => {
    const other = { ...deployment, namespace: '', name: 'shop","web' }
    expect(keys([subject({ ...deployment, namespace: 'shop"', name: '"web' })])).not.toEqual(keys([subject(other)]))
  })
})

describe('of resources with the same name', () => {
  const twins = [subject(deployment, { relativePath: 'a.yaml' }), subject(deployment, { relativePath: 'b.yaml' })]

  test('each has a key of its own, whichever is read first', () => {
    const [a, b] = keys(twins)
    expect(a).not.toBe(b)
    expect(keys(twins.toReversed())).toEqual([b, a])
  })

  test('the first keeps the key that it has alone', () => {
    expect(keys(twins.slice(0, 1))[0]).toBe(keys(twins)[0])
  })

  test('those in one file are told apart by their order', () => {
    const three = [0, 1, 2].map((ordinal) => subject(deployment, { ordinal }))
    expect(new Set(keys(three)).size).toBe(3)
  })
})

test('a subject of role bindings is named by what it is made of', () => {
  const user: Identity = { group: '', version: '', kind: 'User', namespace: '', name: 'jane' }
  const role: Identity = { ...deployment, kind: 'Role' }
  const before = keys([subject(role), subject(deployment), subject(user, {}, [0, 1])])
  const after = keys([subject(user, {}, [2, 1]), subject(deployment), subject(role, { relativePath: 'x.yaml' })])
  expect(after[0]).toBe(before[2])
  expect(keys([subject(role), subject(deployment), subject(user, {}, [0])])[2]).not.toBe(before[2])
})

describe('a stable path', () => {
  const object = {
    spec: { containers: [{ name: 'web', args: ['a'] }, { name: 'log' }, { name: 'log' }, { image: 'x' }] },
    metadata: { annotations: { 'a.b/c': 'd' } },
  }

  test.each([
    ['', ''],
    ['spec.hostPID', 'spec.hostPID'],
    ['spec.containers[0].image', 'spec.containers[name=web].image'],
    ['spec.containers[0].args[0]', 'spec.containers[name=web].args[0]'],
    ['spec.containers[2].image', 'spec.containers[name=log~2].image'],
    ['spec.containers[3].image', 'spec.containers[3].image'],
    ['spec.containers[9].image', 'spec.containers[9].image'],
    ['spec.missing[0].image', 'spec.missing[0].image'],
    ['metadata.annotations[a.b/c]', 'metadata.annotations[a.b/c]'],
  ])('of "%s" is "%s"', (path, stable) => {
    expect(stablePath(path, object)).toBe(stable)
  })

  test('is the path itself where the object is not at hand', () => {
    expect(stablePath('spec.containers[0].image', undefined)).toBe('spec.containers[0].image')
  })
})

test('verdicts and findings have short keys that differ in each of their parts', () => {
  const finding = { rule: 'r', role: 'failed', path: 'p' }
  const all = [
    verdictKey('a', 'C-0001'),
    verdictKey('a', 'C-0002'),
    verdictKey('b', 'C-0001'),
    findingKey('a', 'C-0001', finding),
    findingKey('a', 'C-0001', { ...finding, rule: 'q' }),
    findingKey('a', 'C-0001', { ...finding, role: 'missing' }),
    findingKey('a', 'C-0001', { ...finding, path: 'q' }),
  ]
  expect(new Set(all).size).toBe(all.length)
  for (const key of all) expect(key).toMatch(/^[0-9a-f]{32}$/)
})
