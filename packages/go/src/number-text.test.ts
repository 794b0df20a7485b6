import { expect, test } from 'vitest'
import { floatText, formatFloat, type FloatFormat } from './number-text.ts'

test.each<[number, FloatFormat, number | undefined, string]>([
  [0, 'e', 2, '0.00e+00'],
  [0, 'f', 2, '0.00'],
  [0, 'g', 3, '0'],
  [0, 'x', undefined, '0x0p+00'],
  [0, 'x', 2, '0x0.00p+00'],
  [1, 'b', undefined, '4503599627370496p-52'],
  [2.5, 'f', 0, '2'],
  [3.5, 'f', 0, '4'],
  [9.995, 'f', 2, '9.99'],
  [99.99, 'f', 1, '100.0'],
  [0.6, 'f', 0, '1'],
  [0.04, 'f', 1, '0.0'],
  [1e21, 'f', 1, '1000000000000000000000.0'],
  [1e-7, 'f', undefined, '0.0000001'],
  [123456789, 'e', 3, '1.235e+08'],
  [123456789, 'g', undefined, '1.23456789e+08'],
  [123456, 'g', 6, '123456'],
  [123456, 'g', 5, '1.2346e+05'],
  [100000, 'g', 17, '100000'],
  [0.99, 'g', 1, '1'],
  [5e-324, 'e', 5, '4.94066e-324'],
  [5e-324, 'x', undefined, '0x1p-1074'],
  [1.5, 'x', 0, '0x1p+01'],
  [2.5, 'X', 2, '0X1.40P+01'],
  [1.999, 'x', 1, '0x1.0p+01'],
])('%d as %s with precision %s is %s', (value, format, precision, text) => {
  expect(formatFloat(value, format, precision)).toBe(text)
})

test('a float32 needs fewer digits', () => {
  expect(formatFloat(Math.fround(0.1), 'g', undefined, 32)).toBe('0.1')
  expect(formatFloat(Math.fround(0.1), 'g', undefined)).toBe('0.10000000149011612')
  expect(formatFloat(1.401298464324817e-45, 'g', undefined, 32)).toBe('1e-45')
  expect(formatFloat(1, 'b', undefined, 32)).toBe('8388608p-23')
})

test('six digits are the most that are written without exponent', () => {
  expect([999999, 1e6, 123456.7, 1234567.8].map(floatText)).toEqual(['999999', '1e+06', '123456.7', '1.2345678e+06'])
})
