import { expect, test } from 'vitest'
import { callFunction as call } from '../../testing/call-function.ts'
import { List } from '@kubescape/go-template'

test('texts are matched, found, replaced and split', () => {
  expect(call('regexMatch', '(?i)HELLO', 'hello')).toBe(true)
  expect(call('regexFind', '[a-z]+', '12ab')).toBe('ab')
  expect(call('regexFind', 'x', '12ab')).toBe('')
  expect(call('regexFindAll', '[0-9]', 'a1b2c3', 2n)).toEqual(new List(['1', '2'], 'string'))
  expect(call('regexReplaceAll', '(a)(b)', 'ab', '${2}$1')).toBe('ba')
  expect(call('regexReplaceAllLiteral', '(a)', 'ab', '$1')).toBe('$1b')
  expect(call('regexSplit', ',', 'a,b', -1n)).toEqual(new List(['a', 'b'], 'string'))
  expect(call('regexQuoteMeta', '1.2')).toBe('1\\.2')
})

test('a pattern that is none is an error, but for regexMatch', () => {
  expect(call('regexMatch', '(', 'x')).toBe(false)
  expect(() => call('mustRegexMatch', '(', 'x')).toThrow('error parsing regexp: missing closing ): `(`')
  expect(() => call('mustRegexFind', '(', 'x')).toThrow(/^error parsing regexp/)
  expect(() => call('regexFind', '(', 'x')).toThrow('regexp: Compile(`(`): error parsing regexp: missing closing )')
  expect(() => call('regexFind', '`(', 'x')).toThrow('regexp: Compile("`("): ')
})

test('a pattern has a limit', () => {
  expect(() => call('regexFind', 'a'.repeat(5000), 'x')).toThrow('expression too large')
})
