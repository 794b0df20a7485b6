import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { readJsonText, type JsonForm } from './json-reader.ts'

/** Plain values, as `JSON.parse` gives them. */
const FORM: JsonForm<unknown, Map<string, unknown>> = {
  deepest: 100,
  number: Number,
  list: (items) => items,
  begin: () => new Map(),
  put: (entries, key, value) => entries.set(key, value),
  end: (entries) => Object.fromEntries(entries),
  fail(message) {
    throw new Error(message)
  },
  tooDeep() {
    throw new Error('too deep')
  },
}

const read = (text: string): unknown => readJsonText<unknown, Map<string, unknown>>(text, FORM)

describe('JSON', () => {
  test('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 20 }), (text) => {
        expect(read(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  test('has whatever keys it has', () => {
    expect(Object.keys(read('{"__proto__": 1, "a": 2, "a": 3}') as object)).toEqual(['__proto__', 'a'])
    expect(read('{"a": 2, "a": 3}')).toEqual({ a: 3 })
  })

  test.each(['0', '-0', '7', '-7', '123456789012345678901234567890', '0.5', '12e3', '12E-3', '-1.5e+2'])(
    'has the number %s as it is written',
    (text) => {
      const numbers: string[] = []
      const number = (written: string): unknown => numbers.push(written)
      readJsonText<unknown, Map<string, unknown>>(`[${text}, ${text}]`, { ...FORM, number })
      expect(numbers).toEqual([text, text])
    },
  )

  test('holds no half of a pair of surrogates', () => {
    expect(read(String.raw`"\ud83d\ude00 \ud83d"`)).toBe('😀 \uFFFD')
  })

  test.each([
    ['', 'unexpected end of JSON input'],
    ['tru', 'unexpected end of JSON input'],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['[1,]', "invalid character ']' looking for beginning of value"],
    ['1 2', "invalid character '2' after top-level value"],
    ['-', 'unexpected end of JSON input'],
    ['01', "invalid character '1' after top-level value"],
    ['12a', "invalid character 'a' after top-level value"],
    ['12.', 'unexpected end of JSON input'],
    ['12.x', "invalid character 'x' after decimal point in numeric literal"],
    ['[12e]', "invalid character ']' in exponent of numeric literal"],
    ['"\\x"', "invalid character 'x' in string escape code"],
    ['"a', 'unexpected end of JSON input'],
    ['"\u0001"', "invalid character '\\x01' in string literal"],
  ])('%j is none, in the words of Go', (text, message) => {
    expect(() => read(text)).toThrow(new Error(message))
  })

  test('nests only so deep', () => {
    expect(read('['.repeat(100) + ']'.repeat(100))).toBeDefined()
    expect(() => read('['.repeat(101))).toThrow('too deep')
    expect(() => read('{"a":'.repeat(100_000))).toThrow('too deep')
  })
})
