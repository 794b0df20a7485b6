/** Events of documents in everyday block style, read in one pass over their lines; anything else is left to js-yaml. */
//
// What makes two readers safe: this one gives up at the first character that it is not certain of, and its events are held
// against those of js-yaml by tests, over generated texts and real manifests.

import type { Event } from 'js-yaml'
import { LineScan, plainStyle } from './line-scan.ts'
import { popEvent, smallCollection, smallScalar } from './small-event.ts'

// Numbers of js-yaml: see `compose.ts`.
const blockStyle = 1
const flowStyle = 2
const literal = 4
const folded = 5
const clip = 1
const strip = 2
const keep = 3

const space = 0x20
const newline = 0x0a
const hash = 0x23
const dash = 0x2d
const comma = 0x2c
const closingBracket = 0x5d

const ordinaryText = /^[\t\n\x20-\x7e\xa0-\ud7ff]*$/

/** The events that js-yaml would give for the text of one document; undefined when that is not certain. */
export function blockEvents(input: string, maxDepth: number): Event[] | undefined {
  if (input.includes('\r') || input.includes('\0')) return undefined
  // Part of a text, or a text that came from a decoder, is slow to read by character; this makes a flat copy of it.
  const reader = new BlockReader(`${input}\0`, maxDepth)
  return reader.read() ? reader.events : undefined
}

/** Methods that give a boolean or an offset say `false` or -1 when the text is to be left to js-yaml. */
class BlockReader {
  readonly events: Event[] = []
  readonly #input: string
  readonly #maxDepth: number
  readonly #scan: LineScan
  /** Columns of the open collections, and whether they are sequences; the innermost is the last. */
  readonly #columns: number[] = []
  readonly #isSequence: boolean[] = []
  /** Whether the innermost collection has a key or a dash whose value has not come yet. */
  #pending = false

  constructor(input: string, maxDepth: number) {
    this.#input = input
    this.#maxDepth = maxDepth
    this.#scan = new LineScan(input)
  }

  read(): boolean {
    const input = this.#input
    const { length } = this.#scan
    let explicitStart = false
    while (this.#scan.start < length) {
      const start = this.#scan.start
      const next = input.indexOf('\n', start)
      const end = next === -1 ? length : next
      this.#scan.end = end
      let at = start
      while (at < end && input.charCodeAt(at) === space) at++
      const first = at === end ? hash : input.charCodeAt(at)
      if (first === hash) {
        // Blank, or a comment.
        this.#scan.start = end + 1
      } else if (at === start && this.#isMarker(first)) {
        if (explicitStart || this.events.length > 0 || first !== dash || !this.#scan.isBlank(at + 3)) return false
        explicitStart = true
        this.#scan.start = end + 1
      } else {
        if (this.events.length === 0) {
          this.events.push({ type: 1, explicitStart, explicitEnd: false, directives: [] })
        }
        this.#scan.start = end + 1
        if (!this.#line(at, at - start)) return false
      }
    }
    if (this.events.length === 0) return false
    while (this.#scan.column !== -1) this.#close()
    this.events.push(popEvent)
    return true
  }

  #isMarker(first: number): boolean {
    return (
      (first === dash || first === 0x2e) && this.#input.startsWith(first === dash ? '---' : '...', this.#scan.start)
    )
  }

  /** A line whose first character other than a space is at `at`, in `column`. */
  #line(at: number, column: number): boolean {
    while (this.#scan.column > column) this.#close()
    const isDash = this.#scan.isDash(at)
    if (this.#scan.column === column) {
      if (isDash !== this.#isSequence.at(-1)) {
        if (isDash) {
          // A list may stand in the column of the key that it is the value of.
          if (!this.#pending || !this.#openSequence(at, column)) return false
        } else {
          this.#close()
          if (this.#scan.column !== column) return false
        }
      } else if (this.#pending) this.#empty()
      return isDash ? this.#entry(at, column) : this.#scan.readScalar(at) && this.#scan.isKey && this.#keyAndValue()
    }
    if (this.#scan.column === -1 ? column > 0 || this.events.length > 1 : !this.#pending) return false
    if (isDash) return this.#openSequence(at, column) && this.#entry(at, column)
    const first = this.#input.charCodeAt(at)
    if (first === 0x5b || first === 0x7b) return this.#scan.column !== -1 && this.#flow(at, first)
    if (!this.#scan.readScalar(at)) return false
    if (!this.#scan.isKey) return this.#scan.column !== -1 && this.#value()
    return this.#openMapping(at, column) && this.#keyAndValue()
  }

  /** What follows a dash at `at`: more dashes, a mapping, or a value. */
  #entry(at: number, column: number): boolean {
    const lineStart = at - column
    let next = this.#scan.skipSpaces(at + 1)
    while (this.#scan.isDash(next)) {
      if (!this.#openSequence(next, next - lineStart)) return false
      next = this.#scan.skipSpaces(next + 1)
    }
    if (this.#scan.isBlank(next)) {
      this.#pending = true
      return true
    }
    const first = this.#input.charCodeAt(next)
    if (first === 0x7c || first === 0x3e) return this.#blockScalar(next, first)
    if (first === 0x5b || first === 0x7b) return this.#flow(next, first)
    if (!this.#scan.readScalar(next)) return false
    if (!this.#scan.isKey) return this.#value()
    return this.#openMapping(next, next - lineStart) && this.#keyAndValue()
  }

  /** A scanned key and what is on its line. */
  #keyAndValue(): boolean {
    this.#scalar()
    const at = this.#scan.skipSpaces(this.#scan.behind)
    if (this.#scan.isBlank(at)) {
      this.#pending = true
      return true
    }
    this.#pending = false
    const first = this.#input.charCodeAt(at)
    if (first === 0x7c || first === 0x3e) return this.#blockScalar(at, first)
    if (first === 0x5b || first === 0x7b) return this.#flow(at, first)
    return this.#scan.readScalar(at) && !this.#scan.isKey && this.#value()
  }

  /** A scanned scalar, and the lines that it goes on over. */
  #value(): boolean {
    if (this.#scan.style === plainStyle && this.#scan.behind === this.#scan.end && !this.#scan.readOn()) return false
    this.#scalar()
    return this.#scan.isBlank(this.#scan.behind)
  }

  #openSequence(at: number, column: number): boolean {
    this.events.push(smallCollection(2, at, blockStyle))
    return this.#open(column, true)
  }

  #openMapping(at: number, column: number): boolean {
    this.events.push(smallCollection(3, at, blockStyle))
    return this.#open(column, false)
  }

  #open(column: number, isSequence: boolean): boolean {
    this.#columns.push(column)
    this.#isSequence.push(isSequence)
    this.#scan.column = column
    this.#pending = false
    return this.#columns.length <= this.#maxDepth
  }

  #close(): void {
    if (this.#pending) this.#empty()
    this.events.push(popEvent)
    this.#columns.pop()
    this.#isSequence.pop()
    this.#scan.column = this.#columns.at(-1) ?? -1
  }

  /** The pending value is empty. */
  #empty(): void {
    this.#pending = false
    this.events.push(smallScalar(-1, -1, plainStyle, false))
  }

  #scalar(): void {
    this.#pending = false
    this.events.push(smallScalar(this.#scan.valueStart, this.#scan.valueEnd, this.#scan.style, this.#scan.isFast))
  }

  /** An empty mapping, or a list of scalars, that ends on the line. */
  #flow(start: number, first: number): boolean {
    this.#pending = false
    this.events.push(smallCollection(first === 0x5b ? 2 : 3, start, flowStyle))
    let at = this.#scan.skipSpaces(start + 1)
    if (first === 0x5b) {
      const lineEnd = this.#scan.end
      while (at < lineEnd && this.#input.charCodeAt(at) !== closingBracket) {
        if (!this.#scan.readItem(at) || this.#scan.end !== lineEnd) return false
        this.#scalar()
        at = this.#scan.skipSpaces(this.#scan.behind)
        if (this.#input.charCodeAt(at) === comma) at = this.#scan.skipSpaces(at + 1)
        else if (this.#input.charCodeAt(at) !== closingBracket) return false
      }
    }
    if (at >= this.#scan.end || this.#input.charCodeAt(at) !== first + 2) return false
    this.events.push(popEvent)
    return this.#scan.isBlank(at + 1)
  }

  /** A literal or folded scalar whose `|` or `>` is at `at`; its lines are read, too. */
  #blockScalar(at: number, first: number): boolean {
    const input = this.#input
    const { length } = this.#scan
    const sign = input.charCodeAt(at + 1)
    const chomping = sign === dash ? strip : sign === 0x2b ? keep : clip
    if (this.#scan.skipSpaces(chomping === clip ? at + 1 : at + 2) !== this.#scan.end) return false
    const valueStart = Math.min(this.#scan.end + 1, length)
    let valueEnd = valueStart
    let indent = -1
    let blankColumn = 0
    while (valueEnd < length) {
      let text = valueEnd
      while (input.charCodeAt(text) === space) text++
      const column = text - valueEnd
      if (text === length) return false
      if (input.charCodeAt(text) === newline) {
        blankColumn = Math.max(blankColumn, column)
      } else {
        if (column < (indent === -1 ? this.#scan.column + 1 : indent)) break
        if (indent === -1 && column < blankColumn) return false
        indent = indent === -1 ? column : indent
      }
      const end = input.indexOf('\n', text)
      valueEnd = end === -1 ? length : end + 1
    }
    if (!ordinaryText.test(input.slice(valueStart, valueEnd))) return false
    this.#pending = false
    this.#scan.start = valueEnd
    const style = first === 0x7c ? literal : folded
    this.events.push(Object.assign(smallScalar(valueStart, valueEnd, style, false), { chomping, indent }))
    return true
  }
}
