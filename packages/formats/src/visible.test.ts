/** What a terminal would act on is shown instead. */
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { visible, visibleSource } from './visible.ts'

test.each([
  ['plain text', 'plain text'],
  ['商店 🚀 👩‍👩‍👧 cafe\u0301', '商店 🚀 👩‍👩‍👧 cafe\u0301'],
  ['\u001b[31mred\u001b[0m', '␛[31mred␛[0m'],
  ['two\nlines\r\n', 'two␊lines␍␊'],
  ['a\tb\u0000c\u007fd', 'a␉b␀c␡d'],
  ['\u009b2J', '<U+009B>2J'],
  ['a\u202eb\u2066c\u200bd\ufeff', 'a<U+202E>b<U+2066>c<U+200B>d<U+FEFF>'],
  ['\u2028\u2029', '<U+2028><U+2029>'],
  ['\ud800x', '<U+D800>x'],
  ['\u{e0041}', '<U+E0041>'],
])('%j is shown as %s', (text, shown) => {
  expect(visible(text)).toBe(shown)
})

test('tabs of source lines become spaces', () => {
  expect(visibleSource('\t"a": \u001b')).toBe('    "a": ␛')
})

test('whatever goes in, no control character comes out', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0x10ffff })), (codes) => {
      expect(visible(String.fromCodePoint(...codes))).not.toMatch(/[\p{Cc}\p{Cs}\u2028-\u202e]/u)
    }),
  )
})
