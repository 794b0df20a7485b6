/** Marks for footnotes. */
import { expect, test } from 'vitest'

import { Footnotes } from './footnotes.ts'

test('equal texts share a mark, and no text has none', () => {
  const notes = new Footnotes(['b', '', 'a', 'b'])
  expect(['a', 'b', '', 'c'].map((text) => notes.markOf(text))).toEqual(['**', '*', '', ''])
  expect([...notes.notes()]).toEqual([
    { mark: '*', text: 'b' },
    { mark: '**', text: 'a' },
  ])
})

test('many texts have numbers', () => {
  expect(new Footnotes(['a', 'b', 'c']).markOf('c')).toBe('*3')
})
