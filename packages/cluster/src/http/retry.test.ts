/** When to come back. */
import { expect, test } from 'vitest'

import { delayBefore, readRetryAfter } from './retry.ts'

test.each([
  ['7', 7000],
  [' 0 ', 0],
  ['Wed, 21 Oct 2015 07:28:00 GMT', 60_000],
  ['Wed, 21 Oct 2015 07:26:00 GMT', 0],
  ['soon', undefined],
  [undefined, undefined],
])('Retry-After: %s means %s ms', (header, milliseconds) => {
  expect(readRetryAfter(header, Date.parse('2015-10-21T07:27:00Z'))).toBe(milliseconds)
})

test('delays double up to eight seconds, and vary by half', () => {
  expect([2, 3, 4, 5, 6, 7, 8].map((next) => delayBefore(next, undefined, 1))).toEqual([
    250, 500, 1000, 2000, 4000, 8000, 8000,
  ])
  expect(delayBefore(2, undefined, 0)).toBe(125)
})

test('nobody comes back sooner than the server asks for', () => {
  expect(delayBefore(2, 3000, 0)).toBe(3000)
  expect(delayBefore(2, 3000, 1)).toBe(3125)
})
