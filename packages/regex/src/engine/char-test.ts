/** Tells whether characters belong to a set. */
import { coverOf, type CharSet } from '../syntax/char-set.ts'
import { emitSet } from './emit.ts'

/** Whether a code point belongs to a set. */
export type CharTest = (codePoint: number) => boolean

/** Code points below are looked up in a table. */
const TABLE = 0x80

/** The test of a set. */
export function charTest(set: CharSet): CharTest {
  const table = new Uint8Array(TABLE)
  const beyond = testBeyond(set)
  for (let code = 0; code < TABLE; code++) table[code] = beyond(code) ? 1 : 0
  return (codePoint) => (codePoint < TABLE ? table[codePoint] === 1 : beyond(codePoint))
}

function testBeyond(set: CharSet): CharTest {
  if (set.classes.length === 0 && !set.ignoresCase) {
    const cover = coverOf(set)
    return (codePoint) => cover.some(([first, last]) => first <= codePoint && codePoint <= last)
  }
  // A class is negated after letters got their other case, which `\P` of the engine does the other way round.
  const flags = set.ignoresCase ? 'iu' : 'u'
  const members = set.classes.map(({ name, isNegated }) => ({
    pattern: new RegExp(`^\\p{${name}}$`, flags),
    isNegated,
  }))
  const ranges = { ...set, classes: [], isNegated: false }
  members.push({ pattern: new RegExp(`^${emitSet(ranges)}$`, flags), isNegated: false })
  return (codePoint) => {
    const char = String.fromCodePoint(codePoint)
    return members.some(({ pattern, isNegated }) => pattern.test(char) !== isNegated) !== set.isNegated
  }
}
