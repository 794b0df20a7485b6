import { expect, test } from 'vitest'

import { lockOf, verifyLock } from './lock.ts'
import type { PolicyFile, PolicySet } from './policy-set.ts'
import { sourceOf } from './sources.ts'

function set(...files: readonly PolicyFile[]): Pick<PolicySet, 'sources'> {
  return { sources: files.map((file) => sourceOf(file, 'rego', '1.0')) }
}

const A = { path: 'b/a.rego', text: 'package a' }
const B = { path: 'a: "b".rego', text: 'package b' }

test('a lock names files by their digests, in the order of their paths', () => {
  expect(lockOf(set(A, B))).toBe(`# The policies that scans judge by: kubescape policy lock
kind: PolicyLock
policies:
  - path: "a: \\"b\\".rego"
    kind: rego
    digest: sha256:${digest(B)}
    version: "1.0"
  - path: "b/a.rego"
    kind: rego
    digest: sha256:${digest(A)}
    version: "1.0"
`)
})

function digest(file: PolicyFile): string {
  return sourceOf(file, 'rego').digest
}

test('what is as it was locked has no problems', () => {
  expect(verifyLock(lockOf(set(A, B)), set(B, A))).toEqual([])
  expect(verifyLock(lockOf(set()), set())).toEqual([])
})

test('what has changed, has come or has gone is a problem', () => {
  const lock = lockOf(set(A, B))
  expect(verifyLock(lock, set({ ...A, text: 'package c' }, { path: 'new.rego', text: '' }), 'lock.yaml')).toMatchObject(
    [
      { code: 'policy/changed', file: 'b/a.rego' },
      { code: 'policy/not-locked', file: 'new.rego' },
      { code: 'policy/missing', file: 'lock.yaml' },
    ],
  )
})

test.each([
  '',
  'kind: Other',
  'kind: PolicyLock',
  'kind: PolicyLock\npolicies: [1]',
  'kind: PolicyLock\npolicies:\n- {path: a, digest: x}',
])('what is no lock is a problem: %j', (text) => {
  expect(verifyLock(text, set()).map(({ code }) => code)).toContain('policy/invalid-lock')
})
