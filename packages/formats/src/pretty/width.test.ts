/** Widths as terminals draw them. */
import { expect, test } from 'vitest'

import { graphemes, widthOf } from './width.ts'

test.each([
  ['', 0],
  ['plain', 5],
  ['商店', 4],
  ['ｆｕｌｌ', 8],
  ['ﾊﾝ', 2],
  ['한국', 4],
  ['\u1112\u1161\u11ab', 2],
  ['cafe\u0301', 4],
  ['e\u0301\u0302\u0303', 1],
  ['\u0301', 0],
  ['🚀', 2],
  ['👩‍👩‍👧', 2],
  ['👍🏽', 2],
  ['🇨🇭', 2],
  ['❤️', 2],
  ['❤', 1],
  ['│─╭…→', 5],
  ['␛', 1],
  ['𠮷', 2],
  ['عربي', 4],
])('%s takes %i columns', (text, columns) => {
  expect(widthOf(text)).toBe(columns)
})

test('characters are counted as people do', () => {
  expect(graphemes('ab')).toEqual(['a', 'b'])
  expect(graphemes('e\u0301👩‍👩‍👧x')).toEqual(['e\u0301', '👩‍👩‍👧', 'x'])
})
