import { describe, expect, test } from 'vitest'
import { output } from '../../testing/charts.ts'
import { callFunction, testContext } from '../../testing/call-function.ts'
import { sprigFunctions } from './index.ts'

describe('cutting counts bytes', () => {
  test.each([
    ['trunc 3 "abcdef"', 'abc'],
    ['trunc -3 "abcdef"', 'def'],
    ['trunc 9 "abc"', 'abc'],
    ['trunc -9 "abc"', 'abc'],
    ['trunc 3 "žluť"', 'žl'],
    ['trunc -3 "žluť" | len', '3'],
    ['substr 1 3 "žluť"', '\udcbel'],
    ['substr 0 4 "abcdef"', 'abcd'],
    ['substr -1 2 "abc"', 'ab'],
    ['substr 1 -1 "abc"', 'bc'],
    ['abbrev 8 "a longer text"', 'a lon...'],
    ['abbrevboth 8 10 "the quick brown fox"', '...k br...'],
    ['abbrevboth 99 10 "the quick brown fox"', '...own fox'],
    ['initials "foo  bar\tbaz"', 'fbb'],
    ['nospace " a b\\nc "', 'abc'],
    ['nospace "žluť"', 'žluť'],
  ])('%s', (call, text) => {
    expect(output(`{{ ${call} }}`)).toBe(text)
  })

  test('bounds outside the text are the errors that Go has for them', () => {
    const reason = (call: string) => output(`{{ ${call} }}`)?.replace(/.*runtime error: /, '')
    expect(reason('substr 3 1 "abcd"')).toBe('slice bounds out of range [3:1]')
    expect(reason('substr 9 -1 "abcd"')).toBe('slice bounds out of range [9:4]')
    expect(reason('substr -1 9 "abcd"')).toBe('slice bounds out of range [:9] with length 4')
    expect(reason('substr -1 -1 "abcd"')).toBe('slice bounds out of range [:-1]')
  })
})

describe('trimming', () => {
  test.each([
    ['trim "\\t\\u0085\\u00a0a b\\u2003\\n"', 'a b'],
    ['trim "\\ufeffa"', '\ufeffa'],
    ['trimAll "-_" "-_a-b_-"', 'a-b'],
    ['trimall "ž" "žaž"', 'a'],
    ['trimSuffix "-" "a--"', 'a-'],
    ['trimPrefix "v" "vv1"', 'v1'],
    ['trimPrefix "" "a"', 'a'],
  ])('%s', (call, text) => {
    expect(output(`{{ ${call} }}`)).toBe(text)
  })
})

describe('replacing, repeating and indenting', () => {
  test.each([
    ['replace "a" "$&" "banana"', 'b$&n$&n$&'],
    ['replace "" "-" "ab😀"', '-a-b-😀-'],
    ['repeat 3 "ab"', 'ababab'],
    ['repeat 0 "ab"', ''],
    ['indent 2 "a\\n\\nb\\n"', '  a\n  \n  b\n  '],
    ['nindent 0 ""', '\n'],
    ['plural "one" "many" 1', 'one'],
    ['plural "one" "many" 0', 'many'],
  ])('%s', (call, text) => {
    expect(output(`{{ ${call} }}`)).toBe(text)
  })

  test('a negative number is an error', () => {
    expect(() => callFunction('repeat', -1n, 'a')).toThrow('strings: negative Repeat count')
    expect(() => callFunction('nindent', -1n, 'a')).toThrow('strings: negative Repeat count')
  })

  test('what grows is paid for before it is made', () => {
    const context = testContext()
    sprigFunctions.get('indent')?.call([4n, 'a\nb\nc'], context)
    expect(context.spent).toEqual([4, 15])
    for (const call of ['repeat 999999999999 "a"', 'indent 999999999999 "a"', 'until 99999999999']) {
      expect(output(`{{ ${call} }}`)).toContain('steps')
    }
  })

  test('a text that doubles again and again hits a limit', () => {
    const grow = '{{ range until 60 }}{{ $t = replace "a" "aa" $t }}{{ end }}'
    expect(output(`{{ $t := "a" }}${grow}`)).toContain('steps')
  })
})

describe('quoting', () => {
  test.each([
    ['quote nil 1 "a\\"b" 1e6 true', '"1" "a\\"b" "1e+06" "true"'],
    ['quote nil', ''],
    ['squote nil "it\'s" (list 1 nil)', "'it's' '[1 <nil>]'"],
    ['cat "a" nil 1 "  b  "', 'a 1   b  '],
    ['cat', ''],
    ['toString nil', '<nil>'],
    ['toString (list "a" 1.50)', '[a 1.5]'],
  ])('%s', (call, text) => {
    expect(output(`{{ ${call} }}`)).toBe(text)
  })
})
