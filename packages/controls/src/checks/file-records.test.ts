import { identityOf, type Resource, type Value, type ValueMap } from '@kubescape/resources'
import { expect, test } from 'vitest'

import type { LocalCheck } from '../check.ts'
import { DEFAULT_INPUTS } from '../inputs.ts'
import { fileMode } from './file-mode.ts'
import { ownedByRoot } from './file-owner.ts'

const about = { name: 'test', kind: 'ControlPlaneInfo', at: ['data.file'] } as const
const listed = { name: 'test', kind: 'ControlPlaneInfo', at: ['data.files[]', 'data.dir'] } as const

function judge(check: LocalCheck, data: Value): unknown {
  const object: ValueMap = {
    apiVersion: 'hostdata.kubescape.cloud/v1beta0',
    kind: 'ControlPlaneInfo',
    metadata: { name: 'n' },
    data,
  }
  const identity = identityOf(object)
  if (identity === undefined) throw new Error('no identity')
  return check.judge({ identity, object } satisfies Resource, DEFAULT_INPUTS)
}

test.each<[string, number, unknown]>([
  ['0600 within 0600', 0o600, undefined],
  ['0400 within 0600', 0o400, undefined],
  ['0000 within 0600', 0, undefined],
  ['0610, a group bit', 0o610, []],
  ['0700, an execute bit', 0o700, []],
  ['01600, sticky', 0o1600, []],
  ['02600, setgid', 0o2600, []],
  ['04600, setuid', 0o4600, []],
  ['a file type above the mode bits', 0o100_600, undefined],
])('mode: %s', (_what, permissions, judgement) => {
  expect(judge(fileMode({ ...about, max: 0o600 }), { file: { path: '/etc/x', permissions } })).toEqual(judgement)
})

test.each<[string, Value]>([
  ['no data', null],
  ['no record', {}],
  ['a null record', { file: null }],
  ['a text for a record', { file: '/etc/x' }],
  ['a list for a record', { file: [{ path: '/etc/x', permissions: 511 }] }],
  ['no path', { file: { permissions: 511 } }],
  ['no permissions', { file: { path: '/etc/x' } }],
  ['permissions that are no number', { file: { path: '/etc/x', permissions: 'rwxrwxrwx' } }],
  ['permissions that are a list', { file: { path: '/etc/x', permissions: [511] } }],
  ['empty permissions', { file: { path: '/etc/x', permissions: '' } }],
])('mode: %s is not tested', (_what, data) => {
  expect(judge(fileMode({ ...about, max: 0o600 }), data)).toBe('not-tested')
})

test('a file of a list that could not be judged is no reason to pass, and none to overlook a bad one', () => {
  const good = { path: '/a', permissions: 0o600 }
  const unread = { path: '/b', ownership: { err: 'permission denied' } }
  const check = fileMode({ ...listed, max: 0o600 })
  expect(judge(check, { files: [good, unread] })).toBe('not-tested')
  expect(judge(check, { files: [good, unread, { path: '/c', permissions: 0o644 }] })).toEqual([])
})

test('one bad file of a list is enough, and a suffix leaves the others out', () => {
  const files = { files: [null, { path: '/a.crt', permissions: 0o600 }, { path: '/a.key', permissions: 0o644 }] }
  expect(judge(fileMode({ ...listed, max: 0o600 }), files)).toEqual([])
  expect(judge(fileMode({ ...listed, max: 0o600, suffix: '.crt' }), files)).toBeUndefined()
  expect(judge(fileMode({ ...listed, max: 0o600, suffix: '.pem' }), files)).toBe('not-tested')
})

test.each<[string, Value, unknown]>([
  ['root:root', { username: 'root', groupname: 'root' }, undefined],
  ['another user', { username: 'etcd', groupname: 'root' }, []],
  ['another group', { username: 'root', groupname: 'etcd' }, []],
  ['a name against its number', { username: 'toor', uid: 0, groupname: 'root' }, []],
  ['unknown names of number 0', { username: '', uid: 0, groupname: '', gid: 0 }, undefined],
  ['unknown names of another number', { username: '', uid: 999, groupname: '', gid: 0 }, []],
  ['neither name nor number', { groupname: 'root' }, 'not-tested'],
  ['an error of the collector', { error: 'no such file', username: 'x', groupname: 'x' }, 'not-tested'],
  ['an error under its published name', { err: 'no such file', username: 'x', groupname: 'x' }, 'not-tested'],
  ['an error that says false', { error: false, username: 'x', groupname: 'x' }, []],
  ['no ownership', null, 'not-tested'],
  ['a list for ownership', ['root'], 'not-tested'],
])('owner: %s', (_what, ownership, judgement) => {
  expect(judge(ownedByRoot(about), { file: { path: '/etc/x', ownership } })).toEqual(judgement)
})

test('owner: files of a list and a single directory are judged together', () => {
  const root = { username: 'root', groupname: 'root' }
  const files = [{ path: '/pki/a', ownership: root }]
  expect(judge(ownedByRoot(listed), { files, dir: { path: '/pki', ownership: root } })).toBeUndefined()
  expect(judge(ownedByRoot(listed), { files, dir: { path: '/pki', ownership: { ...root, username: 'me' } } })).toEqual(
    [],
  )
})
