/** Numbers: whole ones of any size, fractions of 64 binary digits. */
import { expect, test } from 'vitest'
import { text } from '../../testing/evaluate.ts'

test.each([
  ['9007199254740993 + 1', '9007199254740994'],
  ['99999999999999999999 * 3', '299999999999999999997'],
  ['1e21 - 1', '999999999999999999999'],
  ['7 % 3', '1'],
  ['-7 % 3', '-1'],
  ['0 * -5', '0'],
  ['4 / 2', '2'],
  ['10 / 4', '2.5'],
  ['sum([1, 2, 99999999999999999999])', '100000000000000000002'],
  ['product([])', '1'],
  ['bits.lsh(1, 70)', '1180591620717411303424'],
  ['bits.negate(5)', '-6'],
  ['bits.and(-5, 3)', '3'],
  ['bits.rsh(-1, 5)', '-1'],
])('whole numbers are exact: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})

test.each([
  ['0.1 + 0.2', '0.3'],
  ['1 / 3', '0.33333333333333333334'],
  ['0.5 + 0.5', '1'],
  ['1234567 + 0.5', '1.2345675e+06'],
  ['1e-7 * 1', '1e-07'],
  ['abs(-5.50)', '5.5'],
  ['round(2.5)', '3'],
  ['round(-2.5)', '-3'],
  ['ceil(1.2)', '2'],
  ['floor(-1.2)', '-2'],
])('fractions have their shortest text: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})

test.each([
  ['1 / 0', 'undefined'],
  ['1 % 0', 'undefined'],
  ['1.5 % 1', 'undefined'],
])('what cannot be divided has no result: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})

test.each([
  ['numbers.range(1, 3)', '[1, 2, 3]'],
  ['numbers.range(3, 1)', '[3, 2, 1]'],
  ['numbers.range_step(0, 10, 4)', '[0, 4, 8]'],
  ['numbers.range_step(10, 0, 4)', '[10, 6, 2]'],
  ['numbers.range_step(0, 1, 0)', 'undefined'],
  ['numbers.range(9007199254740991, 9007199254740993)', '[9007199254740991, 9007199254740992, 9007199254740993]'],
])('ranges go both ways: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})
