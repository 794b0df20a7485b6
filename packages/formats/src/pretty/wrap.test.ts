/** Padding, cutting and breaking, with wide characters. */
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { widthOf } from './width.ts'
import { pad, paragraph, truncate, wrap } from './wrap.ts'

test('pads by columns, not by characters', () => {
  expect(pad('商', 4)).toBe('商  ')
  expect(pad('7', 3, 'right')).toBe('  7')
  expect(pad('longer', 3)).toBe('longer')
})

test('cuts with an ellipsis and never through a wide character', () => {
  expect(truncate('exactly', 7)).toBe('exactly')
  expect(truncate('too long', 5)).toBe('too …')
  expect(truncate('商店商店', 6)).toBe('商店…')
  expect(truncate('e\u0301e\u0301e\u0301', 2)).toBe('e\u0301…')
  expect(truncate('none', 0)).toBe('')
})

test('breaks between words first', () => {
  expect(wrap('Ensure CPU limits are set', 12)).toEqual(['Ensure CPU', 'limits are', 'set'])
  expect(wrap('', 12)).toEqual([''])
})

test('breaks long words at their joints, then anywhere', () => {
  expect(wrap('spec.template.spec.containers[0]', 15)).toEqual(['spec.template.', 'spec.', 'containers[0]'])
  expect(wrap('a CVE-2021-25742-nginx', 10)).toEqual(['a', 'CVE-2021-', '25742-', 'nginx'])
  expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij'])
  expect(wrap('商店商店', 5)).toEqual(['商店', '商店'])
})

test('a paragraph hangs behind its lead', () => {
  expect(paragraph('Fix: ', 'one two three', 13)).toEqual(['Fix: one two', '     three'])
})

test('no line is wider than asked, and no text is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 30 }), (text, width) => {
      const lines = wrap(text, width)
      expect(lines.every((line) => widthOf(line) <= width)).toBe(true)
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      expect(widthOf(truncate(text, width))).toBeLessThanOrEqual(width)
    }),
  )
})
