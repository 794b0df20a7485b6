/**
 * Texts of JSON, read as Go's package encoding/json reads them, its words for what is wrong included. What becomes of values is the
 * affair of who asks. Not by `JSON.parse`: besides having other words for errors, that of V8 14 can take an escaped key for another
 * one that it saw before.
 */

const ENDED = 'unexpected end of JSON input'
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPENING_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSING_BRACKET = 0x5d
const OPENING_BRACE = 0x7b
const CLOSING_BRACE = 0x7d
const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30
const NINE = 0x39
const LARGE_E = 0x45
const SMALL_E = 0x65
const SMALL_F = 0x66
const SMALL_N = 0x6e
const SMALL_T = 0x74

/** What becomes of a text: its values, and what to do about errors. */
export interface JsonForm<Value, Entries> {
  /** Lists and objects within each other. */
  readonly deepest: number
  /** The value of a number as it is written. */
  number(text: string): Value
  list(items: Value[]): Value
  /** The entries of an object that begins. */
  begin(): Entries
  /** An entry; a later one with the same key takes the place of the first. */
  put(entries: Entries, key: string, value: Value): void
  end(entries: Entries): Value
  /** Throws for what is no JSON, which the message says in the words of Go. */
  fail(message: string): never
  /** Throws for a text that nests deeper. */
  tooDeep(): never
}

/** The value of a JSON text: of the grammar of RFC 8259, with whatever `form` makes of it. */
export function readJsonText<Value, Entries>(
  text: string,
  form: JsonForm<Value | boolean | null | string, Entries>,
): Value | boolean | null | string {
  return new JsonReader(text, form).document()
}

/** Goes through the text by the grammar of RFC 8259. */
class JsonReader<Value, Entries> {
  readonly #text: string
  readonly #form: JsonForm<Value | boolean | null | string, Entries>
  #depth = 0
  #at = 0

  constructor(text: string, form: JsonForm<Value | boolean | null | string, Entries>) {
    this.#text = text
    this.#form = form
  }

  document(): Value | boolean | null | string {
    const value = this.#value()
    this.#space()
    if (this.#at < this.#text.length) this.#fail('after top-level value')
    return value
  }

  #value(): Value | boolean | null | string {
    this.#space()
    const first = this.#text.charCodeAt(this.#at)
    if (first === QUOTE) return this.#string()
    if (first === OPENING_BRACE) return this.#object()
    if (first === OPENING_BRACKET) return this.#array()
    if (first === MINUS || (first >= ZERO && first <= NINE)) return this.#number()
    if (first === SMALL_T) return this.#word('true', true)
    if (first === SMALL_F) return this.#word('false', false)
    if (first === SMALL_N) return this.#word('null', null)
    return this.#fail('looking for beginning of value')
  }

  #object(): Value | boolean | null | string {
    const form = this.#form
    const entries = form.begin()
    this.#at++
    this.#space()
    if (this.#take(CLOSING_BRACE)) return form.end(entries)
    this.#enter()
    for (;;) {
      this.#space()
      if (this.#text.charCodeAt(this.#at) !== QUOTE) this.#fail('looking for beginning of object key string')
      const key = this.#string()
      this.#space()
      if (!this.#take(COLON)) this.#fail('after object key')
      form.put(entries, key, this.#value())
      this.#space()
      if (this.#take(CLOSING_BRACE)) break
      if (!this.#take(COMMA)) this.#fail('after object key:value pair')
    }
    this.#depth--
    return form.end(entries)
  }

  #array(): Value | boolean | null | string {
    const items: (Value | boolean | null | string)[] = []
    this.#at++
    this.#space()
    if (this.#take(CLOSING_BRACKET)) return this.#form.list(items)
    this.#enter()
    for (;;) {
      items.push(this.#value())
      this.#space()
      if (this.#take(CLOSING_BRACKET)) break
      if (!this.#take(COMMA)) this.#fail('after array element')
    }
    this.#depth--
    return this.#form.list(items)
  }

  #string(): string {
    const text = this.#text
    let start = ++this.#at
    let read = ''
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code >= 0x20 && code !== QUOTE && code !== BACKSLASH) continue
      this.#at = at
      if (code === QUOTE) {
        const last = text.slice(start, this.#at++)
        // Half a pair of surrogates, which an escape can make, is no character.
        return read === '' ? last : (read + last).toWellFormed()
      }
      if (code < 0x20) this.#fail('in string literal')
      read += text.slice(start, this.#at++)
      read += this.#escape()
      at = this.#at
      start = at + 1
    }
    this.#at = text.length
    return this.#fail('')
  }

  /** Stays at the last character of the escape. */
  #escape(): string {
    const letter = this.#text.charAt(this.#at)
    if (letter !== 'u') return ESCAPES.get(letter) ?? this.#fail('in string escape code')
    let code = 0
    for (let digit = 0; digit < 4; digit++) {
      const value = '0123456789abcdef'.indexOf(this.#text.charAt(++this.#at).toLowerCase() || 'x')
      if (value === -1) this.#fail('in \\u hexadecimal character escape')
      code = code * 16 + value
    }
    return String.fromCharCode(code)
  }

  #number(): Value | boolean | null | string {
    const digits = this.#digits()
    if (digits !== undefined) return this.#form.number(digits)
    NUMBER.lastIndex = this.#at
    const read = NUMBER.exec(this.#text)?.[0]
    if (read === undefined) {
      this.#at++
      return this.#fail('in numeric literal')
    }
    this.#at += read.length
    const next = this.#text.charAt(this.#at)
    if (next === '.' && !/[.eE]/.test(read)) {
      this.#at++
      return this.#fail('after decimal point in numeric literal')
    }
    if ((next === 'e' || next === 'E') && !/[eE]/.test(read)) {
      this.#at += /^[-+]/.test(this.#text.charAt(this.#at + 1)) ? 2 : 1
      return this.#fail('in exponent of numeric literal')
    }
    return this.#form.number(read)
  }

  /** Goes over a number that is digits alone, as most are; undefined, and no step, for what is more or less than that. */
  #digits(): string | undefined {
    const text = this.#text
    let at = this.#at
    let code = text.charCodeAt(at)
    if (code <= ZERO) return undefined
    while (code >= ZERO && code <= NINE) code = text.charCodeAt(++at)
    if (code === POINT || code === SMALL_E || code === LARGE_E) return undefined
    const digits = text.slice(this.#at, at)
    this.#at = at
    return digits
  }

  #word<Word>(word: string, value: Word): Word {
    for (let index = 0; index < word.length; index++, this.#at++) {
      if (this.#text.charAt(this.#at) === word.charAt(index)) continue
      return this.#fail(`in literal ${word} (expecting '${word.charAt(index)}')`)
    }
    return value
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code > 0x20 || (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09)) return
      this.#at++
    }
  }

  #take(code: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== code) return false
    this.#at++
    return true
  }

  #enter(): void {
    if (++this.#depth > this.#form.deepest) this.#form.tooDeep()
  }

  #fail(where: string): never {
    const point = this.#text.codePointAt(this.#at)
    return this.#form.fail(point === undefined ? ENDED : `invalid character ${quoted(point)} ${where}`)
  }
}

/** A character as Go quotes it; of one outside of ASCII its scanner sees the first byte. */
function quoted(point: number): string {
  if (point === 0x27) return String.raw`'\''`
  if (point === BACKSLASH) return String.raw`'\\'`
  const code = point < 0x80 ? point : firstByte(point)
  if (code >= 0x20 && code !== 0x7f && (code < 0x80 || code > 0xa0)) return `'${String.fromCharCode(code)}'`
  const short = '\0\0\0\0\0\0\0abtnvfr'.charAt(code)
  return short === '' || short === '\0' ? `'\\x${code.toString(16).padStart(2, '0')}'` : `'\\${short}'`
}

function firstByte(point: number): number {
  return new TextEncoder().encode(String.fromCodePoint(point))[0] ?? 0
}
