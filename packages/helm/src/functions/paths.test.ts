import { expect, test } from 'vitest'
import { callFunction } from '../../testing/call-function.ts'

test.each([
  ['base', '', '.'],
  ['base', '//', '/'],
  ['base', '/a/b//', 'b'],
  ['dir', 'a', '.'],
  ['dir', '/a/b/../c', '/a'],
  ['dir', '/a/', '/a'],
  ['clean', '', '.'],
  ['clean', '/../a//./b/..', '/a'],
  ['clean', '../../a/..', '../..'],
  ['clean', 'a/../..', '..'],
  ['ext', 'a/b.tar.gz', '.gz'],
  ['ext', 'a.b/c', ''],
  ['ext', 'a.', '.'],
])('%s of %j', (name, path, part) => {
  expect(callFunction(name, path)).toBe(part)
  expect(callFunction(`os${name.charAt(0).toUpperCase()}${name.slice(1)}`, path)).toBe(part)
})

test('isAbs tells paths from the root', () => {
  expect([callFunction('isAbs', '/a'), callFunction('osIsAbs', 'a')]).toEqual([true, false])
})
