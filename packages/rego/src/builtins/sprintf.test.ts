/** Formats as Go's package fmt understands them. */
import { expect, test } from 'vitest'
import { text } from '../../testing/evaluate.ts'

test.each([
  ['sprintf("%v %v %s", [1, "a", [1, "b"]])', '"1 a [1, \\"b\\"]"'],
  ['sprintf("%v %v %v", [{"a": {1}}, null, true])', '"{\\"a\\": {1}} null true"'],
  ['sprintf("%v %v %v", [1.50, 1e3, 99999999999999999999])', '"1.5 1e3 99999999999999999999"'],
])('values are shown as Rego writes them: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})

test.each([
  ['sprintf("%05d|%-4d|%+d|% d", [1, 2, 3, 4])', '"00001|2   |+3| 4"'],
  ['sprintf("%x %X %o %O %b %c %U", [255, 255, 8, 8, 5, 65, 65])', '"ff FF 10 0o10 101 A U+0041"'],
  ['sprintf("%.2f|%8.3e|%g", [1.5, 2.5, 0.5])', '"1.50|2.500e+00|0.5"'],
  ['sprintf("%q %x %.2s|%5s", ["a\\"", "hi", "héllo", "x"])', '"\\"a\\\\\\"\\" 6869 hé|    x"'],
  ['sprintf("%[2]d %[1]d", [1, 2])', '"2 1"'],
  ['sprintf("%*d|%-*d|", [4, 1, 3, 2])', '"   1|2  |"'],
  [
    'sprintf("%#x %030d", [99999999999999999999, 99999999999999999999])',
    '"0x56bc75e2d630fffff 000000000099999999999999999999"',
  ],
])('verbs have flags, widths and precisions: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})

test.each([
  ['sprintf("%d", ["a"])', '"%!d(string=a)"'],
  ['sprintf("%s %d", [1, 1.5])', '"%!s(int64=1) %!d(float64=1.5)"'],
  ['sprintf("%d %d", [1])', '"1 %!d(MISSING)"'],
  ['sprintf("%d", [1, "a", 2.5])', '"1%!(EXTRA string=a, float64=2.5)"'],
  ['sprintf("%[3]d %[x]d", [1])', '"%!d(BADINDEX) %!d(BADINDEX)"'],
  ['sprintf("100%", [])', '"100%!(NOVERB)"'],
  ['sprintf("%z %t", [1, true])', '"%!z(int64=1) %!t(string=true)"'],
])('what is wrong shows in the text: %s is %s', (query, value) => {
  expect(text('package p', query)).toBe(value)
})
