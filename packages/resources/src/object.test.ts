/** Reading fields that may hold anything. */
import { describe, expect, test } from 'vitest'

import { asList, asMap, asText, asTextMap, asTexts, field, saysTrue } from './object.ts'

describe('anything else than the shape asked for', () => {
  test.each([undefined, null, 'a', 1, true, ['a']])('%j is no map', (value) => {
    expect(asMap(value)).toBeUndefined()
  })

  test.each([undefined, null, 'a', 1, true, { a: 1 }])('%j is an empty list', (value) => {
    expect(asList(value)).toEqual([])
  })

  test.each([undefined, null, ['a'], { a: 1 }])('%j has no text', (value) => {
    expect(asText(value)).toBeUndefined()
  })
})

test.each([
  ['a', 'a'],
  ['', ''],
  [0, '0'],
  [1.5, '1.5'],
  [false, 'false'],
  [12345678901234567890n, '12345678901234567890'],
])('the text of %s is %s', (value, text) => {
  expect(asText(value as never)).toBe(text)
})

test('the texts of a list leave out what has no text', () => {
  expect(asTexts(['a', null, 1, {}, true, ['b']])).toEqual(['a', '1', 'true'])
})

test('the texts of a map leave out what has no text', () => {
  expect(asTextMap({ a: 'x', b: 1, c: null, d: {}, e: true })).toEqual({ a: 'x', b: '1', e: 'true' })
})

test('a key that is called like the prototype changes no prototype', () => {
  const labels = asTextMap(JSON.parse('{"__proto__": "x", "constructor": "y", "a": "z"}') as never)
  expect(Object.entries(labels)).toEqual([
    ['constructor', 'y'],
    ['a', 'z'],
  ])
  expect(Object.getPrototypeOf(labels)).toBe(Object.prototype)
})

test('a field is found through maps only', () => {
  const object = { spec: { list: [{ a: 1 }], text: 'x', none: null } }
  expect(field(object, 'spec', 'text')).toBe('x')
  expect(field(object, 'spec', 'none')).toBeNull()
  expect(field(object, 'spec', 'none', 'a')).toBeUndefined()
  expect(field(object, 'spec', 'list', '0')).toBeUndefined()
  expect(field(object, 'spec', 'text', 'length')).toBeUndefined()
  expect(field(object)).toBe(object)
})

test('a field that only the prototype has is not there', () => {
  expect(field({}, 'constructor')).toBeUndefined()
  expect(field({}, '__proto__', 'toString')).toBeUndefined()
})

test.each([true, 'true', 'True', 'yes', 'ON', 'y'])('%j was meant as true', (value) => {
  expect(saysTrue(value)).toBe(true)
})

test.each([false, 'false', 'no', '', 'truely', 1, null, undefined, [true]])('%j was not meant as true', (value) => {
  expect(saysTrue(value)).toBe(false)
})
