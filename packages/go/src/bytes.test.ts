import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byteLength, codePointOf, fromBytes, runeCount, runes, sliceBytes, toBytes } from './bytes.ts'

test('every sequence of bytes is a text and comes back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = fromBytes(bytes)
      expect(toBytes(text)).toEqual(bytes)
      expect(byteLength(text)).toBe(bytes.length)
    }),
  )
})

test('texts of UTF-8 are what every decoder makes of them', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const bytes = new TextEncoder().encode(text)
      expect(toBytes(text)).toEqual(bytes)
      expect(fromBytes(bytes)).toBe(text)
      expect(runeCount(text)).toBe(Array.from(text).length)
    }),
  )
})

test('bytes that are no UTF-8 stand alone, as in Go', () => {
  // A continuation alone, an overlong form, half of a pair, a beginning without its end.
  expect(fromBytes(Uint8Array.of(0x80, 0xc0, 0xaf, 0xed, 0xa0, 0x80, 0xe2, 0x82))).toBe(
    '\udc80\udcc0\udcaf\udced\udca0\udc80\udce2\udc82',
  )
})

test('a slice can cut a character', () => {
  expect(sliceBytes('héllo', 0, 2)).toBe('h\udcc3')
  expect(sliceBytes('héllo', 3, 6)).toBe('llo')
  expect(sliceBytes('hello', 1, 3)).toBe('el')
})

test('runes are characters, or U+FFFD for stray bytes', () => {
  const found = runes('a\u{1f600}\udcff')
  expect(found).toEqual(['a', '\u{1f600}', '\udcff'])
  expect(found.map(codePointOf)).toEqual([0x61, 0x1f600, 0xfffd])
})
