/** Rego text to tokens, one at a time: the scanner holds the token that the parser looks at and nothing beyond it. */
import { numberFromText, type NumberValue } from '../values/number.ts'
import type { Comment, Location } from './ast.ts'
import { isDigit, isLetter, isWordPart } from './characters.ts'
import { readQuoted, readTemplateText, type TemplateText } from './quoted-text.ts'
import { SyntaxFailure } from './syntax-failure.ts'
import type { Keyword, Sign, TokenType } from './token.ts'

const TAB = 0x09
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const SPACE = 0x20
const QUOTE = 0x22
const HASH = 0x23
const DOLLAR = 0x24
const MINUS = 0x2d
const PLUS = 0x2b
const DOT = 0x2e
const ZERO = 0x30
const EQUALS = 0x3d
const LEFT_BRACKET = 0x5b
const BACKQUOTE = 0x60
const BYTE_ORDER_MARK = 0xfeff

/** Signs of one character by their code; the five that may have `=` after them are in DOUBLE too. */
const SINGLE = new Map<number, Sign>()
for (const sign of '{}[](),;:.=<>+-*/%|&') SINGLE.set(sign.charCodeAt(0), sign as Sign)
const DOUBLE = new Map<number, Sign>()
for (const sign of [':=', '==', '!=', '<=', '>='] as const) DOUBLE.set(sign.charCodeAt(0), sign)

/** What people mean by characters that Rego does not have. */
const HINTS = new Map([
  ['!', 'write `not x`, or `x != y`'],
  ["'", 'texts stand in double quotes or backquotes'],
])

/** Where the scanner stood, to go back there. */
export interface ScannerState {
  readonly at: number
  readonly type: TokenType
  readonly start: number
  readonly previousEnd: number
  readonly row: number
  readonly column: number
  readonly afterNewline: boolean
  readonly value: string
  readonly number: NumberValue
  readonly lineRow: number
  readonly lineStart: number
  readonly comments: number
}

/** Reads tokens; throws `SyntaxFailure` where there is none. */
export class Scanner {
  readonly file: string
  readonly text: string
  readonly comments: Comment[] = []
  /** The current token. */
  type: TokenType = 'end'
  start = 0
  end = 0
  row = 1
  column = 1
  /** Whether a line ended between the last token and this one. */
  afterNewline = false
  /** Where the last token ended. */
  previousEnd = 0
  /** The word of names and keywords, the text of strings. */
  value = ''
  /** What number tokens denote. */
  number: NumberValue = 0
  readonly #keywords: Map<string, Keyword>
  #place: Location | undefined
  #lineRow = 1
  /** Where a line would have to start for columns to be `start - #lineStart + 1`: pairs of surrogates count once. */
  #lineStart = 0

  constructor(file: string, text: string, keywords: Iterable<Keyword>) {
    this.file = file
    this.text = text
    this.#keywords = new Map([...keywords].map((word) => [word, word]))
    if (text.charCodeAt(0) === BYTE_ORDER_MARK) this.#lineStart = this.end = 1
  }

  /** From now on the word is a keyword, the current token included. */
  reserve(word: Keyword): void {
    this.#keywords.set(word, word)
    if (this.type === 'name' && this.value === word) this.type = word
  }

  isReserved(word: string): boolean {
    return this.#keywords.has(word)
  }

  /** Whether the current token stands right behind the last one. */
  isAdjacent(): boolean {
    return this.start === this.previousEnd
  }

  /** The place of the current token: the same object however often it is asked for. */
  location(): Location {
    const { start, end } = this
    if (this.#place?.start !== start || this.#place.end !== end) {
      this.#place = { file: this.file, row: this.row, column: this.column, start, end }
    }
    return this.#place
  }

  /** Goes to the next token. */
  next(): void {
    this.previousEnd = this.end
    this.afterNewline = false
    this.#skipSpace()
    this.start = this.end
    this.row = this.#lineRow
    this.column = this.start - this.#lineStart + 1
    const code = this.text.charCodeAt(this.end)
    if (isLetter(code)) this.#word()
    else if (isDigit(code)) this.#number()
    else if (this.end >= this.text.length) this.type = 'end'
    else this.#other(code)
  }

  /** The text of a template string from the end of the current token to the next term in it, or to its end. */
  templateText(isRaw: boolean): TemplateText {
    const part = readTemplateText(this.text, this.end, isRaw)
    if (typeof part.text === 'string') this.#skipText(this.end, part.end)
    else throw new SyntaxFailure(part.text.message, this.#locationAt(this.start, part.end))
    this.end = part.end
    return part as TemplateText
  }

  save(): ScannerState {
    const { type, start, previousEnd, row, column, afterNewline, value, number } = this
    return {
      at: this.end,
      type,
      start,
      previousEnd,
      row,
      column,
      afterNewline,
      value,
      number,
      lineRow: this.#lineRow,
      lineStart: this.#lineStart,
      comments: this.comments.length,
    }
  }

  restore(state: ScannerState): void {
    this.end = state.at
    this.type = state.type
    this.start = state.start
    this.previousEnd = state.previousEnd
    this.row = state.row
    this.column = state.column
    this.afterNewline = state.afterNewline
    this.value = state.value
    this.number = state.number
    this.#lineRow = state.lineRow
    this.#lineStart = state.lineStart
    this.comments.length = state.comments
  }

  /** Leaves out everything up to the next line that begins with a word; the current token is then stale. */
  skipToNextWord(): void {
    const { text } = this
    for (;;) {
      const lineEnd = text.indexOf('\n', this.end)
      if (lineEnd === -1) {
        this.end = text.length
        return
      }
      this.#lineRow++
      this.#lineStart = this.end = lineEnd + 1
      if (isLetter(text.charCodeAt(this.end))) return
    }
  }

  #skipSpace(): void {
    const { text } = this
    let at = this.end
    for (;;) {
      const code = text.charCodeAt(at)
      if (code === SPACE || code === TAB || code === CARRIAGE_RETURN) at++
      else if (code === LINE_FEED) {
        at++
        this.afterNewline = true
        this.#lineRow++
        this.#lineStart = at
      } else if (code === HASH) at = this.#comment(at)
      else break
    }
    this.end = at
  }

  #comment(start: number): number {
    const found = this.text.indexOf('\n', start)
    let end = found === -1 ? this.text.length : found
    if (this.text.charCodeAt(end - 1) === CARRIAGE_RETURN) end--
    const location = { file: this.file, row: this.#lineRow, column: start - this.#lineStart + 1, start, end }
    this.comments.push({ text: this.text.slice(start + 1, end), location })
    return found === -1 ? this.text.length : found
  }

  #word(): void {
    const { text } = this
    let at = this.end + 1
    while (isWordPart(text.charCodeAt(at))) at++
    this.value = text.slice(this.start, at)
    this.end = at
    const next = text.charCodeAt(at)
    // A keyword with something of it after it is a name: `in.x`, `not["a"]`.
    this.type = next === DOT || next === LEFT_BRACKET ? 'name' : (this.#keywords.get(this.value) ?? 'name')
  }

  #number(): void {
    const { text, start } = this
    let at = start + 1
    while (isDigit(text.charCodeAt(at))) at++
    if (text.charCodeAt(start) === ZERO && at > start + 1) this.#refuse('a number may not begin with 0', at)
    let isPlain = true
    if (text.charCodeAt(at) === DOT && !isLetter(text.charCodeAt(at + 1))) {
      isPlain = false
      at = this.#digits(at + 1, 'digits after the point')
    }
    const exponent = text.charCodeAt(at) | 0x20
    if (exponent === 0x65) {
      isPlain = false
      const sign = text.charCodeAt(at + 1)
      at = this.#digits(sign === PLUS || sign === MINUS ? at + 2 : at + 1, 'digits of the exponent')
    }
    if (isWordPart(text.charCodeAt(at))) this.#refuse('this is no number', at + 1)
    this.end = at
    this.type = 'number'
    const written = text.slice(start, at)
    this.value = written
    const number = isPlain && at - start < 16 ? Number(written) : numberFromText(written)
    if (number === undefined) this.#refuse('this number is too large', at)
    else this.number = number
  }

  #digits(start: number, what: string): number {
    let at = start
    while (isDigit(this.text.charCodeAt(at))) at++
    if (at === start) this.#refuse(`${what} are missing`, at)
    return at
  }

  #other(code: number): void {
    if (code === QUOTE || code === BACKQUOTE) {
      this.#quoted(code)
      return
    }
    const after = this.text.charCodeAt(this.end + 1)
    if (code === DOLLAR && (after === QUOTE || after === BACKQUOTE)) {
      this.type = 'template'
      this.value = after === BACKQUOTE ? '`' : '"'
      this.end += 2
      return
    }
    const sign = (after === EQUALS ? DOUBLE.get(code) : undefined) ?? SINGLE.get(code)
    if (sign === undefined) {
      const found = String.fromCodePoint(this.text.codePointAt(this.end) ?? 0)
      this.#refuse(`unexpected character ${JSON.stringify(found)}`, this.end + found.length, HINTS.get(found))
    } else {
      this.type = sign
      this.end += sign.length
    }
  }

  #quoted(code: number): void {
    const { value, end } = readQuoted(this.text, this.end, code === BACKQUOTE)
    if (typeof value !== 'string') return this.#refuse(value.message, end)
    this.#skipText(this.end, end)
    this.type = 'string'
    this.value = value
    this.end = end
  }

  /** Counts the rows and pairs of surrogates of a text that was read. */
  #skipText(from: number, to: number): void {
    const { text } = this
    for (let at = from; at < to; at++) {
      const code = text.charCodeAt(at)
      if (code === LINE_FEED) {
        this.#lineRow++
        this.#lineStart = at + 1
      } else if (code >= 0xdc00 && code <= 0xdfff) this.#lineStart++
    }
  }

  #refuse(message: string, end: number, hint?: string): void {
    const location = this.#locationAt(this.start, end)
    this.end = end
    throw new SyntaxFailure(message, location, hint)
  }

  #locationAt(start: number, end: number): Location {
    return { file: this.file, row: this.row, column: this.column, start, end }
  }
}
