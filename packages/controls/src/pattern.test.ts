/** Patterns of users in the syntax of Go. */
import { expect, test } from 'vitest'

import { compilePattern, matchesAny } from './pattern.ts'

test.each([
  ['(?i)token', 'TOKEN', true],
  ['token', 'TOKEN', false],
  [String.raw`\Atoken\z`, 'token', true],
  [String.raw`\Atoken\z`, 'a token', false],
  ['AKIA[0-9A-Z]{16}', 'AKIA0123456789ABCDEF', true],
  ['AKIA[0-9A-Z]{16}', 'AKIA0123', false],
])('%s in %s is %s', (pattern, text, is) => {
  expect(compilePattern(pattern, '').test(text)).toBe(is)
  expect(matchesAny([pattern], text, '')).toBe(is)
})

test.each(['(', '[a', '(?P<a>b)', '*a'])('%s cannot be read', (pattern) => {
  expect(() => compilePattern(pattern, '')).toThrow(SyntaxError)
})

test('any of several patterns is enough, also where they cannot be put together', () => {
  const together = ['^a$', 'b|c']
  const apart = ['^a$', '(?i)b', String.raw`(x)\1`]
  expect(['a', 'xc', 'd', 'aa'].map((text) => matchesAny(together, text, ''))).toEqual([true, true, false, false])
  expect(['a', 'B', 'xx', 'x', 'A'].map((text) => matchesAny(apart, text, ''))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
  expect(matchesAny([], 'a', '')).toBe(false)
})

test('flags of one question do not reach the next', () => {
  const patterns = ['a', 'b']
  expect(matchesAny(patterns, 'A', 'i')).toBe(true)
  expect(matchesAny(patterns, 'A', '')).toBe(false)
})
