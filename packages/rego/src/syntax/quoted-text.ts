/** Texts in quotes and backquotes, and the pieces of template strings, with their escapes. */

const LINE_FEED = 0x0a
const QUOTE = 0x22
const BACKSLASH = 0x5c
const BACKQUOTE = 0x60
const LEFT_BRACE = 0x7b

const ESCAPES = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])
const HEXADECIMAL = /^[0-9a-fA-F]{4}$/

/** Why a text cannot be read. */
export interface Refusal {
  readonly message: string
}

/** A piece of a template string. */
export interface TemplateText {
  readonly text: string
  /** Where it ends, the brace or quote after it included. */
  readonly end: number
  /** The string ends here; otherwise a term follows. */
  readonly isLast: boolean
}

/** Reads a text from its opening quote on: what it says, or why it says nothing, and where it ends. */
export function readQuoted(text: string, start: number, isRaw: boolean): { value: string | Refusal; end: number } {
  if (isRaw) {
    const end = text.indexOf('`', start + 1)
    if (end === -1) return { value: { message: 'this text has no end: a ` is missing' }, end: text.length }
    return { value: text.slice(start + 1, end), end: end + 1 }
  }
  const piece = readUntil(text, start + 1, QUOTE, false)
  return { value: piece.text, end: piece.end }
}

/** Reads a template string from `start`, which is behind its opening quote or behind the `}` of a term in it. */
export function readTemplateText(
  text: string,
  start: number,
  isRaw: boolean,
): { text: string | Refusal; end: number; isLast: boolean } {
  return readUntil(text, start, isRaw ? BACKQUOTE : QUOTE, true)
}

function readUntil(
  text: string,
  start: number,
  closing: number,
  isTemplate: boolean,
): { text: string | Refusal; end: number; isLast: boolean } {
  const isRaw = closing === BACKQUOTE
  let made = ''
  let from = start
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === closing || (isTemplate && code === LEFT_BRACE)) {
      return { text: made + text.slice(from, at), end: at + 1, isLast: code === closing }
    }
    if (code === LINE_FEED && !isRaw) {
      return { text: { message: 'this text has no end on its line: a " is missing' }, end: at, isLast: true }
    }
    if (code !== BACKSLASH || (isRaw && text.charCodeAt(at + 1) !== LEFT_BRACE)) continue
    const escaped = readEscape(text, at, isTemplate)
    if (escaped === undefined) {
      return { text: { message: `\\${text[at + 1] ?? ''} is no escape sequence` }, end: at + 2, isLast: true }
    }
    made += text.slice(from, at) + escaped.text
    from = escaped.end
    at = from - 1
  }
  const quote = isRaw ? '`' : '"'
  return { text: { message: `this text has no end: a ${quote} is missing` }, end: text.length, isLast: true }
}

/** What an escape sequence stands for; undefined for what is none. */
function readEscape(text: string, at: number, isTemplate: boolean): { text: string; end: number } | undefined {
  const kind = text[at + 1] ?? ''
  if (kind === '{' && isTemplate) return { text: kind, end: at + 2 }
  if (kind !== 'u') {
    const plain = ESCAPES.get(kind)
    return plain === undefined ? undefined : { text: plain, end: at + 2 }
  }
  const unit = readUnit(text, at)
  if (unit === undefined) return undefined
  if (unit < 0xd800 || unit > 0xdfff) return { text: String.fromCharCode(unit), end: at + 6 }
  const low = unit < 0xdc00 && text.startsWith('\\u', at + 6) ? readUnit(text, at + 6) : undefined
  // Half of a pair is no character.
  if (low === undefined || low < 0xdc00 || low > 0xdfff) return { text: '\ufffd', end: at + 6 }
  return { text: String.fromCharCode(unit, low), end: at + 12 }
}

function readUnit(text: string, at: number): number | undefined {
  const digits = text.slice(at + 2, at + 6)
  return HEXADECIMAL.test(digits) ? Number.parseInt(digits, 16) : undefined
}
