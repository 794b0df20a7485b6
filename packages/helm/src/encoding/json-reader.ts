/**
 * JSON to values: Go's `json.Unmarshal` into a variable of any type, its errors included. Not by `JSON.parse`: besides having
 * other words for errors, that of V8 14 can take an escaped key for another one that it saw before.
 */

import { type CallContext, Dict, List, type Value } from '@kubescape/go-template'
import { EncodingError } from './encoding-error.ts'
import { Nesting } from './nesting.ts'

const ended = 'unexpected end of JSON input'
const numberShape = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y
const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])
const words: ReadonlyMap<string, readonly [string, Value]> = new Map([
  ['t', ['true', true]],
  ['f', ['false', false]],
  ['n', ['null', null]],
])

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colon = 0x3a
const closingBracket = 0x5d
const closingBrace = 0x7d

/**
 * The value of a JSON text; all numbers are float64.
 * @throws {EncodingError} with Go's words for what is wrong with the text
 * @throws {LimitError} for a text that nests too deep
 */
export function readJson(text: string, context: Pick<CallContext, 'spend'>): Value {
  context.spend(text.length)
  return new JsonReader(text).document()
}

/** Goes through the text by the grammar of RFC 8259. */
class JsonReader {
  readonly #text: string
  readonly #nesting = new Nesting()
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): Value {
    const value = this.#value()
    this.#space()
    if (this.#at < this.#text.length) this.#fail('after top-level value')
    return value
  }

  #value(): Value {
    this.#space()
    const first = this.#text.charAt(this.#at)
    if (first === '"') return this.#string()
    if (first === '{') return this.#object()
    if (first === '[') return this.#array()
    if (first === '-' || (first >= '0' && first <= '9')) return this.#number()
    const word = words.get(first)
    return word === undefined ? this.#fail('looking for beginning of value') : this.#word(...word)
  }

  #object(): Dict {
    const entries = new Map<string, Value>()
    this.#at++
    this.#space()
    if (this.#take(closingBrace)) return new Dict(entries)
    this.#nesting.enter(entries)
    for (;;) {
      this.#space()
      if (this.#text.charCodeAt(this.#at) !== quote) this.#fail('looking for beginning of object key string')
      const key = this.#string()
      this.#space()
      if (!this.#take(colon)) this.#fail('after object key')
      entries.set(key, this.#value())
      this.#space()
      if (this.#take(closingBrace)) break
      if (!this.#take(comma)) this.#fail('after object key:value pair')
    }
    this.#nesting.leave()
    return new Dict(entries)
  }

  #array(): List {
    const items: Value[] = []
    this.#at++
    this.#space()
    if (this.#take(closingBracket)) return new List(items)
    this.#nesting.enter(items)
    for (;;) {
      items.push(this.#value())
      this.#space()
      if (this.#take(closingBracket)) break
      if (!this.#take(comma)) this.#fail('after array element')
    }
    this.#nesting.leave()
    return new List(items)
  }

  #string(): string {
    const text = this.#text
    let start = ++this.#at
    let read = ''
    for (; this.#at < text.length; this.#at++) {
      const code = text.charCodeAt(this.#at)
      if (code === quote) {
        read += text.slice(start, this.#at++)
        // Half a pair of surrogates, which an escape can make, is no character.
        return read.toWellFormed()
      }
      if (code < 0x20) this.#fail('in string literal')
      if (code !== backslash) continue
      read += text.slice(start, this.#at++)
      read += this.#escape()
      start = this.#at + 1
    }
    return this.#fail('')
  }

  /** Stays at the last character of the escape. */
  #escape(): string {
    const letter = this.#text.charAt(this.#at)
    if (letter !== 'u') return escapes.get(letter) ?? this.#fail('in string escape code')
    let code = 0
    for (let digit = 0; digit < 4; digit++) {
      const value = '0123456789abcdef'.indexOf(this.#text.charAt(++this.#at).toLowerCase() || 'x')
      if (value === -1) this.#fail('in \\u hexadecimal character escape')
      code = code * 16 + value
    }
    return String.fromCharCode(code)
  }

  #number(): number {
    numberShape.lastIndex = this.#at
    const read = numberShape.exec(this.#text)?.[0]
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
    const value = Number(read)
    if (Number.isFinite(value)) return value
    throw new EncodingError(`json: cannot unmarshal number ${read.slice(0, 100)} into Go value of type float64`)
  }

  #word(word: string, value: Value): Value {
    for (let index = 0; index < word.length; index++, this.#at++) {
      if (this.#text.charAt(this.#at) === word.charAt(index)) continue
      return this.#fail(`in literal ${word} (expecting '${word.charAt(index)}')`)
    }
    return value
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.#at++
    }
  }

  #take(code: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== code) return false
    this.#at++
    return true
  }

  #fail(where: string): never {
    const point = this.#text.codePointAt(this.#at)
    throw new EncodingError(point === undefined ? ended : `invalid character ${quoted(point)} ${where}`)
  }
}

/** A character as Go quotes it; of one outside of ASCII its scanner sees the first byte. */
function quoted(point: number): string {
  if (point === 0x27) return String.raw`'\''`
  if (point === backslash) return String.raw`'\\'`
  const code = point < 0x80 ? point : firstByte(point)
  if (code >= 0x20 && code !== 0x7f && (code < 0x80 || code > 0xa0)) return `'${String.fromCharCode(code)}'`
  const short = '\0\0\0\0\0\0\0abtnvfr'.charAt(code)
  return short === '' || short === '\0' ? `'\\x${code.toString(16).padStart(2, '0')}'` : `'\\${short}'`
}

function firstByte(point: number): number {
  return new TextEncoder().encode(String.fromCodePoint(point))[0] ?? 0
}
