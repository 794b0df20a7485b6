import fc from 'fast-check'
import { expect, test } from 'vitest'
import { patterns, texts } from '../../testing/patterns.ts'
import type { PatternNode } from '../syntax/node.ts'
import { parsePattern } from '../syntax/parse.ts'
import { costOf } from './cost.ts'
import { emitPattern } from './emit.ts'
import { meansTheSame } from './meaning.ts'

test('a backtracking engine needs no more steps than the bound', () => {
  let bounded = 0
  const repeated = fc.tuple(
    fc.array(
      texts.map((text) => text.slice(0, 2)),
      { minLength: 1, maxLength: 3 },
    ),
    fc.nat(20),
  )
  fc.assert(
    fc.property(patterns, repeated, (pattern, [units, times]) => {
      const { node } = parsePattern(pattern)
      const { factor, degree } = costOf(node)
      if (!meansTheSame(node) || factor === Infinity) return
      const text = units.map((unit) => unit.repeat(times)).join('')
      bounded++
      const places = text.length + 1
      // An attempt that fails at once is a step at each place even where all matches begin at the start of the text.
      expect(stepsToFindAll(node, text)).toBeLessThanOrEqual(4 * factor * (places ** degree + 1) + places * factor)
    }),
    { numRuns: 4000 },
  )
  expect(bounded).toBeGreaterThan(1000)
})

/** Counts how often a character is looked at by an engine that tries one way after the other. */
function stepsToFindAll(pattern: PatternNode, text: string): number {
  let steps = 0
  const tests = new Map<PatternNode, RegExp>()
  const testOf = (node: PatternNode): RegExp => {
    const known = tests.get(node) ?? new RegExp(emitPattern(node), 'uy')
    tests.set(node, known)
    return known
  }

  const matches = (node: PatternNode, at: number, next: (at: number) => boolean): boolean => {
    switch (node.kind) {
      case 'set':
      case 'assertion': {
        steps++
        if (steps > 2_000_000) return true
        const each = testOf(node)
        each.lastIndex = at
        const found = each.exec(text)
        return found !== null && next(at + found[0].length)
      }
      case 'sequence': {
        const from = (index: number, place: number): boolean => {
          const part = node.parts[index]
          return part === undefined ? next(place) : matches(part, place, (after) => from(index + 1, after))
        }
        return from(0, at)
      }
      case 'choice':
        return node.options.some((option) => matches(option, at, next))
      case 'group':
        return matches(node.node, at, next)
      default: {
        const turn = (times: number, place: number): boolean => {
          const again = (): boolean =>
            times < node.most &&
            matches(node.node, place, (after) => (after > place || times < node.least) && turn(times + 1, after))
          if (times < node.least) return again()
          return node.isGreedy ? again() || next(place) : next(place) || again()
        }
        return turn(0, at)
      }
    }
  }

  let from = 0
  while (from <= text.length) {
    let end = -1
    matches(pattern, from, (at) => {
      end = at
      return true
    })
    from = Math.max(end, from + ((text.codePointAt(from) ?? 0) > 0xffff ? 2 : 1))
  }
  return steps
}
