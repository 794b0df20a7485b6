import fc from 'fast-check'
import { expect, test } from 'vitest'
import { patterns, texts } from '../../testing/patterns.ts'
import { following, foundByReference, type Found } from '../../testing/reference.ts'
import { parsePattern } from '../syntax/parse.ts'
import { enginesOf, type Engine } from './engine.ts'

test('both engines find what another implementation finds', () => {
  let isNative = 0
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      const { native, linear } = enginesOf(pattern, parsePattern(pattern))
      const wanted = foundByReference(pattern, text)
      expect(allOf(linear(), text)).toEqual(wanted)
      expect(linear().test(text)).toBe(wanted.length > 0)
      if (native === undefined) return
      isNative++
      expect(allOf(native, text)).toEqual(wanted)
      expect(native.test(text)).toBe(wanted.length > 0)
    }),
    { numRuns: 4000 },
  )
  expect(isNative).toBeGreaterThan(1000)
})

function allOf(engine: Engine, text: string): Found[] {
  const found: Found[] = []
  for (let from = 0; from <= text.length;) {
    const match = engine.find(text, from, true)
    if (match === null) break
    found.push([match.index, ...Array.from(match, (group) => group ?? '')])
    from = following(text, from, match.index + match[0].length)
  }
  return found
}
