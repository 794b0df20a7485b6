import { describe, expect, test } from 'vitest'
import { compile, PatternError, quoteMeta } from './index.ts'

describe('errors have the words of Go', () => {
  test.each([
    ['(abc', 'missing closing ): `(abc`'],
    ['a)b', 'unexpected ): `a)b`'],
    ['*a', 'missing argument to repetition operator: `*`'],
    ['(|*)', 'missing argument to repetition operator: `*`'],
    ['a**', 'invalid nested repetition operator: `**`'],
    ['a+?*', 'invalid nested repetition operator: `+?*`'],
    ['a{2}{3}', 'invalid nested repetition operator: `{2}{3}`'],
    ['[a', 'missing closing ]: `[a`'],
    ['[]', 'missing closing ]: `[]`'],
    ['x[z-a]', 'invalid character class range: `z-a`'],
    ['[[:foo:]]', 'invalid character class range: `[:foo:]`'],
    ['\\pX', 'invalid character class range: `\\pX`'],
    ['\\p{Nope}', 'invalid character class range: `\\p{Nope}`'],
    ['a\\', 'trailing backslash at end of expression: ``'],
    ['\\y', 'invalid escape sequence: `\\y`'],
    ['(a)\\1', 'invalid escape sequence: `\\1`'],
    ['\\Z', 'invalid escape sequence: `\\Z`'],
    ['[a-\\d]', 'invalid escape sequence: `\\d`'],
    ['\\x{110000}', 'invalid escape sequence: `\\x{110000}`'],
    ['a{1001}', 'invalid repeat count: `{1001}`'],
    ['a{2,1}', 'invalid repeat count: `{2,1}`'],
    ['(a{100}){11}', 'invalid repeat count: `{11}`'],
    ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
    ['(?i-)a', 'invalid or unsupported Perl syntax: `(?i-)`'],
    ['(?P<n', 'invalid named capture: `(?P<n`'],
    ['(?P<a b>c)', 'invalid named capture: `(?P<a b>`'],
    ['('.repeat(1001) + ')'.repeat(1001), 'expression nests too deeply'],
    ['a{1000}'.repeat(21), 'expression too large'],
  ])('%s', (pattern, message) => {
    expect(() => compile(pattern)).toThrow(PatternError)
    expect(() => compile(pattern)).toThrow(`error parsing regexp: ${message}`)
  })
})

test('the length of a pattern can be limited', () => {
  expect(() => compile('a'.repeat(5), { length: 4 })).toThrow('expression too large')
})

describe('syntax', () => {
  test.each([
    ['(?i)HELLO', 'say hello', 'hello'],
    ['(?i)straße', 'STRAßE', 'STRAßE'],
    ['(?i)k', '\u212a', '\u212a'],
    ['(?i)ÄB', 'äb', 'äb'],
    ['a(?i)b|c', 'aB C', 'aB'],
    ['(?i:a)b', 'Ab AB', 'Ab'],
    ['a.b', 'a\nb a\u2028b', 'a\u2028b'],
    ['(?s)a.b', 'a\nb', 'a\nb'],
    ['b$', 'ab\nb\n', undefined],
    ['(?m)^b$', 'a\nb\nc', 'b'],
    ['\\Aa\\z', 'a', 'a'],
    ['(?U)a+', 'aaa', 'a'],
    ['(?U)a+?', 'aaa', 'aaa'],
    ['\\bfoo\\b', 'éfoo', 'foo'],
    ['\\s', '\v', undefined],
    ['[[:space:]]', '\v', '\v'],
    ['[[:^alpha:]]+', 'ab12', '12'],
    ['\\pL+', '12 Žluť', 'Žluť'],
    ['\\p{Greek}+', 'abc λόγος', 'λόγος'],
    ['\\P{Lu}', 'ABc', 'c'],
    ['\\p{^Lu}', 'ABc', 'c'],
    ['[^\\pL]', 'ab1', '1'],
    ['\\Qa.b\\E+', 'a.bbb', 'a.bbb'],
    ['\\Q(', 'a(', '('],
    ['a{,2}', 'a{,2}', 'a{,2}'],
    ['x{', 'x{', 'x{'],
    ['[]a]+', '[]a', ']a'],
    ['[a-]+', 'b-a', '-a'],
    ['[^^]', '^a', 'a'],
    ['\\x41\\x{1F600}\\101', 'A😀A', 'A😀A'],
    ['\\_\\-', '_-', '_-'],
    ['^.$', '😀', '😀'],
    ['[^a]$', '😀', '😀'],
    ['(?:)', 'a', ''],
    ['a||b', 'b', ''],
    ['(|a)*', 'aa', ''],
    ['(a|ab)(c|bcd)', 'abcd', 'abcd'],
    ['[^\\x00-\\x{10FFFF}]', 'a', undefined],
    ['^*a', 'ba', 'a'],
    ['(?P<n>a)(?P<n>b)', 'ab', 'ab'],
    ['\\p{letter}', 'é', 'é'],
  ])('%s in %j', (pattern, text, found) => {
    expect(compile(pattern).find(text)).toBe(found)
    expect(compile(pattern).test(text)).toBe(found !== undefined)
  })
})

describe('groups', () => {
  test('those that took no part are empty', () => {
    expect(compile('(a)|(b)').findSubmatch('b')).toEqual(['b', '', 'b'])
    expect(compile('(a)|(b)').findAllSubmatch('ab')).toEqual([
      ['a', 'a', ''],
      ['b', '', 'b'],
    ])
    expect(compile('x').findSubmatch('b')).toBeUndefined()
  })

  test('a repeated group keeps what it had last, also from turns before', () => {
    expect(compile('(?:(a)|b)*').findSubmatch('ab')).toEqual(['ab', 'a'])
    expect(compile('(a*)*').findSubmatch('b')).toEqual(['', ''])
  })
})

describe('all matches', () => {
  test('an empty match right behind another is none', () => {
    expect(compile('a*').findAllIndex('baac')).toEqual([
      [0, 0],
      [1, 3],
      [4, 4],
    ])
    expect(compile('a*').replaceAll('baac', 'x')).toBe('xbxcx')
    expect(compile('^|$').replaceAll('ab', "'")).toBe("'ab'")
    expect(compile('').replaceAll('😀a', '-')).toBe('-😀-a-')
  })

  test('a limit ends the search', () => {
    expect(compile('a').findAll('aaa', 2)).toEqual(['a', 'a'])
    expect(compile('a').findAll('aaa', 0)).toEqual([])
    expect(compile('a').findIndex('baa')).toEqual([1, 2])
    expect(compile('a').findIndex('b')).toBeUndefined()
  })
})

describe('replacements', () => {
  test.each([
    ['$1', 'b'],
    ['$1x', ''],
    ['${1}x', 'bx'],
    ['$name-', 'c-'],
    ['$$1', '$1'],
    ['$', '$'],
    ['${', '${'],
    ['${1', '${1'],
    ['$-', '$-'],
    ['$01', ''],
    ['$9', ''],
    ['\\1', '\\1'],
    ['$0$0', 'bcbc'],
  ])('%s', (replacement, replaced) => {
    expect(compile('(b)(?P<name>c)').replaceAll('abcd', replacement)).toBe(`a${replaced}d`)
  })

  test('a literal one is taken as it is', () => {
    expect(compile('(b)').replaceAllLiteral('abc', '$1')).toBe('a$1c')
  })
})

describe('split', () => {
  test.each([
    ['/', 'a/b/c', -1, ['a', 'b', 'c']],
    ['/', 'a/b/c', 2, ['a', 'b/c']],
    ['/', 'a/b/c', 0, []],
    ['/', '', -1, ['']],
    ['', 'abc', -1, ['a', 'b', 'c']],
    ['a', 'aaa', -1, ['', '', '', '']],
    ['z*', 'azb', -1, ['a', 'b']],
    ['x', 'a', 1, ['a']],
  ])('by %s of %s at most %d', (pattern, text, limit, parts) => {
    expect(compile(pattern).split(text, limit)).toEqual(parts)
  })
})

test('a quoted text matches itself', () => {
  const text = '\\.+*?()|[]{}^$-a#\n'
  expect(quoteMeta(text)).toBe('\\\\\\.\\+\\*\\?\\(\\)\\|\\[\\]\\{\\}\\^\\$-a#\n')
  expect(compile(`^${quoteMeta(text)}$`).test(text)).toBe(true)
})

test('work is counted with the length of the text, and counting can end it', () => {
  const spent: number[] = []
  const count = (amount: number): void => void spent.push(amount)
  compile('[a-z]+').metered(count).findAll('a'.repeat(1000))
  expect(spent.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(1000)
  const stop = (): void => {
    throw new RangeError('enough')
  }
  expect(() => compile('(a+)+$').metered(stop).test('a')).toThrow('enough')
})
