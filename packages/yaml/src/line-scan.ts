/** Scalars and white space of the lines of a document, for the reader of block style: see `block-events.ts`. */

/** Numbers of js-yaml for the styles of scalars. */
export const plainStyle = 1
const singleQuotedStyle = 2
const doubleQuotedStyle = 3

const space = 0x20
const hash = 0x23
const dash = 0x2d
const colon = 0x3a
const comma = 0x2c
const questionMark = 0x3f
const closingBracket = 0x5d

/** Characters that no plain scalar begins with, or only in cases that are left to js-yaml. */
const noPlainStart = new Uint8Array(128).fill(1, 0, 0x21).fill(1, 0x7f)
for (const indicator of ',[]{}#&*!|>\'"%@`') noPlainStart[indicator.charCodeAt(0)] = 1

/** Escapes of double quotes that stand for one character. */
const escapes: ReadonlySet<number> = new Set(Array.from('"\\/nrt ', (escape) => escape.charCodeAt(0)))

/** A line, and the scalar that was read last. Methods that read say `false` when the text is to be left to js-yaml. */
export class LineScan {
  readonly #input: string
  /** Length of the text without the NUL that ends it. */
  readonly length: number
  /** Where the next line begins, and where the one that is read ends. */
  start = 0
  end = 0
  /** Column of the collection that scalars are in; -1 when there is none. */
  column = -1
  valueStart = 0
  valueEnd = 0
  style = plainStyle
  isFast = true
  /** The offset behind the scalar, and behind its colon when it is a key. */
  behind = 0
  isKey = false

  constructor(input: string) {
    this.#input = input
    this.length = input.length - 1
  }

  /** Finds the scalar, or the key, that begins at `at`; a plain one as far as its line goes. */
  readScalar(at: number): boolean {
    const first = this.#input.charCodeAt(at)
    if (first === 0x22 || first === 0x27) {
      const lineEnd = this.end
      if (!this.#quoted(at, first)) return false
      const next = this.skipSpaces(this.behind)
      this.isKey = next < this.end && this.#input.charCodeAt(next) === colon
      if (!this.isKey) return true
      // A key ends on its line.
      if (this.end !== lineEnd) return false
      this.behind = next + 1
      return this.endsToken(next + 1)
    }
    if (first > 0x7f || noPlainStart[first] === 1) return false
    if ((first === dash || first === colon || first === questionMark) && this.endsToken(at + 1)) return false
    return this.#plain(at)
  }

  #plain(start: number): boolean {
    const input = this.#input
    const end = this.end
    let at = start
    this.isKey = false
    for (; at < end; at++) {
      const code = input.charCodeAt(at)
      if (code > colon) {
        if (code > 0x7e && (code < 0xa0 || code > 0xd7ff)) return false
      } else if (code === colon) {
        if (this.endsToken(at + 1)) {
          this.isKey = true
          break
        }
      } else if (code < space) return false
      else if (code === hash && input.charCodeAt(at - 1) === space) break
    }
    this.behind = this.isKey ? at + 1 : at
    while (input.charCodeAt(at - 1) === space) at--
    this.valueStart = start
    this.valueEnd = at
    this.style = plainStyle
    this.isFast = true
    return true
  }

  /** Adds the lines below to a plain scalar, as long as they are indented more than its collection. */
  readOn(): boolean {
    const input = this.#input
    const { length } = this
    const valueStart = this.valueStart
    let isFast = true
    let start = this.start
    while (start < length) {
      let at = start
      while (input.charCodeAt(at) === space) at++
      if (at === length) return false
      const next = input.indexOf('\n', at)
      const end = next === -1 ? length : next
      if (at < end) {
        if (at - start <= this.column) break
        isFast = false
        if (input.charCodeAt(at) === hash) break
        this.end = end
        if (!this.#plain(at) || this.isKey) return false
        this.start = end + 1
        if (this.behind < end) break
      }
      start = end + 1
    }
    this.valueStart = valueStart
    this.isFast = isFast
    return true
  }

  /** Finds a quoted scalar, which may go on over the lines below. */
  #quoted(start: number, quote: number): boolean {
    const input = this.#input
    this.isFast = true
    for (let at = start + 1; ; at++) {
      if (at === this.end) {
        at = this.#nextQuotedLine()
        if (at === -1) return false
        this.isFast = false
      }
      const code = input.charCodeAt(at)
      if (code < space) return false
      if (code === quote) {
        if (quote === 0x22 || input.charCodeAt(at + 1) !== quote) {
          this.valueStart = start + 1
          this.valueEnd = at
          this.style = quote === 0x27 ? singleQuotedStyle : doubleQuotedStyle
          this.behind = at + 1
          return true
        }
        this.isFast = false
        at++
      } else if (code === 0x5c && quote === 0x22) {
        this.isFast = false
        if (at + 1 < this.end && !escapes.has(input.charCodeAt(++at)) && !isUnicodeEscape(input, at)) return false
      }
    }
  }

  /** Goes to the next line that is not blank and gives the offset of its text; -1 when it is indented too little. */
  #nextQuotedLine(): number {
    const input = this.#input
    const { length } = this
    while (this.start < length) {
      let at = this.start
      while (input.charCodeAt(at) === space) at++
      const next = input.indexOf('\n', at)
      this.end = next === -1 ? length : next
      const column = at - this.start
      this.start = this.end + 1
      if (at < this.end) return column > this.column ? at : -1
    }
    return -1
  }

  /** Finds the item of a list that begins at `start`. */
  readItem(start: number): boolean {
    const input = this.#input
    const first = input.charCodeAt(start)
    if (first === 0x22 || first === 0x27) return this.#quoted(start, first)
    if (first > 0x7f || noPlainStart[first] === 1 || first === colon || first === questionMark) return false
    if (first === dash && !/[\w-]/.test(input.charAt(start + 1))) return false
    let at = start
    for (; at < this.end; at++) {
      const code = input.charCodeAt(at)
      if (code === comma || code === closingBracket) break
      // Other indicators of flow style, and whatever may be a key, a comment or unprintable.
      if (code === colon || code === hash || code === 0x5b || (code | 0x20) > 0x7a || code < space) return false
    }
    this.behind = at
    while (input.charCodeAt(at - 1) === space) at--
    this.valueStart = start
    this.valueEnd = at
    this.style = plainStyle
    this.isFast = true
    return true
  }

  isDash(at: number): boolean {
    return at < this.end && this.#input.charCodeAt(at) === dash && this.endsToken(at + 1)
  }

  /** Whether an indicator before `at` counts as one. */
  endsToken(at: number): boolean {
    return at >= this.end || this.#input.charCodeAt(at) === space
  }

  skipSpaces(from: number): number {
    const input = this.#input
    let at = from
    while (at < this.end && input.charCodeAt(at) === space) at++
    return at
  }

  /** Whether nothing but a comment is on the line from `from` on. */
  isBlank(from: number): boolean {
    const at = this.skipSpaces(from)
    return at >= this.end || (this.#input.charCodeAt(at) === hash && this.#input.charCodeAt(at - 1) === space)
  }
}

function isUnicodeEscape(input: string, at: number): boolean {
  return input.charCodeAt(at) === 0x75 && /^[0-9A-Fa-f]{4}$/.test(input.slice(at + 1, at + 5))
}
