import fc from 'fast-check'
import { expect, test } from 'vitest'
import { patterns, texts } from '../../testing/patterns.ts'
import { parsePattern } from '../syntax/parse.ts'
import { enginesOf, type Engine } from './engine.ts'

test('both engines find the same', () => {
  let compared = 0
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      const { native, linear } = enginesOf(pattern, parsePattern(pattern))
      if (native === undefined) return
      compared++
      expect(allOf(native, text)).toEqual(allOf(linear(), text))
      expect(native.test(text)).toBe(linear().test(text))
    }),
    { numRuns: 4000 },
  )
  expect(compared).toBeGreaterThan(1000)
})

function allOf(engine: Engine, text: string): unknown[] {
  const found: unknown[] = []
  for (let from = 0; from <= text.length;) {
    const match = engine.find(text, from, true)
    if (match === null) break
    found.push([match.index, ...Array.from(match, (group) => group ?? '')])
    from = Math.max(match.index + match[0].length, from + ((text.codePointAt(from) ?? 0) > 0xffff ? 2 : 1))
  }
  return found
}
