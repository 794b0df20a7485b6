/** Versions, read and compared as numbers. */
import { expect, test } from 'vitest'

import { compareVersions, isWithin, readVersion } from './versions.ts'

test.each([
  ['v1.24.10', [1, 24, 10]],
  ['1.6.0-rc.1', [1, 6, 0]],
  ['1.30+', [1, 30, 0]],
  ['2', [2, 0, 0]],
])('%s is %j', (text, version) => {
  expect(readVersion(text)).toEqual(version)
})

test.each(['', 'latest', 'vx', 'release-1.2'])('"%s" is no version', (text) => {
  expect(readVersion(text)).toBeUndefined()
  expect(isWithin(text, [['0', '999']])).toBe(false)
})

test('parts are compared as numbers, not as texts', () => {
  expect(compareVersions([1, 10, 0], [1, 9, 9])).toBeGreaterThan(0)
  expect(compareVersions([1, 9], [1, 9, 0])).toBe(0)
  expect(compareVersions([1, 2, 3], [1, 2, 4])).toBeLessThan(0)
})

test.each([
  ['1.20.0', true],
  ['1.20.10', true],
  ['v1.20.9', true],
  ['1.20.11', false],
  ['1.19.99', false],
])('%s lies within 1.20.0 and 1.20.10: %s', (version, is) => {
  expect(isWithin(version, [['1.20.0', '1.20.10']])).toBe(is)
})
