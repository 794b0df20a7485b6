/** JSON to values and back, as Go's package encoding/json reads and writes it; numbers keep their texts. */
import { numberFromText, isNumber, numberText } from '../values/number.ts'
import { emptyObject } from '../values/object.ts'
import { get, keysOf, RegoObject, RegoSet, type ObjectValue, type Value } from '../values/value.ts'
import { compareStrings } from '../values/text-order.ts'
import { failure } from './operands.ts'

/** Lists and objects within each other. */
const DEEPEST = 2_000
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
const WORDS: ReadonlyMap<string, readonly [string, Value]> = new Map([
  ['t', ['true', true]],
  ['f', ['false', false]],
  ['n', ['null', null]],
])

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const CLOSING_BRACKET = 0x5d
const CLOSING_BRACE = 0x7d

/**
 * The value of a JSON text.
 * @throws {BuiltinError} for what is no JSON, and for what nests too deep
 */
export function readJson(text: string): Value {
  return new Reader(text).document()
}

/** How a value is laid out over lines: what stands before each line, and once more for each level. */
export interface Layout {
  readonly prefix: string
  readonly indent: string
}

/**
 * The value as JSON without spaces, or in lines: keys in order, sets as arrays; keys that are no texts as their JSON.
 * @throws {BuiltinError} for what nests too deep
 */
export function writeJson(value: Value, layout?: Layout): string {
  return layout === undefined ? written(value, 0) : layout.prefix + laidOut(value, layout, `\n${layout.prefix}`, 0)
}

/** Goes through the text by the grammar of RFC 8259. */
class Reader {
  readonly #text: string
  #depth = 0
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): Value {
    const value = this.#value()
    this.#space()
    if (this.#at < this.#text.length) this.#fail('after the value')
    return value
  }

  #value(): Value {
    this.#space()
    const first = this.#text.charAt(this.#at)
    if (first === '"') return this.#string()
    if (first === '{') return this.#object()
    if (first === '[') return this.#array()
    if (first === '-' || (first >= '0' && first <= '9')) return this.#number()
    const word = WORDS.get(first)
    return word === undefined ? this.#fail('where a value must begin') : this.#word(...word)
  }

  #object(): Value {
    const object = emptyObject()
    this.#at++
    this.#space()
    if (this.#take(CLOSING_BRACE)) return object
    this.#enter()
    for (;;) {
      this.#space()
      if (this.#text.charCodeAt(this.#at) !== QUOTE) this.#fail('where a key must begin')
      const key = this.#string()
      this.#space()
      if (!this.#take(COLON)) this.#fail('after a key')
      object[key] = this.#value()
      this.#space()
      if (this.#take(CLOSING_BRACE)) break
      if (!this.#take(COMMA)) this.#fail('after an entry of an object')
    }
    this.#depth--
    return object
  }

  #array(): Value {
    const items: Value[] = []
    this.#at++
    this.#space()
    if (this.#take(CLOSING_BRACKET)) return items
    this.#enter()
    for (;;) {
      items.push(this.#value())
      this.#space()
      if (this.#take(CLOSING_BRACKET)) break
      if (!this.#take(COMMA)) this.#fail('after an item of an array')
    }
    this.#depth--
    return items
  }

  #string(): string {
    const text = this.#text
    let start = ++this.#at
    let read = ''
    for (; this.#at < text.length; this.#at++) {
      const code = text.charCodeAt(this.#at)
      if (code === QUOTE) {
        const last = text.slice(start, this.#at++)
        // Half a pair of surrogates, which an escape can make, is no character.
        return read === '' ? last : (read + last).toWellFormed()
      }
      if (code < 0x20) this.#fail('in a text')
      if (code !== BACKSLASH) continue
      read += text.slice(start, this.#at++)
      read += this.#escape()
      start = this.#at + 1
    }
    return this.#fail('')
  }

  /** Stays at the last character of the escape. */
  #escape(): string {
    const letter = this.#text.charAt(this.#at)
    if (letter !== 'u') return ESCAPES.get(letter) ?? this.#fail('in an escape')
    let code = 0
    for (let digit = 0; digit < 4; digit++) {
      const value = '0123456789abcdef'.indexOf(this.#text.charAt(++this.#at).toLowerCase() || 'x')
      if (value === -1) this.#fail('in an escape')
      code = code * 16 + value
    }
    return String.fromCharCode(code)
  }

  #number(): Value {
    NUMBER.lastIndex = this.#at
    const read = NUMBER.exec(this.#text)?.[0]
    if (read === undefined) {
      this.#at++
      return this.#fail('in a number')
    }
    this.#at += read.length
    const number = numberFromText(read)
    if (number === undefined) throw failure(`number ${read.slice(0, 40)} is out of range`)
    return number
  }

  #word(word: string, value: Value): Value {
    for (let at = 0; at < word.length; at++, this.#at++) {
      if (this.#text.charAt(this.#at) !== word.charAt(at)) this.#fail(`in the word ${word}`)
    }
    return value
  }

  #space(): void {
    for (; ; this.#at++) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x09 && code !== 0x0d) return
    }
  }

  #take(code: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== code) return false
    this.#at++
    return true
  }

  #enter(): void {
    if (++this.#depth > DEEPEST) throw failure(`the text nests more than ${DEEPEST} levels deep`)
  }

  #fail(where: string): never {
    const code = this.#text.codePointAt(this.#at)
    if (code === undefined) throw failure('the text ends too early')
    throw failure(`invalid character ${JSON.stringify(String.fromCodePoint(code))} ${where}`)
  }
}

function written(value: Value, depth: number): string {
  if (typeof value === 'string') return textJson(value)
  if (isNumber(value)) return numberText(value)
  if (value === null || typeof value === 'boolean') return String(value)
  enter(depth)
  const members = membersOf(value)
  let text = ''
  if (members !== undefined) {
    for (const member of members) text += `${text === '' ? '' : ','}${written(member, depth + 1)}`
    return `[${text}]`
  }
  for (const [key, member] of entriesOf(value as ObjectValue)) {
    text += `${text === '' ? '' : ','}${textJson(key)}:${written(member, depth + 1)}`
  }
  return `{${text}}`
}

function laidOut(value: Value, layout: Layout, line: string, depth: number): string {
  if (typeof value !== 'object' || value === null || isNumber(value)) return written(value, depth)
  enter(depth)
  const inner = line + layout.indent
  const members = membersOf(value)
  const lines =
    members === undefined
      ? entriesOf(value as ObjectValue).map(
          ([key, member]) => `${textJson(key)}: ${laidOut(member, layout, inner, depth + 1)}`,
        )
      : members.map((member) => laidOut(member, layout, inner, depth + 1))
  const [open, close] = members === undefined ? '{}' : '[]'
  return lines.length === 0 ? `${open}${close}` : `${open}${inner}${lines.join(`,${inner}`)}${line}${close}`
}

function enter(depth: number): void {
  if (depth > DEEPEST) throw failure(`the value nests more than ${DEEPEST} levels deep`)
}

function membersOf(value: Value): readonly Value[] | undefined {
  if (Array.isArray(value)) return value as readonly Value[]
  return value instanceof RegoSet ? value.values() : undefined
}

/** Entries by the texts of their keys, in the order of these; of two keys with one text the last wins. */
function entriesOf(object: ObjectValue): (readonly [string, Value])[] {
  const keys = keysOf(object)
  if (!(object instanceof RegoObject)) return keys.map((key) => [key as string, object[key as string] as Value])
  const byText = new Map<string, Value>()
  for (const key of keys) byText.set(typeof key === 'string' ? key : written(key, 0), get(object, key) as Value)
  return [...byText].toSorted(([a], [b]) => compareStrings(a, b))
}

/** Characters that may not stand in a text as they are, or that pages would take for more than text. */
// eslint-disable-next-line no-control-regex
const UNSAFE = /[\u0000-\u001f"\\<>&\u2028\u2029\ud800-\udfff]/
// eslint-disable-next-line no-control-regex
const EACH_UNSAFE = /[\u0000-\u001f"\\<>&\u2028\u2029]/g
const SHORT = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

function textJson(text: string): string {
  return UNSAFE.test(text) ? `"${text.toWellFormed().replaceAll(EACH_UNSAFE, escaped)}"` : `"${text}"`
}

function escaped(character: string): string {
  return SHORT.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
