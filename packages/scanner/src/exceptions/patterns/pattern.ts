/**
 * Patterns that people write in exceptions, matched in time that grows with the length of pattern and text alone: every way
 * through a pattern is followed at once, so that no text makes a pattern expensive. The syntax is that of Go's `regexp`.
 */
import { parsePattern, type PatternNode } from './parse-pattern.ts'

/** Says whether a text is meant. */
export type TextTest = (text: string) => boolean

/** A pattern of more characters is refused. */
const LONGEST_PATTERN = 2000
/** Steps that a pattern may have once its repetitions are written out. */
const MOST_STEPS = 5000
/** A longer text matches no pattern: names end at 253 characters, and only annotations go on. */
const LONGEST_TEXT = 8192

/** Characters that mean something in a pattern. */
const SPECIAL = /[\\.+*?()|[\]{}^$]/

/**
 * A test whether the pattern is the whole text.
 * @throws {SyntaxError} with one clause for people, for a pattern that cannot be read or is too long
 */
export function compileWhole(pattern: string, { ignoreCase = false } = {}): TextTest {
  if (pattern.length > LONGEST_PATTERN) throw new SyntaxError(`it has more than ${LONGEST_PATTERN} characters`)
  if (!SPECIAL.test(pattern)) {
    const wanted = ignoreCase ? pattern.toLowerCase() : pattern
    return (text) => (ignoreCase ? text.toLowerCase() : text) === wanted
  }
  const program = new Program(parsePattern(pattern, ignoreCase))
  return (text) => text.length <= LONGEST_TEXT && program.isWhole(text)
}

/** A test against a text in which `*` stands for any characters. */
export function compileWildcards(text: string, { ignoreCase = false } = {}): TextTest {
  if (/^\*+$/.test(text)) return () => true
  const pieces = (ignoreCase ? text.toLowerCase() : text).split(/\*+/)
  return (other) => fits(pieces, ignoreCase ? other.toLowerCase() : other)
}

/** Each piece is taken where it comes first, which leaves the most for the others. */
function fits(pieces: readonly string[], text: string): boolean {
  const [first = '', ...rest] = pieces
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false
  const end = text.length - last.length
  let at = first.length
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found < 0 || found + piece.length > end) return false
    at = found + piece.length
  }
  return true
}

/** A step of a program: it takes a character, asks something of the place, or leaves the choice between two. */
interface Step {
  readonly takes?: (char: string) => boolean
  readonly asks?: (text: string, at: number) => boolean
  next: number
  readonly other?: number
}

/** The place behind the last step. */
const END = -1

class Program {
  readonly #steps: Step[] = []
  readonly #start: number
  #added = 0

  constructor(node: PatternNode) {
    this.#start = this.#add(node, END)
  }

  /** Follows every way through the program at once, character by character. */
  isWhole(text: string): boolean {
    const seen = new Int32Array(this.#steps.length).fill(-1)
    let places: number[] = []
    let isEnd = this.#reach(this.#start, text, 0, seen, places)
    for (let at = 0; at < text.length;) {
      if (places.length === 0) return false
      const char = String.fromCodePoint(text.codePointAt(at) ?? 0)
      at += char.length
      const next: number[] = []
      isEnd = false
      for (const place of places) {
        const step = this.#steps[place]
        if (step?.takes?.(char) === true && this.#reach(step.next, text, at, seen, next)) isEnd = true
      }
      places = next
    }
    return isEnd
  }

  /** Adds the steps that take a character next; true when the end can be reached without another one. */
  #reach(from: number, text: string, at: number, seen: Int32Array, places: number[]): boolean {
    const waiting = [from]
    let isEnd = false
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
      if (place === END) {
        isEnd = true
        continue
      }
      const step = this.#steps[place]
      if (step === undefined || seen[place] === at) continue
      seen[place] = at
      if (step.takes !== undefined) places.push(place)
      else if (step.asks === undefined || step.asks(text, at)) {
        waiting.push(step.next)
        if (step.other !== undefined) waiting.push(step.other)
      }
    }
    return isEnd
  }

  /** Writes a node in front of the step `next`, and gives its first step. */
  #add(node: PatternNode, next: number): number {
    // Repetitions of nothing cost no steps, and yet time.
    if (++this.#added > 4 * MOST_STEPS) throw new SyntaxError('its repetitions are too many')
    switch (node.kind) {
      case 'char':
        return this.#push({ takes: node.test, next })
      case 'assert':
        return this.#push({ asks: node.test, next })
      case 'sequence':
        return node.parts.reduceRight((after, part) => this.#add(part, after), next)
      case 'choice': {
        const [first, ...others] = node.options.map((option) => this.#add(option, next))
        return others.reduce((other, option) => this.#push({ next: option, other }), first ?? next)
      }
      default:
        return this.#addRepeat(node, next)
    }
  }

  #addRepeat({ node, least, most }: PatternNode & { kind: 'repeat' }, next: number): number {
    let start = next
    if (most === Infinity) {
      const loop: Step = { next: END, other: next }
      start = this.#push(loop)
      loop.next = this.#add(node, start)
    } else {
      for (let count = least; count < most; count++) {
        start = this.#push({ next: this.#add(node, start), other: next })
      }
    }
    for (let count = 0; count < least; count++) start = this.#add(node, start)
    return start
  }

  #push(step: Step): number {
    if (this.#steps.length >= MOST_STEPS) throw new SyntaxError('its repetitions are too many')
    return this.#steps.push(step) - 1
  }
}
