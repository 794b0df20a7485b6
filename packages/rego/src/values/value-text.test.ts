import { describe, expect, test } from 'vitest'
import { numberFromText, type NumberValue } from './number.ts'
import { RegoObject, RegoSet, type Value } from './value.ts'
import { shortText, valueText } from './value-text.ts'

describe('the text of a value', () => {
  const cases: [text: string, value: Value][] = [
    ['null', null],
    ['true', true],
    ['1.0', numberFromText('1.0') as NumberValue],
    ['12345678901234567890', 12345678901234567890n],
    [String.raw`"a\"\n\x01é"`, 'a"\n\u0001é'],
    ['[1, "a", []]', [1, 'a', []]],
    ['{"__proto__": 1, "a": {}, "b": 2}', JSON.parse('{"b": 2, "a": {}, "__proto__": 1}') as Value],
    ['{1, 2, "x"}', new RegoSet(['x', 2, 1])],
    ['set()', new RegoSet()],
    [
      '{null: 1, "a": 2}',
      new RegoObject([
        ['a', 2],
        [null, 1],
      ]),
    ],
  ]
  test.each(cases)('is %s', (text, value) => {
    expect(valueText(value)).toBe(text)
  })

  test('is cut off where it is to be short, and not written where that would take too long', () => {
    expect(shortText(['long enough'], 5)).toBe('["lon...')
    let value: Value = ['a']
    for (let level = 0; level < 60; level++) value = [value, value]
    expect(shortText(value, 5)).toBe('...')
    expect(shortText(['a'], 5)).toBe('["a"]')
  })
})
