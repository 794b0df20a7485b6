/** What Go's scanner of JSON says of a text that is none. */

import { DEEPEST } from './encoding-error.ts'

const ended = 'unexpected end of JSON input'
const numberShape = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y
const digits = '0123456789'

/** The first thing that is wrong with the text. */
export function explainJson(text: string): string {
  return new Explanation(text).find()
}

/** Goes through the text by the grammar of RFC 8259 until something does not fit. */
class Explanation {
  readonly #text: string
  #at = 0
  #found: string | undefined

  constructor(text: string) {
    this.#text = text
  }

  find(): string {
    const isValue = this.#value(0)
    this.#space()
    if (isValue && this.#at < this.#text.length) this.#fail('after top-level value')
    return this.#found ?? ended
  }

  #fail(where: string): false {
    const point = this.#text.codePointAt(this.#at)
    this.#found ??= point === undefined ? ended : `invalid character ${quoted(point)} ${where}`
    return false
  }

  #space(): void {
    while (' \t\r\n'.includes(this.#text.charAt(this.#at) || 'x')) this.#at++
  }

  #value(depth: number): boolean {
    this.#space()
    const first = this.#text.charAt(this.#at)
    if (depth > DEEPEST) {
      this.#found ??= 'exceeded max depth'
      return false
    }
    if (first === '{') return this.#object(depth)
    if (first === '[') return this.#array(depth)
    if (first === '"') return this.#string()
    if (first === '-' || (first !== '' && digits.includes(first))) return this.#number()
    for (const word of ['true', 'false', 'null']) {
      if (first === word.charAt(0)) return this.#word(word)
    }
    return this.#fail('looking for beginning of value')
  }

  #object(depth: number): boolean {
    this.#at++
    this.#space()
    if (this.#take('}')) return true
    for (;;) {
      this.#space()
      if (this.#text.charAt(this.#at) !== '"') return this.#fail('looking for beginning of object key string')
      if (!this.#string()) return false
      this.#space()
      if (!this.#take(':')) return this.#fail('after object key')
      if (!this.#value(depth + 1)) return false
      this.#space()
      if (this.#take('}')) return true
      if (!this.#take(',')) return this.#fail('after object key:value pair')
    }
  }

  #array(depth: number): boolean {
    this.#at++
    this.#space()
    if (this.#take(']')) return true
    for (;;) {
      if (!this.#value(depth + 1)) return false
      this.#space()
      if (this.#take(']')) return true
      if (!this.#take(',')) return this.#fail('after array element')
    }
  }

  #string(): boolean {
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const code = this.#text.charCodeAt(this.#at)
      if (code === 0x22) {
        this.#at++
        return true
      }
      if (code < 0x20) return this.#fail('in string literal')
      if (code !== 0x5c) continue
      const letter = this.#text.charAt(++this.#at)
      if (letter === 'u') {
        for (let digit = 0; digit < 4; digit++) {
          this.#at++
          if (!/^[0-9a-fA-F]$/.test(this.#text.charAt(this.#at)))
            return this.#fail('in \\u hexadecimal character escape')
        }
      } else if (letter === '' || !'"\\/bfnrt'.includes(letter)) return this.#fail('in string escape code')
    }
    return this.#fail('')
  }

  #number(): boolean {
    numberShape.lastIndex = this.#at
    const start = this.#at
    const match = numberShape.exec(this.#text)
    if (match === null) {
      this.#at++
      return this.#fail('in numeric literal')
    }
    this.#at += match[0].length
    const next = this.#text.charAt(this.#at)
    const read = this.#text.slice(start, this.#at)
    const rest = this.#text.slice(this.#at)
    if (next === '.' && !/[.eE]/.test(read)) {
      this.#at++
      return this.#fail('after decimal point in numeric literal')
    }
    if (/^[eE]/.test(rest) && !/[eE]/.test(read)) {
      this.#at += /^[eE][-+]?/.exec(rest)?.[0].length ?? 1
      return this.#fail('in exponent of numeric literal')
    }
    return true
  }

  #word(word: string): boolean {
    for (let index = 0; index < word.length; index++, this.#at++) {
      if (this.#text.charAt(this.#at) === word.charAt(index)) continue
      return this.#fail(`in literal ${word} (expecting ${quoted(word.charCodeAt(index))})`)
    }
    return true
  }

  #take(character: string): boolean {
    if (this.#text.charAt(this.#at) !== character) return false
    this.#at++
    return true
  }
}

/** A character as Go quotes it; of one outside of ASCII its scanner sees the first byte. */
function quoted(point: number): string {
  if (point === 0x27) return String.raw`'\''`
  if (point === 0x22) return `'"'`
  if (point === 0x5c) return String.raw`'\\'`
  const code = point < 0x80 ? point : firstByte(point)
  if (code >= 0x20 && code !== 0x7f && (code < 0x80 || code > 0xa0)) return `'${String.fromCharCode(code)}'`
  const short = '\0\0\0\0\0\0\0abtnvfr'.charAt(code)
  return short === '' || short === '\0' ? `'\\x${code.toString(16).padStart(2, '0')}'` : `'\\${short}'`
}

function firstByte(point: number): number {
  return new TextEncoder().encode(String.fromCodePoint(point))[0] ?? 0
}
