/** Quantities against a plain model: whole numbers of a small unit. */
import { assert, constantFrom, double, integer, property, string, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'

import { compareQuantities, parseQuantity, type Quantity } from './quantities.ts'

/** Suffixes in billionths, the smallest unit that Kubernetes keeps. */
const BILLIONTHS: Readonly<Record<string, bigint>> = {
  n: 1n,
  u: 1_000n,
  m: 1_000_000n,
  '': 1_000_000_000n,
  k: 1_000_000_000_000n,
  M: 1_000_000_000_000_000n,
  Ki: 1_024_000_000_000n,
  Mi: 1_048_576_000_000_000n,
  Gi: 1_073_741_824_000_000_000n,
}

const written = tuple(integer({ min: -10_000, max: 10_000 }), constantFrom(...Object.keys(BILLIONTHS)))

function read(text: string): Quantity {
  const quantity = parseQuantity(text)
  expect(quantity, text).toBeDefined()
  return quantity!
}

test('quantities are ordered as their numbers of billionths', () => {
  assert(
    property(written, written, ([a, aSuffix], [b, bSuffix]) => {
      const left = BigInt(a) * BILLIONTHS[aSuffix]!
      const right = BigInt(b) * BILLIONTHS[bSuffix]!
      const order = compareQuantities(read(`${a}${aSuffix}`), read(`${b}${bSuffix}`))
      expect(order).toBe(left < right ? -1 : left > right ? 1 : 0)
    }),
  )
})

test('decimal fractions and exponents are exact', () => {
  assert(
    property(integer({ min: 0, max: 999_999 }), integer({ min: -6, max: 6 }), (digits, exponent) => {
      const fraction = `0.${String(digits).padStart(6, '0')}e${exponent}`
      expect(compareQuantities(read(fraction), read(`${digits}e${exponent - 6}`))).toBe(0)
    }),
  )
})

test('numbers of JSON are read as they are printed', () => {
  assert(property(double({ noNaN: true, noDefaultInfinity: true }), (number) => void read(String(number))))
})

test('no text makes it throw, or take long', () => {
  assert(
    property(string(), (text) => {
      const quantity = parseQuantity(text)
      if (quantity !== undefined) expect(quantity.under > 0n).toBe(true)
    }),
  )
})

describe('equal and unequal', () => {
  test.each([
    ['1', '1000m', 0],
    ['1k', '1K', 0],
    ['1Ki', '1024', 0],
    ['0.5Gi', '512Mi', 0],
    ['.5', '500m', 0],
    ['5.', '5', 0],
    ['1E', '1e18', 0],
    ['1E3', '1e3', 0],
    ['+2', '2', 0],
    ['-1', '0', -1],
    ['1e999999999', '1Ei', 1],
    ['1e-999999999', '0', 1],
    ['1000Ki', '1M', 1],
  ])('%s against %s', (a, b, order) => {
    expect(compareQuantities(read(a), read(b))).toBe(order)
  })

  test.each(['', ' 1', '1 Mi', 'Mi', '.', '1e', '1.2.3', '1mi', '0x10', '1KiB', '1e1.5', 'Infinity', '9'.repeat(200)])(
    '"%s" is no quantity',
    (text) => {
      expect(parseQuantity(text)).toBeUndefined()
    },
  )
})
