/** What is kept, and what has to be made again. */
import { expect, test } from 'vitest'

import { KeptResults } from './kept-results.ts'

test('the least recently used goes first, and the last one stays however heavy it is', () => {
  const made: string[] = []
  const kept = new KeptResults<string>(10)
  const get = (name: string): string => {
    const make = (): string => {
      made.push(name)
      return name
    }
    return kept.get(name, make, ({ length }) => length)
  }
  for (const name of ['aaaa', 'bbbb', 'aaaa', 'cccc', 'aaaa', 'bbbb', 'd'.repeat(20), 'd'.repeat(20), 'aaaa'])
    expect(get(name)).toBe(name)
  expect(made).toEqual(['aaaa', 'bbbb', 'cccc', 'bbbb', 'd'.repeat(20), 'aaaa'])
})
