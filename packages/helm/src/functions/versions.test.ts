import { expect, test } from 'vitest'
import { type CallContext, FunctionError, type GoFunction, type Value, sprint } from '@kubescape/go-template'
import { VersionStruct } from '../versions/version-struct.ts'
import { versionFunctions } from './versions.ts'

const context: CallContext = { now: 0, randomBytes: (count) => new Uint8Array(count), synthetic() {}, spend() {} }

function call(name: string, ...args: Value[]): Value {
  return (versionFunctions.get(name) as GoFunction).call(args, context)
}

function method(version: Value, name: string, ...args: Value[]): Value {
  return ((version as VersionStruct).method(name) as GoFunction).call(args, context)
}

test('semverCompare says whether a version lies in a range', () => {
  expect(call('semverCompare', '>=1.21-0', 'v1.35.0')).toBe(true)
  expect(call('semverCompare', '<1.21-0', 'v1.35.0')).toBe(false)
  expect(() => call('semverCompare', 'bad', '1.2.3')).toThrow(new FunctionError('improper constraint: bad'))
  expect(() => call('semverCompare', '1', 'bad')).toThrow(new FunctionError('invalid semantic version'))
})

test('semver gives a version with its parts and its order', () => {
  const version = call('semver', 'v1.2.3-rc.1+b5')
  expect(sprint(version)).toBe('1.2.3-rc.1+b5')
  expect(
    ['Major', 'Minor', 'Patch', 'Prerelease', 'Metadata', 'Original'].map((name) => sprint(method(version, name))),
  ).toEqual(['1', '2', '3', 'rc.1', 'b5', 'v1.2.3-rc.1+b5'])
  expect(method(version, 'Compare', call('semver', '1.2.3'))).toBe(-1n)
  expect(method(version, 'LessThan', call('semver', '1.2.3'))).toBe(true)
  expect((version as VersionStruct).method('Nothing')).toBeUndefined()
})

test('versions can be counted on', () => {
  const version = call('semver', 'v1.2.3-rc.1+b5')
  const next = ['IncMajor', 'IncMinor', 'IncPatch'].map((name) => method(version, name))
  expect(next.map(sprint)).toEqual(['2.0.0', '1.3.0', '1.2.3'])
  expect(method(next[1], 'Original')).toBe('v1.3.0')
  expect(sprint(method(next[2], 'IncPatch'))).toBe('1.2.4')
  expect(sprint(method(version, 'SetPrerelease', 'a'))).toBe('1.2.3-a+b5')
  expect(sprint(method(version, 'SetMetadata', ''))).toBe('1.2.3-rc.1')
  expect(() => method(version, 'SetPrerelease', '01')).toThrow('version segment starts with 0')
})
