/** Expressions to tokens. */
import { CelProblem } from '../problem.ts'
import { Double, INT_MAX, UINT_MAX, Uint, type Value } from '../values/value.ts'
import { readText } from './text-literal.ts'

/** `word` names and keywords, `quoted` names between backquotes, `sign` operators and punctuation. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'sign' | 'literal' | 'end'
  /** The word or sign; digits of an int, so that a minus can be put before them. */
  readonly text: string
  /** Of literals; undefined for ints, which need their sign. */
  readonly value: Value | undefined
  readonly offset: number
}

const SIGNS = ['&&', '||', '==', '!=', '<=', '>=', ...Array.from('<>+-*/%!?:.,()[]{}')]
const BLANK = /[\t\n\f\r ]/
const NUMBER =
  /(?:0[xX][0-9a-fA-F]+|\d+)[uU]?(?![.\w])|(?:\d+\.\d+(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+)(?!\w)|(?:0[xX][0-9a-fA-F]+|\d+)[uU]?/y
const WORD = /[A-Za-z_]\w*/y
const PREFIXED_TEXT = /[bB]?[rR]?(?:"""|'''|"|')/y

/**
 * The tokens of an expression, the last of which is its end.
 * @throws {CelProblem} for what no expression can have
 */
export function readTokens(text: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const sign = text[at] ?? ''
    if (BLANK.test(sign)) at++
    else if (text.startsWith('//', at)) {
      const end = text.indexOf('\n', at)
      at = end < 0 ? text.length : end
    } else {
      const [token, end] = readToken(text, at)
      tokens.push(token)
      at = end
    }
  }
  tokens.push({ kind: 'end', text: '', value: undefined, offset: text.length })
  return tokens
}

function readToken(text: string, offset: number): readonly [Token, number] {
  const prefix = matched(PREFIXED_TEXT, text, offset)
  if (prefix !== undefined) {
    const { value, end } = readText(text, offset, prefix)
    return [{ kind: 'literal', text: '', value, offset }, end]
  }
  const word = matched(WORD, text, offset)
  if (word !== undefined) return [{ kind: 'word', text: word, value: undefined, offset }, offset + word.length]
  const number = matched(NUMBER, text, offset)
  if (number !== undefined) return [readNumber(number, offset), offset + number.length]
  if (text[offset] === '`') {
    const end = text.indexOf('`', offset + 1)
    const name = end < 0 ? '' : text.slice(offset + 1, end)
    if (!/^[\w.\-/ ]+$/.test(name))
      throw new CelProblem('a name between backquotes has letters, digits, "_", ".", "-", "/" and spaces', offset)
    return [{ kind: 'quoted', text: name, value: undefined, offset }, end + 1]
  }
  const sign = SIGNS.find((each) => text.startsWith(each, offset))
  if (sign === undefined)
    throw new CelProblem(
      `unexpected character ${JSON.stringify(String.fromCodePoint(text.codePointAt(offset) ?? 0))}`,
      offset,
    )
  return [{ kind: 'sign', text: sign, value: undefined, offset }, offset + sign.length]
}

function matched(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

function readNumber(text: string, offset: number): Token {
  const isHex = /^0[xX]/.test(text)
  if (/[uU]$/.test(text)) {
    const value = wholeNumber(text.slice(0, -1), offset)
    if (value > UINT_MAX) throw new CelProblem(`${text} is too large for a uint`, offset)
    return { kind: 'literal', text: '', value: new Uint(value), offset }
  }
  if (!isHex && /[.eE]/.test(text)) {
    const value = Number(text)
    if (!Number.isFinite(value)) throw new CelProblem(`${text} is too large for a double`, offset)
    return { kind: 'literal', text, value: new Double(value), offset }
  }
  const value = wholeNumber(text, offset)
  if (value > INT_MAX + 1n) throw new CelProblem(`${text} is too large for an int`, offset)
  return { kind: 'literal', text: String(value), value: undefined, offset }
}

/** Longer ones are too large for anything, and slow to read. */
const MAX_DIGITS = 40

function wholeNumber(digits: string, offset: number): bigint {
  if (digits.length > MAX_DIGITS) throw new CelProblem('the number has too many digits', offset)
  return BigInt(digits)
}
