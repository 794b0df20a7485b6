/** Literals of texts and bytes, with their escapes. */
import { toBytes } from '@kubescape/go'

import { CelProblem } from '../problem.ts'

const SIMPLE: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 0x5c,
  "'": 0x27,
  '"': 0x22,
  '`': 0x60,
  '?': 0x3f,
}

/** Escapes by digits: how many, in which base. */
const NUMERIC: Readonly<Record<string, { readonly digits: number; readonly base: number }>> = {
  x: { digits: 2, base: 16 },
  X: { digits: 2, base: 16 },
  u: { digits: 4, base: 16 },
  U: { digits: 8, base: 16 },
}

/**
 * Reads the literal that begins at `start` with `opening`: its prefix and quote.
 * @returns its value, and where it ends
 */
export function readText(
  text: string,
  start: number,
  opening: string,
): { readonly value: string | Uint8Array; readonly end: number } {
  const prefix = /^[rRbB]*/.exec(opening)?.[0] ?? ''
  const quote = opening.slice(prefix.length)
  const isRaw = /r/i.test(prefix)
  const isBytes = /b/i.test(prefix)
  const chunks: (string | Uint8Array)[] = []
  let at = start + opening.length
  let from = at
  for (;;) {
    if (at >= text.length || (quote.length === 1 && (text[at] === '\n' || text[at] === '\r'))) {
      throw new CelProblem('the text has no end', start)
    }
    if (text.startsWith(quote, at)) break
    if (text[at] !== '\\' || isRaw) {
      at++
      continue
    }
    chunks.push(text.slice(from, at))
    const escape = readEscape(text, at)
    if (isBytes && escape.isCharacter) throw new CelProblem('bytes have no escapes for characters', at)
    // \xff and \377 are a byte within bytes, and a character within texts.
    const isByte = isBytes && escape.isByte
    chunks.push(isByte ? Uint8Array.of(escape.code) : String.fromCodePoint(escape.code))
    at = from = escape.end
  }
  chunks.push(text.slice(from, at))
  const end = at + quote.length
  if (!isBytes) return { value: chunks.join('').replaceAll('\r\n', '\n'), end }
  return { value: joinBytes(chunks.map((chunk) => (typeof chunk === 'string' ? toBytes(chunk) : chunk))), end }
}

interface Escape {
  readonly code: number
  readonly end: number
  /** Written as the number of a byte. */
  readonly isByte: boolean
  /** Written as the number of a character. */
  readonly isCharacter: boolean
}

function readEscape(text: string, at: number): Escape {
  const sign = text[at + 1] ?? ''
  const simple = SIMPLE[sign]
  if (simple !== undefined) return { code: simple, end: at + 2, isByte: false, isCharacter: false }
  const isOctal = sign >= '0' && sign <= '3'
  const shape = isOctal ? { digits: 3, base: 8 } : NUMERIC[sign]
  if (shape === undefined) throw new CelProblem(`there is no escape \\${sign}`, at)
  const from = at + (isOctal ? 1 : 2)
  const digits = text.slice(from, from + shape.digits)
  if (!(shape.base === 8 ? /^[0-7]{3}$/ : /^[0-9a-fA-F]+$/).test(digits) || digits.length < shape.digits) {
    throw new CelProblem(`the escape \\${sign} wants ${shape.digits} digits`, at)
  }
  const code = Number.parseInt(digits, shape.base)
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
    throw new CelProblem('the escape stands for no character', at)
  const isByte = isOctal || sign === 'x' || sign === 'X'
  return { code, end: from + shape.digits, isByte, isCharacter: !isByte }
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
