import { describe, expect, test } from 'vitest'
import { parseFloat64, parseInteger, parseUnsigned } from './parse-number.ts'

const invalid = { value: 0n, problem: 'invalid syntax' }

describe('whole numbers by their prefix', () => {
  test.each<[string, bigint]>([
    ['0', 0n],
    ['-0', 0n],
    ['+5', 5n],
    ['010', 8n],
    ['0o17', 15n],
    ['0x1F', 31n],
    ['0B101', 5n],
    ['1_000', 1000n],
    ['0_7', 7n],
    ['0x_f', 15n],
    ['-9223372036854775808', -(2n ** 63n)],
  ])('%s', (text, value) => {
    expect(parseInteger(text, 0)).toEqual({ value, problem: undefined })
  })

  test.each(['', '-', '+', '08', '0x', '0b2', '_1', '1_', '1__0', '1.0', ' 1', '1 ', '١'])('%j is none', (text) => {
    expect(parseInteger(text, 0)).toEqual(invalid)
  })
})

test('a given base takes neither prefix nor underscore', () => {
  expect(parseInteger('0x10', 16)).toEqual(invalid)
  expect(parseInteger('1_0', 10)).toEqual(invalid)
  expect(parseInteger('010', 10).value).toBe(10n)
  expect(parseInteger('ff', 16).value).toBe(255n)
})

test('what is out of range becomes the nearest number that is not', () => {
  expect(parseInteger('9223372036854775808', 10)).toEqual({ value: 2n ** 63n - 1n, problem: 'value out of range' })
  expect(parseInteger('-129', 10, 8)).toEqual({ value: -128n, problem: 'value out of range' })
  expect(parseUnsigned('18446744073709551616', 10)).toEqual({ value: 2n ** 64n - 1n, problem: 'value out of range' })
  expect(parseInteger(`1${'0'.repeat(1_000_000)}`, 10).problem).toBe('value out of range')
})

test('unsigned numbers have no sign', () => {
  expect(parseUnsigned('-1', 10)).toEqual(invalid)
  expect(parseUnsigned('+1', 10)).toEqual(invalid)
})

describe('floats', () => {
  test.each<[string, number]>([
    ['1e3', 1000],
    ['.5', 0.5],
    ['5.', 5],
    ['-1_0.5', -10.5],
    ['inf', Infinity],
    ['-Infinity', -Infinity],
    ['NaN', Number.NaN],
    ['0x1p-2', 0.25],
    ['0x1.8p1', 3],
    ['0x.8p0', 0.5],
    ['0x1p-1074', 5e-324],
    ['0x1p-1075', 0],
    ['0x1.8p-1075', 5e-324],
    ['1e-400', 0],
    ['08', 8],
    ['0x1fffffffffffff.8p0', 2 ** 53],
  ])('%s', (text, value) => {
    expect(parseFloat64(text)).toEqual({ value, problem: undefined })
  })

  test.each(['', '.', 'e5', '1e', '1e+', '0x1', '0x.p1', '+nan', '_1', '1_.5', '1 '])('%j is none', (text) => {
    expect(parseFloat64(text)).toEqual({ value: 0, problem: 'invalid syntax' })
  })

  test('beyond the range they are infinite', () => {
    expect(parseFloat64('-1e400')).toEqual({ value: -Infinity, problem: 'value out of range' })
    expect(parseFloat64('0x1p99999999999')).toEqual({ value: Infinity, problem: 'value out of range' })
  })
})
