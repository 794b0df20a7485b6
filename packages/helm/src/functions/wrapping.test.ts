import { expect, test } from 'vitest'
import { callFunction } from '../../testing/call-function.ts'

test.each([
  [5n, 'hello big  world', 'hello\nbig \nworld'],
  [5n, 'an unbreakable word', 'an\nunbreakable\nword'],
  [5n, 'unbreakable', 'unbreakable'],
  [0n, 'a b', 'a\nb'],
  [9n, 'short', 'short'],
  [5n, '', ''],
])('wrap breaks lines at spaces: %d, %j', (width, text, lines) => {
  expect(callFunction('wrap', width, text)).toBe(lines)
})

test.each([
  [4n, '|', 'unbreakable word', 'unbr|eaka|ble|word'],
  [3n, '', 'abcdef', 'abc\ndef'],
  [3n, '|', 'žžž', 'ž\udcc5|\udcbež'],
])('wrapWith breaks words too: %d, %j, %j', (width, separator, text, lines) => {
  expect(callFunction('wrapWith', width, separator, text)).toBe(lines)
})

test.each([
  [3n, 'hello', 'hello'],
  [4n, 'hello', 'h...'],
  [5n, 'hello', 'hello'],
])('abbrev has room for its dots: %d, %j', (width, text, short) => {
  expect(callFunction('abbrev', width, text)).toBe(short)
})
