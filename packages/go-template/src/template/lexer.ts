/** Template text to tokens: package text/template, section "Text and spaces" and "Actions". */
import { sprintf } from '../go/print.ts'
import { isAlphanumeric, isSpace } from './characters.ts'
import { scanNumber } from './number-scan.ts'
import { KEYWORDS, type Token, type TokenType } from './token.ts'

const SPACE = 0x20
const QUOTE = 0x22
const DOLLAR = 0x24
const APOSTROPHE = 0x27
const MINUS = 0x2d
const DOT = 0x2e
const BACKSLASH = 0x5c
const RIGHT_BRACE = 0x7d
const LINE_FEED = 0x0a

/** Reads tokens one after another. After an `error` token nothing follows that makes sense. */
export class Lexer {
  readonly #text: string
  readonly #keywords: ReadonlySet<string>
  #at = 0
  #start = 0
  #line = 1
  /** The first line feed that is not in `#line`. */
  #lineFeed: number
  #isInAction = false
  #parentheses = 0

  /** `functions` tells which words are functions: one called `break` hides the keyword. */
  constructor(text: string, functions: { has(name: string): boolean }) {
    this.#text = text
    this.#lineFeed = lineFeedAfter(text, 0)
    this.#keywords = new Set(['break', 'continue'].filter((word) => functions.has(word)))
  }

  /** The next token; at the end of the text always `end of text`. */
  next(): Token {
    this.#start = this.#at
    return this.#isInAction ? this.#action() : this.#outside()
  }

  #outside(): Token {
    for (;;) {
      const found = this.#text.indexOf('{{', this.#at)
      const end = found === -1 ? this.#text.length : found
      if (end > this.#at) {
        const trims = found !== -1 && this.#hasLeftTrim(end + 2)
        const trimmed = trims ? trimEnd(this.#text, this.#at, end) : end
        const start = this.#at
        this.#at = end
        if (trimmed > start) return this.#token('text', start, trimmed)
      }
      this.#start = this.#at
      if (found === -1) return this.#token('end of text', this.#at, this.#at)
      const token = this.#leftDelimiter()
      if (token !== undefined) return token
    }
  }

  /** Undefined for a comment, which gives no token. */
  #leftDelimiter(): Token | undefined {
    const start = this.#at
    this.#at += this.#hasLeftTrim(start + 2) ? 4 : 2
    if (!this.#text.startsWith('/*', this.#at)) {
      this.#isInAction = true
      this.#parentheses = 0
      return this.#token('left delimiter', start, start + 2)
    }
    this.#start = this.#at
    const end = this.#text.indexOf('*/', this.#at + 2)
    if (end === -1) return this.#error('unclosed comment')
    this.#at = end + 2
    const trims = this.#atRightTrim(this.#at)
    if (!trims && !this.#text.startsWith('}}', this.#at)) return this.#error('comment ends before closing delimiter')
    this.#skipRightDelimiter(trims)
    return undefined
  }

  #skipRightDelimiter(trims: boolean): void {
    this.#at += trims ? 4 : 2
    if (trims) while (this.#at < this.#text.length && isSpace(this.#text.charCodeAt(this.#at))) this.#at++
  }

  #rightDelimiter(trims: boolean): Token {
    const start = trims ? this.#at + 2 : this.#at
    this.#isInAction = false
    this.#skipRightDelimiter(trims)
    return this.#token('right delimiter', start, start + 2)
  }

  #action(): Token {
    const start = this.#at
    if (start >= this.#text.length) return this.#error('unclosed action')
    const code = this.#text.charCodeAt(start)
    const trims = isSpace(code) && this.#atRightTrim(start)
    if (trims || (code === RIGHT_BRACE && this.#text.charCodeAt(start + 1) === RIGHT_BRACE)) {
      return this.#parentheses === 0 ? this.#rightDelimiter(trims) : this.#error('unclosed left paren')
    }
    if (isSpace(code)) return this.#spaces()
    this.#at++
    switch (code) {
      case QUOTE:
        return this.#quoted('string', QUOTE, 'unterminated quoted string')
      case APOSTROPHE:
        return this.#quoted('character constant', APOSTROPHE, 'unterminated character constant')
      case DOLLAR:
        return this.#fieldOrVariable('variable')
      case DOT:
        return isDigit(this.#text.charCodeAt(this.#at)) ? this.#number() : this.#fieldOrVariable('field')
      default:
        return this.#sign(code)
    }
  }

  #sign(code: number): Token {
    const sign = String.fromCharCode(code)
    switch (sign) {
      case '`':
        return this.#rawQuoted()
      case '|':
      case '=':
        return this.#token(sign, this.#start, this.#at)
      case ':':
        if (!this.#text.startsWith('=', this.#at)) return this.#error('expected :=')
        this.#at++
        return this.#token(':=', this.#start, this.#at)
      case '(':
        this.#parentheses++
        return this.#token('(', this.#start, this.#at)
      case ')':
        this.#parentheses--
        return this.#parentheses < 0 ? this.#error('unexpected right paren') : this.#token(')', this.#start, this.#at)
      default:
    }
    if (code === MINUS || sign === '+' || isDigit(code)) return this.#number()
    this.#at = this.#start
    if (isAlphanumeric(this.#codeHere())) return this.#identifier()
    this.#at++
    if (code > SPACE && code < 0x7f) return this.#token('character', this.#start, this.#at)
    return this.#error(`unrecognized character in action: ${showRune(this.#text.codePointAt(this.#start) ?? 0)}`)
  }

  #spaces(): Token {
    while (this.#at < this.#text.length && isSpace(this.#text.charCodeAt(this.#at))) {
      if (this.#at > this.#start && this.#atRightTrim(this.#at)) break
      this.#at++
    }
    return this.#token('space', this.#start, this.#at)
  }

  #identifier(): Token {
    this.#word()
    if (!this.#atTerminator()) return this.#badCharacter()
    const word = this.#text.slice(this.#start, this.#at)
    const keyword = this.#keywords.has(word) ? undefined : KEYWORDS.get(word)
    const type = keyword ?? (word === 'true' || word === 'false' ? 'bool' : 'identifier')
    return this.#token(type, this.#start, this.#at)
  }

  #fieldOrVariable(type: 'field' | 'variable'): Token {
    if (this.#atTerminator()) return this.#token(type === 'variable' ? type : '.', this.#start, this.#at)
    this.#word()
    return this.#atTerminator() ? this.#token(type, this.#start, this.#at) : this.#badCharacter()
  }

  #word(): void {
    for (let code = this.#codeHere(); isAlphanumeric(code); code = this.#codeHere()) this.#at += code > 0xffff ? 2 : 1
  }

  #number(): Token {
    this.#at = scanNumber(this.#text, this.#start)
    let type: TokenType = 'number'
    let isGood = !isAlphanumeric(this.#codeHere())
    const sign = this.#text.charAt(this.#at)
    if (isGood && (sign === '+' || sign === '-')) {
      type = 'complex'
      this.#at = scanNumber(this.#text, this.#at)
      isGood = !isAlphanumeric(this.#codeHere()) && this.#text.charAt(this.#at - 1) === 'i'
    }
    if (isGood) return this.#token(type, this.#start, this.#at)
    const code = this.#codeHere()
    if (isAlphanumeric(code)) this.#at += code > 0xffff ? 2 : 1
    return this.#error(`bad number syntax: ${sprintf('%q', [this.#text.slice(this.#start, this.#at)])}`)
  }

  #quoted(type: 'string' | 'character constant', end: number, problem: string): Token {
    for (; this.#at < this.#text.length; this.#at++) {
      let code = this.#text.charCodeAt(this.#at)
      if (code === end) {
        this.#at++
        return this.#token(type, this.#start, this.#at)
      }
      if (code === BACKSLASH) code = this.#text.charCodeAt(++this.#at)
      if (code === LINE_FEED) break
    }
    return this.#error(problem)
  }

  #rawQuoted(): Token {
    const end = this.#text.indexOf('`', this.#at)
    if (end === -1) return this.#error('unterminated raw quoted string')
    this.#at = end + 1
    return this.#token('raw string', this.#start, this.#at)
  }

  #atTerminator(): boolean {
    const code = this.#text.charCodeAt(this.#at)
    return Number.isNaN(code) || isSpace(code) || '.,|:)('.includes(String.fromCharCode(code)) || this.#atRightBraces()
  }

  #atRightBraces(): boolean {
    return this.#text.startsWith('}}', this.#at)
  }

  #hasLeftTrim(at: number): boolean {
    return this.#text.charCodeAt(at) === MINUS && isSpace(this.#text.charCodeAt(at + 1))
  }

  /** ` -}}` */
  #atRightTrim(at: number): boolean {
    return (
      this.#text.charCodeAt(at + 1) === MINUS &&
      isSpace(this.#text.charCodeAt(at)) &&
      this.#text.startsWith('}}', at + 2)
    )
  }

  /** Code point at the current place; -1 at the end. */
  #codeHere(): number {
    return this.#text.codePointAt(this.#at) ?? -1
  }

  #badCharacter(): Token {
    return this.#error(`bad character ${showRune(this.#codeHere())}`)
  }

  #token(type: TokenType, start: number, end: number): Token {
    return { type, at: start, text: this.#text.slice(start, end), line: this.#lineOf(start) }
  }

  #error(text: string): Token {
    return { type: 'error', at: this.#start, text, line: this.#lineOf(this.#start) }
  }

  #lineOf(offset: number): number {
    while (this.#lineFeed < offset) {
      this.#line++
      this.#lineFeed = lineFeedAfter(this.#text, this.#lineFeed + 1)
    }
    return this.#line
  }
}

function lineFeedAfter(text: string, from: number): number {
  const found = text.indexOf('\n', from)
  return found === -1 ? Infinity : found
}

function showRune(code: number): string {
  return sprintf('%#U', [BigInt(code)])
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end
  while (at > start && isSpace(text.charCodeAt(at - 1))) at--
  return at
}
