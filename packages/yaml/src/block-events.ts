/** Events of documents in everyday block style, read in one pass over their lines; anything else is left to js-yaml. */
//
// What makes two readers safe: this one gives up at the first character that it is not certain of, and its events are held
// against those of js-yaml by tests, over generated texts and real manifests.

import type { Event } from 'js-yaml'

// Numbers of js-yaml: see `compose.ts`.
const blockStyle = 1
const flowStyle = 2
const plain = 1
const singleQuoted = 2
const doubleQuoted = 3
const literal = 4
const folded = 5
const clip = 1
const strip = 2
const keep = 3

const space = 0x20
const newline = 0x0a
const hash = 0x23
const dash = 0x2d
const colon = 0x3a
const comma = 0x2c
const closingBracket = 0x5d

/** Characters that no plain scalar begins with, or only in cases that are left to js-yaml. */
const noPlainStart = new Uint8Array(128).fill(1, 0, 0x21).fill(1, 0x7f)
for (const indicator of ',[]{}#&*!|>\'"%@`') noPlainStart[indicator.charCodeAt(0)] = 1

/** Escapes of double quotes that stand for one character. */
const escapes: ReadonlySet<number> = new Set([...'"\\/nrt '].map((escape) => escape.charCodeAt(0)))

const ordinaryText = /^[\t\n\x20-\x7e\xa0-\ud7ff]*$/
const pop: Event = { type: 6 }

/** The events that js-yaml would give for the text of one document; undefined when that is not certain. */
export function blockEvents(input: string, maxDepth: number): Event[] | undefined {
  if (input.includes('\r') || input.includes('\0')) return undefined
  const reader = new BlockReader(input, maxDepth)
  return reader.read() ? reader.events : undefined
}

/** Methods that give a boolean or an offset say `false` or -1 when the text is to be left to js-yaml. */
class BlockReader {
  readonly events: Event[] = []
  readonly #input: string
  readonly #maxDepth: number
  /** Columns of the open collections, and whether they are sequences; the innermost is the last. */
  readonly #columns: number[] = []
  readonly #isSequence: boolean[] = []
  /** Column of the innermost collection; -1 when none is open. */
  #column = -1
  /** Whether the innermost collection has a key or a dash whose value has not come yet. */
  #pending = false
  /** The line that is read. */
  #start = 0
  #end = 0
  /** The scalar that `#scan` found. */
  #valueStart = 0
  #valueEnd = 0
  #style = plain
  #isFast = true
  /** The offset behind its colon, when it is a key, otherwise behind itself. */
  #behind = 0
  #isKey = false

  constructor(input: string, maxDepth: number) {
    this.#input = input
    this.#maxDepth = maxDepth
  }

  read(): boolean {
    const input = this.#input
    const { length } = input
    let explicitStart = false
    while (this.#start < length) {
      const start = this.#start
      const next = input.indexOf('\n', start)
      const end = next === -1 ? length : next
      this.#end = end
      let at = start
      while (at < end && input.charCodeAt(at) === space) at++
      const first = at === end ? hash : input.charCodeAt(at)
      if (first === hash) {
        // Blank, or a comment.
        this.#start = end + 1
      } else if (at === start && this.#isMarker(first)) {
        if (explicitStart || this.events.length > 0 || first !== dash || !this.#isBlank(at + 3)) return false
        explicitStart = true
        this.#start = end + 1
      } else {
        if (this.events.length === 0) {
          this.events.push({ type: 1, explicitStart, explicitEnd: false, directives: [] })
        }
        this.#start = end + 1
        if (!this.#line(at, at - start)) return false
      }
    }
    if (this.events.length === 0) return false
    while (this.#column !== -1) this.#close()
    this.events.push(pop)
    return true
  }

  #isMarker(first: number): boolean {
    return (first === dash || first === 0x2e) && this.#input.startsWith(first === dash ? '---' : '...', this.#start)
  }

  /** A line whose first character other than a space is at `at`, in `column`. */
  #line(at: number, column: number): boolean {
    while (this.#column > column) this.#close()
    const isDash = this.#isDash(at)
    if (this.#column === column) {
      if (isDash !== this.#isSequence.at(-1)) {
        if (isDash) {
          // A list may stand in the column of the key that it is the value of.
          if (!this.#pending || !this.#openSequence(at, column)) return false
        } else {
          this.#close()
          if (this.#column !== column) return false
        }
      } else if (this.#pending) this.#empty()
      return isDash ? this.#entry(at, column) : this.#scan(at) && this.#isKey && this.#keyAndValue()
    }
    if (this.#column === -1 ? column > 0 || this.events.length > 1 : !this.#pending) return false
    if (isDash) return this.#openSequence(at, column) && this.#entry(at, column)
    const first = this.#input.charCodeAt(at)
    if (first === 0x5b || first === 0x7b) return this.#column !== -1 && this.#flow(at, first)
    if (!this.#scan(at)) return false
    if (!this.#isKey) return this.#column !== -1 && this.#value()
    return this.#openMapping(at, column) && this.#keyAndValue()
  }

  /** What follows a dash at `at`: more dashes, a mapping, or a value. */
  #entry(at: number, column: number): boolean {
    const lineStart = at - column
    let next = this.#skipSpaces(at + 1)
    while (this.#isDash(next)) {
      if (!this.#openSequence(next, next - lineStart)) return false
      next = this.#skipSpaces(next + 1)
    }
    if (this.#isBlank(next)) {
      this.#pending = true
      return true
    }
    const first = this.#input.charCodeAt(next)
    if (first === 0x7c || first === 0x3e) return this.#blockScalar(next, first)
    if (first === 0x5b || first === 0x7b) return this.#flow(next, first)
    if (!this.#scan(next)) return false
    if (!this.#isKey) return this.#value()
    return this.#openMapping(next, next - lineStart) && this.#keyAndValue()
  }

  /** A scanned key and what is on its line. */
  #keyAndValue(): boolean {
    this.#scalar()
    const at = this.#skipSpaces(this.#behind)
    if (this.#isBlank(at)) {
      this.#pending = true
      return true
    }
    this.#pending = false
    const first = this.#input.charCodeAt(at)
    if (first === 0x7c || first === 0x3e) return this.#blockScalar(at, first)
    if (first === 0x5b || first === 0x7b) return this.#flow(at, first)
    return this.#scan(at) && !this.#isKey && this.#value()
  }

  /** A scanned scalar, and the lines that it goes on over. */
  #value(): boolean {
    if (this.#style === plain && this.#behind === this.#end && !this.#continuation()) return false
    this.#scalar()
    return this.#isBlank(this.#behind)
  }

  #openSequence(at: number, column: number): boolean {
    this.events.push(collection(2, at, blockStyle))
    return this.#open(column, true)
  }

  #openMapping(at: number, column: number): boolean {
    this.events.push(collection(3, at, blockStyle))
    return this.#open(column, false)
  }

  #open(column: number, isSequence: boolean): boolean {
    this.#columns.push(column)
    this.#isSequence.push(isSequence)
    this.#column = column
    this.#pending = false
    return this.#columns.length <= this.#maxDepth
  }

  #close(): void {
    if (this.#pending) this.#empty()
    this.events.push(pop)
    this.#columns.pop()
    this.#isSequence.pop()
    this.#column = this.#columns.at(-1) ?? -1
  }

  /** The pending value is empty. */
  #empty(): void {
    this.#pending = false
    this.events.push(scalar(-1, -1, plain, false))
  }

  #scalar(): void {
    this.#pending = false
    this.events.push(scalar(this.#valueStart, this.#valueEnd, this.#style, this.#isFast))
  }

  /** Finds the scalar, or the key, that begins at `at`; a plain one as far as its line goes. */
  #scan(at: number): boolean {
    const first = this.#input.charCodeAt(at)
    if (first === 0x22 || first === 0x27) {
      const lineEnd = this.#end
      if (!this.#scanQuoted(at, first)) return false
      const next = this.#skipSpaces(this.#behind)
      this.#isKey = next < this.#end && this.#input.charCodeAt(next) === colon
      if (!this.#isKey) return true
      // A key ends on its line.
      if (this.#end !== lineEnd) return false
      this.#behind = next + 1
      return this.#endsToken(next + 1)
    }
    if (first > 0x7f || noPlainStart[first] === 1) return false
    if ((first === dash || first === colon || first === 0x3f) && this.#endsToken(at + 1)) return false
    return this.#scanPlain(at)
  }

  #scanPlain(start: number): boolean {
    const input = this.#input
    const end = this.#end
    let at = start
    this.#isKey = false
    for (; at < end; at++) {
      const code = input.charCodeAt(at)
      if (code > colon) {
        if (code > 0x7e && (code < 0xa0 || code > 0xd7ff)) return false
      } else if (code === colon) {
        if (this.#endsToken(at + 1)) {
          this.#isKey = true
          break
        }
      } else if (code < space) return false
      else if (code === hash && input.charCodeAt(at - 1) === space) break
    }
    this.#behind = this.#isKey ? at + 1 : at
    while (input.charCodeAt(at - 1) === space) at--
    this.#valueStart = start
    this.#valueEnd = at
    this.#style = plain
    this.#isFast = true
    return true
  }

  /** Adds the lines below to a plain scalar, as long as they are indented more than its collection. */
  #continuation(): boolean {
    const input = this.#input
    const { length } = input
    const valueStart = this.#valueStart
    let isFast = true
    let start = this.#start
    while (start < length) {
      let at = start
      while (input.charCodeAt(at) === space) at++
      if (at === length) return false
      const next = input.indexOf('\n', at)
      const end = next === -1 ? length : next
      if (at < end) {
        if (at - start <= this.#column) break
        isFast = false
        if (input.charCodeAt(at) === hash) break
        this.#end = end
        if (!this.#scanPlain(at) || this.#isKey) return false
        this.#start = end + 1
        if (this.#behind < end) break
      }
      start = end + 1
    }
    this.#valueStart = valueStart
    this.#isFast = isFast
    return true
  }

  /** Finds a quoted scalar, which may go on over the lines below. */
  #scanQuoted(start: number, quote: number): boolean {
    const input = this.#input
    this.#isFast = true
    for (let at = start + 1; ; at++) {
      if (at === this.#end) {
        at = this.#nextQuotedLine()
        if (at === -1) return false
        this.#isFast = false
      }
      const code = input.charCodeAt(at)
      if (code < space) return false
      if (code === quote) {
        if (quote === 0x22 || input.charCodeAt(at + 1) !== quote) {
          this.#valueStart = start + 1
          this.#valueEnd = at
          this.#style = quote === 0x27 ? singleQuoted : doubleQuoted
          this.#behind = at + 1
          return true
        }
        this.#isFast = false
        at++
      } else if (code === 0x5c && quote === 0x22) {
        this.#isFast = false
        if (at + 1 < this.#end && !escapes.has(input.charCodeAt(++at)) && !isUnicodeEscape(input, at)) return false
      }
    }
  }

  /** Goes to the next line that is not blank and gives the offset of its text; -1 when it is indented too little. */
  #nextQuotedLine(): number {
    const input = this.#input
    const { length } = input
    while (this.#start < length) {
      let at = this.#start
      while (input.charCodeAt(at) === space) at++
      const next = input.indexOf('\n', at)
      this.#end = next === -1 ? length : next
      const column = at - this.#start
      this.#start = this.#end + 1
      if (at < this.#end) return column > this.#column ? at : -1
    }
    return -1
  }

  /** An empty mapping, or a list of scalars, that ends on the line. */
  #flow(start: number, first: number): boolean {
    this.#pending = false
    this.events.push(collection(first === 0x5b ? 2 : 3, start, flowStyle))
    let at = this.#skipSpaces(start + 1)
    if (first === 0x5b) {
      const lineEnd = this.#end
      while (at < lineEnd && this.#input.charCodeAt(at) !== closingBracket) {
        if (!this.#scanFlow(at) || this.#end !== lineEnd) return false
        this.#scalar()
        at = this.#skipSpaces(this.#behind)
        if (this.#input.charCodeAt(at) === comma) at = this.#skipSpaces(at + 1)
        else if (this.#input.charCodeAt(at) !== closingBracket) return false
      }
    }
    if (at >= this.#end || this.#input.charCodeAt(at) !== first + 2) return false
    this.events.push(pop)
    return this.#isBlank(at + 1)
  }

  /** Finds the item of a list that begins at `start`. */
  #scanFlow(start: number): boolean {
    const input = this.#input
    const first = input.charCodeAt(start)
    if (first === 0x22 || first === 0x27) return this.#scanQuoted(start, first)
    if (first > 0x7f || noPlainStart[first] === 1 || first === colon || first === 0x3f) return false
    if (first === dash && !/[\w-]/.test(input.charAt(start + 1))) return false
    let at = start
    for (; at < this.#end; at++) {
      const code = input.charCodeAt(at)
      if (code === comma || code === closingBracket) break
      // Other indicators of flow style, and whatever may be a key, a comment or unprintable.
      if (code === colon || code === hash || code === 0x5b || (code | 0x20) > 0x7a || code < space) return false
    }
    this.#behind = at
    while (input.charCodeAt(at - 1) === space) at--
    this.#valueStart = start
    this.#valueEnd = at
    this.#style = plain
    this.#isFast = true
    return true
  }

  /** A literal or folded scalar whose `|` or `>` is at `at`; its lines are read, too. */
  #blockScalar(at: number, first: number): boolean {
    const input = this.#input
    const { length } = input
    const sign = input.charCodeAt(at + 1)
    const chomping = sign === dash ? strip : sign === 0x2b ? keep : clip
    if (this.#skipSpaces(chomping === clip ? at + 1 : at + 2) !== this.#end) return false
    const valueStart = Math.min(this.#end + 1, length)
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
        if (column < (indent === -1 ? this.#column + 1 : indent)) break
        if (indent === -1 && column < blankColumn) return false
        indent = indent === -1 ? column : indent
      }
      const end = input.indexOf('\n', text)
      valueEnd = end === -1 ? length : end + 1
    }
    if (!ordinaryText.test(input.slice(valueStart, valueEnd))) return false
    this.#pending = false
    this.#start = valueEnd
    const style = first === 0x7c ? literal : folded
    this.events.push(scalar(valueStart, valueEnd, style, false, chomping, indent))
    return true
  }

  #isDash(at: number): boolean {
    return at < this.#end && this.#input.charCodeAt(at) === dash && this.#endsToken(at + 1)
  }

  /** Whether an indicator before `at` counts as one. */
  #endsToken(at: number): boolean {
    return at >= this.#end || this.#input.charCodeAt(at) === space
  }

  #skipSpaces(from: number): number {
    const input = this.#input
    let at = from
    while (at < this.#end && input.charCodeAt(at) === space) at++
    return at
  }

  /** Whether nothing but a comment is on the line from `from` on. */
  #isBlank(from: number): boolean {
    const at = this.#skipSpaces(from)
    return at >= this.#end || (this.#input.charCodeAt(at) === hash && this.#input.charCodeAt(at - 1) === space)
  }
}

function isUnicodeEscape(input: string, at: number): boolean {
  return input.charCodeAt(at) === 0x75 && /^[0-9A-Fa-f]{4}$/.test(input.slice(at + 1, at + 5))
}

// The members of events in js-yaml's order, so that the engine takes both for one kind of object.

function scalar(
  valueStart: number,
  valueEnd: number,
  style: number,
  fast: boolean,
  chomping: number = clip,
  indent = -1,
): Event {
  return {
    type: 4,
    valueStart,
    valueEnd,
    anchorStart: -1,
    anchorEnd: -1,
    tagStart: -1,
    tagEnd: -1,
    style,
    chomping,
    indent,
    fast,
  } as Event
}

function collection(type: 2 | 3, start: number, style: number): Event {
  return { type, start, anchorStart: -1, anchorEnd: -1, tagStart: -1, tagEnd: -1, style } as Event
}
