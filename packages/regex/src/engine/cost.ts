/**
 * How many steps a backtracking engine may need for a pattern. The bound is c * n^d for a text of n characters.
 *
 * A repetition is decided when the next character alone says whether it goes on: what it can go on with and what can
 * follow it have no character in common, or what follows cannot fail. Where all are decided, no attempt goes over a
 * character more often than the pattern is long. One that is not decided can be left at n places, and one within another
 * has no bound at all. A search makes n attempts, unless it can only succeed at the start of the text, no attempt can
 * fail after a repetition, or an attempt never begins within what a repetition has gone over.
 */
import { coverOf, joinRanges, overlap, type CharRange } from '../syntax/char-set.ts'
import type { PatternNode, Repeat } from '../syntax/node.ts'
import { canBeEmpty } from './meaning.ts'

/** A bound of the number of steps. */
export interface Cost {
  /** c; `Infinity` when there is no bound. */
  readonly factor: number
  /** d */
  readonly degree: number
}

const UNBOUNDED: Cost = { factor: Infinity, degree: 0 }
/** Patterns that nest deeper, or are larger, are not looked at. */
const DEEPEST = 40
const LARGEST = 2000

/** A bound of the number of steps that finding all matches takes. */
export function costOf(pattern: PatternNode): Cost {
  if (depthOf(pattern, DEEPEST) > DEEPEST || sizeOf(pattern) > LARGEST) return UNBOUNDED
  const walk = new Walk()
  const start = walk.enter(pattern, { cover: [], succeeds: true })
  const loops = walk.loops.toReversed()
  const undecided = loops.filter((loop) => !loop.isDecided).length
  const first = loops.findIndex((loop) => !loop.isDecided)
  // What the ways through the undecided ones lead to is gone over for each of them, unless that ends the attempt.
  const isScanned = loops.slice(Math.max(first, 0)).some((loop) => loop.isDecided && !(loop.succeeds && first >= 0))
  const scan = isScanned ? 1 : 0
  const attempt = undecided + scan
  const isFree =
    isAnchored(pattern) ||
    loops.every((loop) => loop.succeeds) ||
    (undecided === 0 && !start.succeeds && loops.every((loop) => !overlap(loop.chars, start.cover)))
  const factor = walk.factor * Math.max(1, sizeOf(pattern))
  // Without repetitions an attempt has a bound of its own, and there are n of them.
  return { factor, degree: isFree ? Math.max(attempt, isAnchored(pattern) ? 0 : 1) : attempt + 1 }
}

/** What can come next. */
interface Next {
  /** Characters with which it can go on. */
  readonly cover: readonly CharRange[]
  /** It cannot fail: if nothing else does, it matches nothing. */
  readonly succeeds: boolean
}

interface Loop {
  readonly isDecided: boolean
  readonly succeeds: boolean
  /** What it goes over. */
  readonly chars: readonly CharRange[]
}

const EVERYTHING: readonly CharRange[] = [[0, 0x10ffff]]

/** Goes through a pattern from its end to its start. */
class Walk {
  /** In the order of going. */
  readonly loops: Loop[] = []
  /** Ways through what is not repeated without bound. */
  factor = 1
  #loopsAround = 0

  /** What can come at the start of a node that is followed by `next`. */
  enter(node: PatternNode, next: Next): Next {
    switch (node.kind) {
      case 'set':
        return { cover: coverOf(node.set), succeeds: false }
      case 'assertion':
        // At the end of a text there is no character to go on with; of other places nothing is known.
        return { cover: node.assertion === 'text-end' ? [] : EVERYTHING, succeeds: false }
      case 'sequence':
        return node.parts.reduceRight((after, part) => this.enter(part, after), next)
      case 'group':
        return this.enter(node.node, next)
      case 'choice':
        return this.#choice(node.options, next)
      default:
        return this.#repeat(node, next)
    }
  }

  #choice(options: readonly PatternNode[], next: Next): Next {
    let cover: readonly CharRange[] = []
    let isDecided = true
    let succeeds = false
    for (const option of options) {
      const start = this.enter(option, next)
      if (overlap(cover, start.cover)) isDecided = false
      cover = joinRanges([...cover, ...start.cover])
      succeeds ||= start.succeeds
    }
    if (!isDecided) this.#multiply(options.length)
    return { cover, succeeds }
  }

  #repeat(repeat: Repeat, next: Next): Next {
    const { node, least, most } = repeat
    if (most === 0) return next
    const first = firstOf(node)
    const isDecided = next.succeeds || !overlap(first, next.cover)
    const around: Next = { cover: joinRanges([...first, ...next.cover]), succeeds: next.succeeds }
    const [factor, loops] = [this.factor, this.loops.length]
    this.factor = 1
    if (most === Infinity) this.#loopsAround++
    const start = this.enter(node, most === 1 ? next : around)
    if (most === Infinity) this.#endLoop(repeat, isDecided, next.succeeds, loops)
    else this.#repeatInside(most, loops)
    this.factor *= factor
    if (most !== Infinity && most > least && !isDecided) this.#multiply(most - least + 1)
    return least > 0 ? start : { cover: joinRanges([...start.cover, ...next.cover]), succeeds: next.succeeds }
  }

  #endLoop(repeat: Repeat, isDecided: boolean, succeeds: boolean, inside: number): void {
    this.#loopsAround--
    const isClear = this.loops.slice(inside).every((loop) => loop.isDecided)
    // A repetition in one that can be left in two ways has more ways than any power of the length.
    if (!isClear || (!isDecided && this.loops.length > inside)) this.factor = Infinity
    this.loops.push({ isDecided, succeeds, chars: charsOf(repeat.node) })
  }

  /** A part that comes several times has its ways and its repetitions as often. */
  #repeatInside(most: number, loops: number): void {
    if (most === 1) return
    this.factor **= most
    const inside = this.loops.slice(loops)
    if (inside.length * most > LARGEST) this.factor = Infinity
    else for (let turn = 1; turn < most; turn++) this.loops.push(...inside)
  }

  #multiply(ways: number): void {
    this.factor *= this.#loopsAround > 0 ? Infinity : ways
  }
}

/** Characters that a part can begin with; everything when it begins with a condition. */
function firstOf(node: PatternNode): readonly CharRange[] {
  switch (node.kind) {
    case 'set':
      return coverOf(node.set)
    case 'assertion':
      return EVERYTHING
    case 'sequence': {
      const end = node.parts.findIndex((part) => !canBeEmpty(part))
      const start = end < 0 ? node.parts : node.parts.slice(0, end + 1)
      return joinRanges(start.flatMap(firstOf))
    }
    case 'choice':
      return joinRanges(node.options.flatMap(firstOf))
    default:
      return firstOf(node.node)
  }
}

/** Characters that a part can go over. */
function charsOf(node: PatternNode): CharRange[] {
  switch (node.kind) {
    case 'set':
      return coverOf(node.set)
    case 'assertion':
      return []
    case 'sequence':
      return joinRanges(node.parts.flatMap(charsOf))
    case 'choice':
      return joinRanges(node.options.flatMap(charsOf))
    default:
      return charsOf(node.node)
  }
}

/** Whether a pattern matches at the start of a text only. */
function isAnchored(node: PatternNode): boolean {
  switch (node.kind) {
    case 'assertion':
      return node.assertion === 'text-start'
    case 'sequence':
      return node.parts[0] !== undefined && isAnchored(node.parts[0])
    case 'choice':
      return node.options.every(isAnchored)
    case 'group':
      return isAnchored(node.node)
    case 'repeat':
      return node.least > 0 && isAnchored(node.node)
    default:
      return false
  }
}

/** How many parts a pattern has, with those that come several times counted as often. */
export function sizeOf(node: PatternNode): number {
  switch (node.kind) {
    case 'set':
    case 'assertion':
      return 1
    case 'sequence':
      return node.parts.reduce((size, part) => size + sizeOf(part), 0)
    case 'choice':
      return node.options.reduce((size, option) => size + sizeOf(option), node.options.length)
    case 'repeat':
      return 1 + sizeOf(node.node) * Math.max(1, node.most === Infinity ? node.least : node.most)
    default:
      return 1 + sizeOf(node.node)
  }
}

/** How deep a pattern nests, as far as that is at most `limit`. */
function depthOf(node: PatternNode, limit: number): number {
  if (limit < 0) return 1
  switch (node.kind) {
    case 'set':
    case 'assertion':
      return 1
    case 'sequence':
      return 1 + node.parts.reduce((depth, part) => Math.max(depth, depthOf(part, limit - 1)), 0)
    case 'choice':
      return 1 + node.options.reduce((depth, option) => Math.max(depth, depthOf(option, limit - 1)), 0)
    default:
      return 1 + depthOf(node.node, limit - 1)
  }
}
