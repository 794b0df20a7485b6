/** Patterns and wildcards against whole texts. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { compileWhole, compileWildcards } from './pattern.ts'

describe('a pattern', () => {
  test.each([
    ['agent-.*', ['agent-', 'agent-1'], ['my-agent-1', 'agent']],
    ['web|api', ['web', 'api'], ['web2', 'myapi', 'webapi']],
    ['(a|b)+c?', ['a', 'abac', 'bbb'], ['', 'c', 'abcc']],
    ['[a-c_.-]{2,3}', ['ab', 'a_-', 'c..'], ['a', 'abca', 'ad']],
    ['[^a-z]x', ['1x', '-x'], ['ax', 'x']],
    [String.raw`v\d+\.\d+`, ['v1.2', 'v10.20'], ['v1', 'v1x2']],
    [String.raw`[[:alpha:]\d]+\p{Lu}?`, ['ab1', 'a1Z'], ['', 'a-']],
    [String.raw`\x41\x{42}\t`, ['AB\t'], ['AB']],
    ['(?i)Web', ['web', 'WEB'], ['wab']],
    ['a(?i:B)c', ['abc', 'aBc'], ['abC']],
    ['a.c', ['abc', 'a\u{1f600}c'], ['a\nc', 'ac']],
    ['(?s)a.c', ['a\nc'], []],
    ['a{,2}', ['a{,2}'], ['aa']],
    ['^web$', ['web'], ['webs']],
    [String.raw`\Aweb\z|\bx\b`, ['web', 'x'], ['xy']],
    ['(?P<name>a)(?<other>b)', ['ab'], ['a']],
    ['(a*)*b', ['b', 'aaab'], ['aaa']],
    ['a??b+?', ['b', 'ab', 'bb'], ['aab']],
    ['()|a', ['', 'a'], ['b']],
  ])('%s', (pattern, yes, no) => {
    const matches = compileWhole(pattern)
    expect([...yes, ...no].filter(matches)).toEqual(yes)
  })

  test.each([
    ['[a-z', /\[ without a \]/],
    ['(a', /\( without a \)/],
    ['a)', /\) without a \(/],
    ['*a', /nothing before/],
    ['a**', /repeats a repetition/],
    ['a{3,2}', /cannot be/],
    ['a{1001}', /cannot be/],
    ['(?=a)b', /ahead or behind/],
    [String.raw`(a)\1`, /not supported/],
    [String.raw`\Qa\E`, /not supported/],
    [String.raw`\y`, /not supported/],
    ['\\', /ends in a/],
    [String.raw`\p{Nonsense}`, /does not exist/],
    ['[[:nonsense:]]', /does not exist/],
    ['[z-a]', /backwards/],
    ['((a{1000}){1000}){1000}', /too many/],
    ['((){1000}){1000}', /too many/],
    ['('.repeat(200), /too deeply/],
    ['a'.repeat(3000), /more than/],
  ])('%s is refused with the reason', (pattern, reason) => {
    expect(() => compileWhole(pattern)).toThrow(reason)
  })

  test('without regard to case folds characters, classes and plain text', () => {
    const wholes = ['nsa', '[a-c]X', 'N.a'].map((pattern) => compileWhole(pattern, { ignoreCase: true }))
    expect(wholes.map((matches) => ['NSA', 'Bx', 'C-1'].map(matches))).toEqual([
      [true, false, false],
      [false, true, false],
      [true, false, false],
    ])
  })

  test('that would make a backtracking engine try forever takes no more steps than others', () => {
    const text = `${'a'.repeat(8000)}!`
    for (const pattern of ['(a+)+', '(a|a)*', '(a|aa)+$', '(.*)*b', 'a*a*a*a*a*a*b']) {
      expect(compileWhole(pattern)(text)).toBe(false)
    }
    expect(compileWhole('.*')('a'.repeat(10_000))).toBe(false)
  })

  test('says what JavaScript says, where both have the same syntax', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '(a|b)', '(ab)', '(?:)', String.raw`\w`)
    const part = fc.tuple(atom, fc.constantFrom('', '*', '+', '?', '{2}', '{0,2}')).map((pieces) => pieces.join(''))
    const pattern = fc.array(part, { maxLength: 4 }).map((parts) => parts.join(''))
    const texts = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 6 }).map((chars) => chars.join(''))
    fc.assert(
      fc.property(fc.tuple(pattern, pattern), texts, ([one, other], text) => {
        expect(compileWhole(`${one}|${other}`)(text)).toBe(new RegExp(`^(?:${one}|${other})$`).test(text))
      }),
      { numRuns: 2000 },
    )
  })
})

test('wildcards stand for any characters, and the rest for itself', () => {
  const texts = ['', 'web', 'web-1', 'my-web', 'a.b', 'axb', 'aba', 'ab']
  const matches = (pattern: string): string[] => texts.filter(compileWildcards(pattern))
  expect(matches('*')).toEqual(texts)
  expect(matches('web*')).toEqual(['web', 'web-1'])
  expect(matches('*web')).toEqual(['web', 'my-web'])
  expect(matches('a.b')).toEqual(['a.b'])
  expect(matches('a*b*')).toEqual(['a.b', 'axb', 'aba', 'ab'])
  expect(matches('ab*ba')).toEqual([])
  expect(matches('')).toEqual([''])
  expect(['Pod', 'POD', 'pods'].filter(compileWildcards('p*d', { ignoreCase: true }))).toEqual(['Pod', 'POD'])
})
