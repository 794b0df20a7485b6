/** The builtin `regex.globs_match`: whether two simple patterns have a text in common that is not empty. */
import type { BuiltinContext } from './builtin.ts'
import { failure } from './operands.ts'

/** Characters from one code point to another, both included. */
type Range = readonly [first: number, last: number]

/** A character of a pattern, which may be one of many, and how often it stands there. */
interface Part {
  readonly ranges: readonly Range[]
  /** It may be left out. */
  readonly isOptional: boolean
  /** It may stand there more than once. */
  readonly isRepeated: boolean
}

const ANY: readonly Range[] = [[0, 0x10ffff]]

/**
 * Patterns are made of characters, `.`, sets such as `[a-z.]`, and `*` and `+` behind these; `\` takes the meaning from what
 * follows. Two empty patterns match.
 * @throws {BuiltinError} for what is no such pattern
 */
export function globsMatch(context: BuiltinContext, left: string, right: string): boolean {
  const lefts = new GlobReader(left).parts()
  const rights = new GlobReader(right).parts()
  if (lefts.length === 0 && rights.length === 0) return true
  const width = rights.length + 1
  const pairs = (lefts.length + 1) * width
  context.spend(pairs)
  /** Pairs of places that a common text leads to, first the empty one, then all others; each is gone through once. */
  const isReached = new Uint8Array(pairs * 2)
  const waiting: number[] = []
  const goTo = (leftPlace: number, rightPlace: number, isEmpty: boolean): void => {
    const pair = leftPlace * width + rightPlace + (isEmpty ? 0 : pairs)
    if (isReached[pair] === 1) return
    isReached[pair] = 1
    waiting.push(pair)
  }
  goTo(0, 0, true)
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const isEmpty = pair < pairs
    const leftPlace = Math.floor((pair % pairs) / width)
    const rightPlace = (pair % pairs) % width
    const one = lefts[leftPlace]
    const other = rights[rightPlace]
    if (one === undefined && other === undefined && !isEmpty) return true
    if (one?.isOptional === true) goTo(leftPlace + 1, rightPlace, isEmpty)
    if (other?.isOptional === true) goTo(leftPlace, rightPlace + 1, isEmpty)
    if (one === undefined || other === undefined) continue
    context.spend(one.ranges.length * other.ranges.length)
    if (!overlap(one.ranges, other.ranges)) continue
    goTo(leftPlace + 1, rightPlace + 1, false)
    if (one.isRepeated) goTo(leftPlace, rightPlace + 1, false)
    if (other.isRepeated) goTo(leftPlace + 1, rightPlace, false)
    if (one.isRepeated && other.isRepeated) goTo(leftPlace, rightPlace, false)
  }
  return false
}

function overlap(left: readonly Range[], right: readonly Range[]): boolean {
  return left.some(([first, last]) => right.some(([start, end]) => first <= end && start <= last))
}

class GlobReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  parts(): Part[] {
    const parts: Part[] = []
    while (this.#at < this.#text.length) {
      const ranges = this.#characters()
      const flag = this.#text.charAt(this.#at)
      const isFlagged = flag === '*' || flag === '+'
      if (isFlagged) this.#at++
      parts.push({ ranges, isOptional: flag === '*', isRepeated: isFlagged })
    }
    return parts
  }

  #characters(): readonly Range[] {
    switch (this.#text.charAt(this.#at)) {
      case '*':
      case '+':
        throw this.#wrong('nothing that could be repeated stands before it')
      case ']':
        throw this.#wrong('no [ stands before it')
      case '.':
        this.#at++
        return ANY
      case '[':
        return this.#set()
      default: {
        const code = this.#code()
        return [[code, code]]
      }
    }
  }

  #set(): readonly Range[] {
    const ranges: Range[] = []
    this.#at++
    while (this.#text.charAt(this.#at) !== ']') {
      if (this.#at >= this.#text.length) throw this.#wrong('the set is not closed')
      if (this.#text.charAt(this.#at) === '-') throw this.#wrong('a range needs a character before its -')
      const first = this.#code()
      if (this.#text.charAt(this.#at) !== '-') {
        ranges.push([first, first])
        continue
      }
      this.#at++
      const next = this.#text.charAt(this.#at)
      if (next === '' || next === ']' || next === '-') throw this.#wrong('a range needs a character behind its -')
      const last = this.#code()
      if (last < first) throw this.#wrong('the range is out of order')
      ranges.push([first, last])
    }
    this.#at++
    return ranges
  }

  #code(): number {
    if (this.#text.charAt(this.#at) === '\\') this.#at++
    const code = this.#text.codePointAt(this.#at)
    if (code === undefined) throw this.#wrong('nothing follows the \\')
    this.#at += code > 0xffff ? 2 : 1
    return code
  }

  #wrong(what: string): Error {
    return failure(`${JSON.stringify(this.#text)} at ${this.#at}: ${what}`)
  }
}
