import { expect, test } from 'vitest'

import { parseGlob } from './glob.ts'

const PATHS = ['a.txt', 'b.yaml', 'conf/a.txt', 'conf/deep/c.txt', 'conf/x-1.ini']

test.each([
  ['*.txt', ['a.txt']],
  ['**.txt', ['a.txt', 'conf/a.txt', 'conf/deep/c.txt']],
  ['conf/*', ['conf/a.txt', 'conf/x-1.ini']],
  ['conf/**', ['conf/a.txt', 'conf/deep/c.txt', 'conf/x-1.ini']],
  ['?.{txt,yaml}', ['a.txt', 'b.yaml']],
  ['conf/{*.ini,deep/*}', ['conf/deep/c.txt', 'conf/x-1.ini']],
  ['[ab].*', ['a.txt', 'b.yaml']],
  ['[!a].*', ['b.yaml']],
  ['[b-c].*', ['b.yaml']],
  ['conf/x\\-1.ini', ['conf/x-1.ini']],
  ['[a', PATHS],
])('%s finds the files that it names', (pattern, expected) => {
  expect(PATHS.filter(parseGlob(pattern))).toEqual(expected)
})

test('patterns that would take long are read in time', () => {
  expect(parseGlob(`${'{a*,'.repeat(100)}b${'}'.repeat(100)}`)('a'.repeat(1000))).toBe(true)
  expect(parseGlob('{'.repeat(100_000))('a')).toBe(true)
})
