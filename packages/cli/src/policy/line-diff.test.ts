import fc from 'fast-check'
import { expect, test } from 'vitest'

import { lineDiff } from './line-diff.ts'

test('equal texts have no difference', () => {
  expect(lineDiff('a\nb\n', 'a\nb\n', 'f')).toBe('')
})

test('a changed line stands between three lines of context, with its numbers', () => {
  const before = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((each) => `${each}\n`).join('')
  expect(lineDiff(before, before.replace('5', 'five'), 'f.rego')).toBe(
    '--- f.rego\n+++ f.rego\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n',
  )
})

test('changes that are far apart are shown apart', () => {
  const before = Array.from({ length: 30 }, (_, at) => `${at}\n`).join('')
  const after = before.replace('\n2\n', '\ntwo\n').replace('\n25\n', '\n')
  expect(lineDiff(before, after, 'f').match(/^@@ .*/gm)).toEqual(['@@ -1,6 +1,6 @@', '@@ -23,7 +23,6 @@'])
})

test('what is left and added makes the new text, what is left and removed the old one', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', '')).map((lines) => lines.map((line) => `${line}\n`).join(''))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = lineDiff(before, after, 'f').split('\n').slice(2, -1)
      const body = lines.filter((line) => !line.startsWith('@@'))
      if (before === after) return
      const of = (sign: string): string[] => body.filter((line) => line.startsWith(sign)).map((line) => line.slice(1))
      const [old, now] = [before, after].map((each) => each.split('\n').slice(0, -1))
      expect(of('-').every((line) => old?.includes(line))).toBe(true)
      expect(of('+').every((line) => now?.includes(line))).toBe(true)
      expect(of('+').length - of('-').length).toBe((now?.length ?? 0) - (old?.length ?? 0))
    }),
  )
})
