/** Who is bound to which role. */
import { describe, expect, test } from 'vitest'

import { identityOf } from './identity.ts'
import type { ValueMap } from './index.ts'
import { joinSubjects, readBinding, readRole, type Binding, type Placed, type Role } from './rbac.ts'
import type { Resource } from './resource.ts'

const GROUP = 'rbac.authorization.k8s.io/v1'

function resource(kind: string, metadata: ValueMap, rest: ValueMap): Resource {
  const object = { apiVersion: GROUP, kind, metadata, ...rest }
  return { identity: identityOf(object)!, object }
}

function role(kind: string, namespace: string, file = 'a.yaml', ref = 0): Placed<Role> {
  const read = readRole(resource(kind, { name: 'reader', namespace }, { rules: [] }))
  return { ...read!, ref, file }
}

function binding(kind: string, namespace: string, roleKind: string, file = 'a.yaml'): Placed<Binding> {
  const read = readBinding(
    resource(
      kind,
      { name: 'bind', namespace },
      { roleRef: { kind: roleKind, name: 'reader' }, subjects: [{ kind: 'User', name: 'jane' }] },
    ),
  )
  return { ...read!, ref: 100, file }
}

describe('a binding', () => {
  test.each([
    ['RoleBinding', 'shop', 'Role', 'shop', true],
    ['RoleBinding', 'shop', 'Role', 'bank', false],
    ['RoleBinding', '', 'Role', 'default', true],
    ['RoleBinding', 'default', 'Role', '', true],
    ['RoleBinding', '', 'Role', '', true],
    ['RoleBinding', '', 'Role', 'shop', false],
    ['RoleBinding', 'shop', 'ClusterRole', '', true],
    ['ClusterRoleBinding', '', 'ClusterRole', '', true],
    ['ClusterRoleBinding', 'shop', 'ClusterRole', 'bank', true],
    ['ClusterRoleBinding', '', 'Role', '', false],
    ['ClusterRoleBinding', 'shop', 'Role', 'shop', false],
  ])('%s in "%s" binds a %s of "%s": %s', (kind, namespace, roleKind, roleNamespace, binds) => {
    const vectors = joinSubjects([role(roleKind, roleNamespace)], [binding(kind, namespace, roleKind)])
    expect(vectors).toHaveLength(binds ? 1 : 0)
  })

  test('binds no role of another kind or name', () => {
    expect(joinSubjects([role('ClusterRole', '')], [binding('RoleBinding', 'shop', 'Role')])).toEqual([])
    expect(joinSubjects([{ ...role('Role', 'shop'), name: 'x' }], [binding('RoleBinding', 'shop', 'Role')])).toEqual([])
  })

  test('gives one vector for each subject, with binding and role', () => {
    const reader = role('Role', 'shop')
    const bind = {
      ...binding('RoleBinding', 'shop', 'Role'),
      ...readBinding(
        resource(
          'RoleBinding',
          { name: 'bind', namespace: 'shop' },
          {
            roleRef: { kind: 'Role', name: 'reader' },
            subjects: [
              { kind: 'User', name: 'jane' },
              { kind: 'Group', name: 'ops' },
            ],
          },
        ),
      )!,
    }
    const vectors = joinSubjects([reader], [bind])
    expect(vectors.map(({ subject }) => subject.name)).toEqual(['jane', 'ops'])
    expect(vectors.every((vector) => vector.role === reader && vector.binding === bind)).toBe(true)
  })

  test.each([
    ['the role of its own file', ['x/b.yaml', 'x/a.yaml', 'y/a.yaml'], ['x/a.yaml']],
    ['the roles of its own folder', ['y/a.yaml', 'x/c.yaml', 'x/b.yaml', 'x/deep/b.yaml'], ['x/c.yaml', 'x/b.yaml']],
    ['any role', ['y/a.yaml', 'z/a.yaml'], ['y/a.yaml', 'z/a.yaml']],
    ['all of a file', ['x/a.yaml', 'x/a.yaml', 'x/b.yaml'], ['x/a.yaml', 'x/a.yaml']],
  ])('of several roles of one name means %s', (_which, files, meant) => {
    const roles = files.map((file, ref) => role('Role', 'shop', file, ref))
    const vectors = joinSubjects(roles, [binding('RoleBinding', 'shop', 'Role', 'x/a.yaml')])
    expect(vectors.map((vector) => vector.role.file)).toEqual(meant)
  })
})

describe('subjects', () => {
  const subjectsOf = (subjects: unknown, namespace = 'shop'): Binding['subjects'] =>
    readBinding(resource('RoleBinding', { name: 'b', namespace }, { subjects } as ValueMap))!.subjects

  test('that are no objects are left out, and the others keep their place', () => {
    const subjects = subjectsOf(['jane', null, { kind: 'User', name: 'joe' }, [], 3])
    expect(subjects).toEqual([{ index: 2, kind: 'User', name: 'joe', namespace: '', apiGroup: '' }])
  })

  test.each([undefined, null, 'jane', { kind: 'User' }])('are none when they are %j', (value) => {
    expect(subjectsOf(value)).toEqual([])
  })

  test('a ServiceAccount without a namespace gets the namespace of its binding', () => {
    expect(subjectsOf([{ kind: 'ServiceAccount', name: 'a' }])[0]?.namespace).toBe('shop')
    expect(subjectsOf([{ kind: 'ServiceAccount', name: 'a', namespace: '' }])[0]?.namespace).toBe('shop')
    expect(subjectsOf([{ kind: 'ServiceAccount', name: 'a', namespace: 'bank' }])[0]?.namespace).toBe('bank')
    expect(subjectsOf([{ kind: 'User', name: 'a' }])[0]?.namespace).toBe('')
  })
})

describe('reading', () => {
  test('a role keeps every rule at its place, odd ones as empty rules', () => {
    const rules = [null, { verbs: ['get', 1, null], apiGroups: 'x', resources: ['pods'], resourceNames: ['a'] }]
    expect(readRole(resource('Role', { name: 'r', namespace: 'n' }, { rules }))?.rules).toEqual([
      { verbs: [], apiGroups: [], resources: [], resourceNames: [] },
      { verbs: ['get', '1'], apiGroups: [], resources: ['pods'], resourceNames: ['a'] },
    ])
  })

  test('a ClusterRole has no namespace, whatever it says', () => {
    expect(readRole(resource('ClusterRole', { name: 'r', namespace: 'n' }, {}))).toMatchObject({ namespace: '' })
  })

  test('roles are no bindings and bindings no roles', () => {
    expect(readRole(resource('RoleBinding', {}, {}))).toBeUndefined()
    expect(readBinding(resource('Role', {}, {}))).toBeUndefined()
  })

  test('a binding without a role reference binds nothing', () => {
    const read = readBinding(
      resource('RoleBinding', { name: 'b' }, { roleRef: 'reader', subjects: [{ kind: 'User' }] }),
    )
    expect(joinSubjects([role('Role', '')], [{ ...read!, ref: 1, file: '' }])).toEqual([])
  })
})
