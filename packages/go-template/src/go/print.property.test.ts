/** No format and no value makes printing fail, and numbers come back as they were. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatFloat, parseFloat64, parseInteger } from '@kubescape/go'
import { sprint, sprintf } from './print.ts'
import { Dict, List, Sized, type Value } from './value.ts'

const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.boolean(),
  fc.constantFrom(null, undefined),
  fc.integer({ min: 0, max: 255 }).map((byte) => new Sized('uint8', BigInt(byte))),
  fc.float().map((value) => new Sized('float32', value)),
)
const value: fc.Arbitrary<Value> = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 4 }).map((items) => new List(items)),
  fc.array(fc.tuple(fc.string(), scalar), { maxLength: 4 }).map((entries) => new Dict(new Map(entries))),
)
// Widths and precisions stay small, so that no limit is in the way.
const directive = fc
  .tuple(
    fc.constantFrom('', '+', '-', '#', '0', ' ', '#+', '-0'),
    fc.constantFrom('', '*', '7', '12', '[1]', '[2]*', '[9]', '[', '[]'),
    fc.constantFrom('', '.', '.3', '.*', '.[1]*', '.0'),
    fc.constantFrom(...'v s d q x X o O b c U e E f F g G t T p % ! ☠'.split(' '), ''),
  )
  .map((parts) => `%${parts.join('')}`)
const format = fc.array(fc.oneof(directive, fc.string({ maxLength: 4 }))).map((parts) => parts.join(''))

test('sprintf always gives a text', () => {
  fc.assert(
    fc.property(format, fc.array(value, { maxLength: 5 }), (text, args) => {
      const widths = args.map((arg) => (typeof arg === 'bigint' && arg > 1000n ? 1000n : arg))
      expect(typeof sprintf(text, widths)).toBe('string')
    }),
    { numRuns: 2000 },
  )
})

test('what sprint writes of a number is read as the same number', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      expect(parseFloat64(sprint(number))).toEqual({ value: number, problem: undefined })
      expect(parseFloat64(formatFloat(number, 'x', undefined))).toEqual({ value: number, problem: undefined })
      expect(parseFloat64(formatFloat(number, 'f', undefined))).toEqual({ value: number, problem: undefined })
    }),
  )
})

test('every base writes whole numbers that base 0 reads', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (number) => {
      for (const verb of ['%d', '%#x', '%#b', '%#o', '%O'])
        expect(parseInteger(sprintf(verb, [number]), 0)).toEqual({ value: number, problem: undefined })
    }),
  )
})

test('rounding to many digits is what the engine rounds to, where that is exact', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: 17, max: 40 }),
      (number, digits) => {
        // With so many digits nothing lies half way between two of them.
        const [mantissa, exponent = ''] = Math.abs(number).toExponential(digits).split('e')
        const text = formatFloat(Math.abs(number), 'e', digits)
        expect(text.slice(0, text.indexOf('e'))).toBe(mantissa)
        expect(Number(text.slice(text.indexOf('e') + 1))).toBe(Number(exponent))
      },
    ),
  )
})
