/** Texts and runes as Go writes them in its sources: package strconv, `Quote` and its kin. */
import { codePointOf, isRawByte, RUNE_ERROR } from './bytes.ts'

const ESCAPES = new Map([
  [0x07, '\\a'],
  [0x08, '\\b'],
  [0x0c, '\\f'],
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x09, '\\t'],
  [0x0b, '\\v'],
])
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u
const MAX_RUNE = 0x10ffff

/** Whether Go prints a rune as itself: letters, marks, numbers, punctuation, symbols and the space. */
export function isPrintable(code: number): boolean {
  if (code < 0x7f) return code >= 0x20
  return !isSurrogate(code) && PRINTABLE.test(String.fromCodePoint(code))
}

/** A text in double quotes; what cannot be printed is escaped. */
export function quote(text: string): string {
  return isPlain(text) ? `"${text}"` : quoteText(text, false)
}

/** As `quote`, and everything beyond ASCII is escaped too. */
export function quoteToAscii(text: string): string {
  return isPlain(text) ? `"${text}"` : quoteText(text, true)
}

/** A rune in single quotes. What is no rune is shown as U+FFFD. */
export function quoteRune(code: number, ascii = false): string {
  return `'${escapeRune(validRune(code), 0x27, ascii)}'`
}

/** The rune itself, or U+FFFD for what is none. */
export function validRune(code: number): number {
  return code < 0 || code > MAX_RUNE || isSurrogate(code) ? RUNE_ERROR : code
}

/** Whether a text can stand between backquotes: no backquote, no control character but the tab, nothing outside UTF-8. */
export function canBackquote(text: string): boolean {
  for (const rune of text) {
    const code = rune.codePointAt(0) as number
    if (code === 0x60 || code === 0x7f || code === 0xfeff || isSurrogate(code)) return false
    if (code < 0x20 && code !== 0x09) return false
  }
  return true
}

/** Only printable ASCII, with nothing to escape: by far the most frequent. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x20 || unit > 0x7e || unit === 0x22 || unit === 0x5c) return false
  }
  return true
}

function quoteText(text: string, ascii: boolean): string {
  let quoted = '"'
  for (const rune of text) {
    const code = rune.codePointAt(0) as number
    quoted += isRawByte(code) ? `\\x${(code & 0xff).toString(16)}` : escapeRune(codePointOf(rune), 0x22, ascii)
  }
  return `${quoted}"`
}

function escapeRune(code: number, mark: number, ascii: boolean): string {
  if (code === mark || code === 0x5c) return `\\${String.fromCharCode(code)}`
  if ((!ascii || code < 0x80) && isPrintable(code)) return String.fromCodePoint(code)
  const escape = ESCAPES.get(code)
  if (escape !== undefined) return escape
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff
}
