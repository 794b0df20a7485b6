/** Which engine matches a pattern: the RegExp of JavaScript where that is sure to be quick, else one that always is linear. */
import type { Pattern } from '../syntax/node.ts'
import { PatternError } from '../syntax/pattern-error.ts'
import { costOf, sizeOf, type Cost } from './cost.ts'
import { emitPattern } from './emit.ts'
import { Machine } from './machine.ts'
import { meansTheSame } from './meaning.ts'
import { programOf } from './program.ts'

/** A match: its text, then that of each group, undefined for groups that took no part. */
export interface Match extends ReadonlyArray<string | undefined> {
  readonly 0: string
  /** Where it begins. */
  readonly index: number
}

/** Finds matches. */
export interface Engine {
  readonly test: (text: string) => boolean
  /** The leftmost match that begins at `from` or later; groups may be left out when they are not asked for. */
  readonly find: (text: string, from: number, withGroups: boolean) => Match | null
}

/** Both engines of a pattern, made when they are needed. */
export interface Engines {
  readonly native: Engine | undefined
  /** The longest text that the native one gets. */
  readonly nativeLength: number
  readonly linear: () => Engine
  /** What all searches in a text of this length cost with the native engine, in characters that are gone over. */
  readonly nativeWork: (length: number) => number
  /** What one search in so many characters costs with the linear engine. */
  readonly linearWork: (length: number) => number
}

/** The size of a pattern, with what is repeated counted as often. */
const LARGEST = 20_000
/** Steps that a search may take at worst with the native engine: about a millisecond. */
const MOST_STEPS = 300_000
/** Steps for each character with which a search is as good as linear, however long the text is. */
const LINEAR_FACTOR = 100
/** Longer texts may need more than the native engine's room for going back. */
const NATIVE_LENGTH = 1 << 18
/** Steps of the native engine that take as long as other code takes for a character. */
const STEPS_A_CHARACTER = 200
/** Parts of a pattern that the linear engine may follow at once for the price of one. */
const INSTRUCTIONS_A_CHARACTER = 10

/**
 * The engines of a pattern.
 * @throws {PatternError} when it is too large
 */
export function enginesOf(text: string, pattern: Pattern): Engines {
  const size = sizeOf(pattern.node)
  if (size > LARGEST) throw new PatternError('expression too large', text)
  const { factor, degree } = costOf(pattern.node)
  const nativeLength = meansTheSame(pattern.node) ? Math.min(quickLength({ factor, degree }), NATIVE_LENGTH) : 0
  let linear: Engine | undefined
  return {
    native: nativeLength > 0 ? nativeEngine(pattern) : undefined,
    nativeLength,
    linear: () => (linear ??= linearEngine(pattern)),
    nativeWork: (length) => length + Math.ceil((factor * length ** degree) / STEPS_A_CHARACTER),
    linearWork: (length) => Math.ceil(length * (1 + size / INSTRUCTIONS_A_CHARACTER)),
  }
}

/** The longest text for which the native engine is sure to be quick. */
function quickLength({ factor, degree }: Cost): number {
  if (degree === 0) return factor <= MOST_STEPS ? Infinity : 0
  if (degree === 1 && factor <= LINEAR_FACTOR) return Infinity
  return Math.floor((MOST_STEPS / factor) ** (1 / degree))
}

function nativeEngine(pattern: Pattern): Engine {
  const search = new RegExp(emitPattern(pattern.node), 'gu')
  const find = (text: string, from: number): Match | null => {
    for (let start = from; ;) {
      search.lastIndex = start
      const match = search.exec(text)
      // V8 finds conditions between the halves of a surrogate pair too.
      if (match === null || !isInsidePair(text, match.index)) return match
      start = match.index + 1
    }
  }
  return { test: (text) => find(text, 0) !== null, find }
}

function isInsidePair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800
}

function linearEngine(pattern: Pattern): Engine {
  const machine = new Machine(programOf(pattern.node), pattern.groups.length)
  return {
    test: (text) => machine.search(text, 0, false, true) !== undefined,
    find: (text, from, withGroups) => {
      const found = machine.search(text, from, withGroups)
      if (found === undefined) return null
      const { start, end, slots } = found
      const groups: [string, ...(string | undefined)[]] = [text.slice(start, end)]
      for (let slot = 0; slot < slots.length; slot += 2) {
        const [first = -1, last = -1] = [slots[slot], slots[slot + 1]]
        groups.push(first < 0 || last < 0 ? undefined : text.slice(first, last))
      }
      return Object.assign(groups, { index: start })
    },
  }
}
