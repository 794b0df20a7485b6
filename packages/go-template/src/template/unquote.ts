/** Literals of texts and characters to what they stand for: package strconv, `Unquote` and `UnquoteChar`. */
import { fromBytes, toBytes } from '@kubescape/go'

const LETTERS: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}
const DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

/** The text of a literal with its quotes or backquotes; undefined when an escape in it is wrong. */
export function unquote(literal: string): string | undefined {
  const content = literal.slice(1, -1)
  if (literal.startsWith('`')) return content.includes('\r') ? content.replaceAll('\r', '') : content
  return content.includes('\\') ? unescapeText(content, '"') : content
}

/**
 * The code point of a literal in apostrophes.
 * @returns a text that says what is wrong where it is none
 */
export function unquoteCharacter(literal: string): number | string {
  const content = literal.slice(1, -1)
  if (content === '') return 'invalid syntax'
  const first = content.startsWith('\\') ? readEscape(content, 0, "'") : runeAt(content)
  if (first === undefined) return 'invalid syntax'
  return first.end === content.length ? first.code : `malformed character constant: ${literal}`
}

interface Escape {
  readonly code: number
  /** The code is that of a byte, not of a character. */
  readonly isByte: boolean
  readonly end: number
}

function unescapeText(content: string, quote: string): string | undefined {
  let text = ''
  let hasBytes = false
  let at = 0
  while (at < content.length) {
    const next = content.indexOf('\\', at)
    if (next === -1) break
    const escape = readEscape(content, next, quote)
    if (escape === undefined) return undefined
    const isRaw = escape.isByte && escape.code > 0x7f
    hasBytes ||= isRaw
    text +=
      content.slice(at, next) + (isRaw ? String.fromCharCode(0xdc00 + escape.code) : String.fromCodePoint(escape.code))
    at = escape.end
  }
  text += content.slice(at)
  // Bytes that together are UTF-8 become the character that they spell.
  return hasBytes ? fromBytes(toBytes(text)) : text
}

/** The escape whose backslash stands at `start`. */
function readEscape(content: string, start: number, quote: string): Escape | undefined {
  const letter = content.charAt(start + 1)
  const plain = letter === quote ? quote : LETTERS[letter]
  if (plain !== undefined) return { code: plain.charCodeAt(0), isByte: false, end: start + 2 }
  if (letter >= '0' && letter <= '7') return readDigits(content, start + 1, 3, 8)
  const count = DIGITS[letter]
  const escape = count === undefined ? undefined : readDigits(content, start + 2, count, 16)
  if (escape === undefined || letter === 'x') return escape
  const isRune = escape.code <= 0x10ffff && (escape.code < 0xd800 || escape.code > 0xdfff)
  return isRune ? { ...escape, isByte: false } : undefined
}

function readDigits(content: string, start: number, count: number, base: 8 | 16): Escape | undefined {
  const digits = content.slice(start, start + count)
  if (digits.length < count || !(base === 8 ? /^[0-7]+$/ : /^[0-9a-fA-F]+$/).test(digits)) return undefined
  const code = Number.parseInt(digits, base)
  return base === 8 && code > 0xff ? undefined : { code, isByte: true, end: start + count }
}

function runeAt(content: string): Escape {
  const code = content.codePointAt(0) as number
  return { code, isByte: false, end: code > 0xffff ? 2 : 1 }
}
