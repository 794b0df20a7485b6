import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { shortHash } from './short-hash.ts'

function reference(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

test.each([0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 1000, 70_000])(
  'a text of %i bytes gets the first half of SHA-256',
  (length) => {
    expect(shortHash('x'.repeat(length))).toBe(reference('x'.repeat(length)))
  },
)

test('any text does', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => shortHash(text) === reference(text)))
})
