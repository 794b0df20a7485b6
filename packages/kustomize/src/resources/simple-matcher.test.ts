/** Patterns of selectors. */
import { describe, expect, test } from 'vitest'

import { simpleMatcher } from './simple-matcher.ts'

/** Which of the texts match as a whole. */
function matching(pattern: string, ...texts: readonly string[]): string[] {
  return texts.filter(simpleMatcher(pattern))
}

describe('a pattern', () => {
  test.each([
    ['web', ['web'], ['web-1', 'my-web', '']],
    ['web.*', ['web', 'web-1'], ['my-web']],
    ['(web|api)-.*', ['web-1', 'api-'], ['web', 'db-1']],
    ['web|api', ['web', 'api'], ['weapi', 'webpi']],
    ['^(?:web|api)$', ['web', 'api'], ['web-api']],
    ['[a-z]+', ['web'], ['', 'Web', 'web1']],
    ['[^a-z]', ['1', 'A'], ['a', '']],
    ['[-_.]|[]x]', ['-', ']', 'x'], ['a']],
    ['[[:digit:]]{2}', ['12'], ['1', '123', 'ab']],
    ['web-\\d{2,3}', ['web-12', 'web-123'], ['web-1', 'web-1234']],
    ['web(-\\w+)?', ['web', 'web-x_1'], ['web-']],
    ['a{2,}', ['aa', 'aaaa'], ['a']],
    ['(a*)*b', ['b', 'aaab'], ['aaa']],
    ['v1\\.2', ['v1.2'], ['v1x2']],
    ['\\S+?', ['abc'], ['a b']],
    ['.', ['a', '\u{1f600}'], ['', 'ab', '\n']],
    ['()', [''], ['a']],
    ['a||b', ['a', '', 'b'], ['ab']],
    ['x^a', [], ['xa', 'a']],
    ['.*(?:web).*', ['web', 'my-web-1'], ['wb']],
  ])('%s', (pattern, good, bad) => {
    expect(matching(pattern, ...good, ...bad)).toEqual(good)
  })

  test.each([
    '(',
    ')',
    'a)',
    '[a',
    '[z-a]',
    '*',
    'a**',
    'a{3,2}',
    'a{2000}',
    '(?i)a',
    '\\pL',
    '\\b',
    '(?P<x>a)',
    '\\',
    '[[:x:]]',
  ])('%s makes no sense or is not understood', (pattern) => {
    expect(() => simpleMatcher(pattern)).toThrow()
  })

  test('takes linear time', () => {
    expect(simpleMatcher('(a|a)*(a|aa)+(a*)*b')('a'.repeat(20_000))).toBe(false)
  })

  test('is not too large', () => {
    expect(() => simpleMatcher('((a{100}){100}){100}')).toThrow('too large')
    expect(() => simpleMatcher('('.repeat(200))).toThrow('too deeply')
    expect(() => simpleMatcher('a.'.repeat(4000))).toThrow('longer')
  })
})
