/** Identifiers and weights of what is judged. */
import { describe, expect, test } from 'vitest'

import { identityOf, type Origin, type ValueMap } from '@kubescape/resources'

import { Subjects } from './subjects.ts'

const origin = (relativePath: string, ordinal: number): Origin => ({
  file: relativePath,
  relativePath,
  fileType: 'YAML',
  start: 0,
  end: 0,
  line: 1,
  itemPath: '',
  ordinal,
})

function add(subjects: Subjects, object: ValueMap, from?: Origin): number {
  return subjects.add({ identity: identityOf(object)!, object, ...(from ? { origin: from } : {}) }, true)
}

const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'shop' } }

describe('identifiers', () => {
  test('of objects from files are told apart by path and place', () => {
    const subjects = new Subjects()
    for (const from of [origin('a.yaml', 0), origin('a.yaml', 1), origin('b.yaml', 0)]) add(subjects, pod, from)
    const ids = subjects.list.map(({ id }) => id)
    expect(new Set(ids).size).toBe(3)
    for (const id of ids) expect(id).toMatch(/^path=\d+\/api=\/v1\/shop\/Pod\/a$/)
  })

  test('do not change from scan to scan', () => {
    const ids = [1, 2].map(() => {
      const subjects = new Subjects()
      add(subjects, pod, origin('a.yaml', 3))
      return subjects.list[0]?.id
    })
    expect(ids[0]).toBe(ids[1])
  })

  test('of twins without a file get a number', () => {
    const subjects = new Subjects()
    for (let twin = 0; twin < 3; twin++) add(subjects, pod)
    expect(subjects.list.map(({ id }) => id)).toEqual(['/v1/shop/Pod/a', '/v1/shop/Pod/a~2', '/v1/shop/Pod/a~3'])
  })
})

describe('a vector', () => {
  const subjects = new Subjects()
  const binding = add(subjects, {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'b' },
  })
  const role = add(subjects, { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'r' } })
  const user = { kind: 'User', name: 'jane', namespace: '', apiGroup: 'rbac.authorization.k8s.io' }

  test('has one number, however often it is asked for', () => {
    const ref = subjects.vector({ ...user, related: [binding, role] })
    expect(subjects.vector({ ...user, related: [binding, role] })).toBe(ref)
    expect(subjects.vector({ ...user, name: 'joe', related: [binding, role] })).not.toBe(ref)
  })

  test('is named by its related objects, sorted, and by itself', () => {
    const ref = subjects.vector({ ...user, related: [binding, role] })
    expect(subjects.list[ref]).toMatchObject({
      id: 'rbac.authorization.k8s.io/v1//Role/r/rbac.authorization.k8s.io/v1//RoleBinding/b/rbac.authorization.k8s.io//User/jane',
      identity: { kind: 'User', name: 'jane' },
      related: [binding, role],
      weight: 1,
      judged: true,
    })
  })

  test('is judged when any of its objects is', () => {
    const filtered = new Subjects()
    const refs = [false, false, true].map((judged) => filtered.add({ identity: identityOf(pod)!, object: pod }, judged))
    const isJudged = (related: number[]): boolean =>
      filtered.list[filtered.vector({ ...user, related })]?.judged ?? false
    expect(isJudged([refs[0]!, refs[1]!])).toBe(false)
    expect(isJudged([refs[0]!, refs[2]!])).toBe(true)
  })
})

test.each([
  ['Deployment', { spec: { replicas: 3 } }, 1.1 * 3],
  ['Deployment', { spec: { replicas: 1 } }, 1],
  ['Deployment', { spec: { replicas: 0 } }, 1],
  ['Deployment', { spec: { replicas: 'many' } }, 1],
  ['Deployment', { spec: null }, 1],
  ['Deployment', { spec: {}, status: { desiredNumberScheduled: 5 } }, 1],
  ['DaemonSet', { status: { desiredNumberScheduled: 5 } }, 5],
  ['DaemonSet', { status: { desiredNumberScheduled: 0 } }, 1],
  ['DaemonSet', { spec: { replicas: 2 }, status: { desiredNumberScheduled: 5 } }, 1.1 * 2 * 5],
  ['Pod', {}, 1],
])('a %s with %j weighs %d', (kind, rest, weight) => {
  const subjects = new Subjects()
  add(subjects, { apiVersion: 'apps/v1', kind, metadata: { name: 'a' }, ...rest })
  expect(subjects.list[0]?.weight).toBe(weight)
})

test('several sets of values make several objects of a template', () => {
  const subjects = new Subjects()
  const from = (valueSet: string): Origin => ({
    ...origin('web/templates/pod.yaml', 0),
    rendered: { kind: 'chart', path: 'web', name: 'web', template: 'templates/pod.yaml', valueSet },
  })
  for (const valueSet of ['', 'dev', 'prod']) add(subjects, pod, from(valueSet))
  expect(new Set(subjects.list.map(({ id }) => id)).size).toBe(3)
})
