/** Bytes of a file to text, as a YAML or JSON reader expects them. */

import { positionAt, withLineFeeds } from './positions.ts'
import type { Problem } from './problem.ts'

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/**
 * Decodes the bytes of a file: UTF-8, or UTF-16 with a byte order mark or without one (YAML 1.2, 5.2). The mark is
 * dropped and a carriage return that stands alone becomes a line feed. Gives a problem for another encoding, for bytes
 * that are not valid in the encoding and for NUL; never throws.
 */
export function decodeText(bytes: Uint8Array): { text: string } | { problem: Problem } {
  const encoding = encodingOf(bytes)
  if (encoding === undefined) {
    return {
      problem: {
        code: 'yaml/encoding',
        message: 'The file is encoded as UTF-32.',
        hint: 'Save the file as UTF-8.',
        line: 1,
        column: 1,
      },
    }
  }
  let text: string
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return { problem: invalidBytes(bytes, encoding) }
  }
  const nul = text.indexOf('\0')
  if (nul !== -1) return { problem: nulProblem(text, nul) }
  return { text: withLineFeeds(text) }
}

function encodingOf(bytes: Uint8Array): Encoding | undefined {
  const [a, b, c, d] = bytes
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? undefined : 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (a === 0 && b === 0 && ((c === 0xfe && d === 0xff) || (c === 0 && d !== undefined && d !== 0))) return undefined
  if (a === 0 && b !== undefined && b !== 0 && (c === 0 || c === undefined)) return 'utf-16be'
  if (a !== undefined && a !== 0 && b === 0) {
    if (c === 0 && d === 0) return undefined
    // Two units of text: one NUL alone is a damaged UTF-8 file, which gets the clearer problem below.
    if (d === 0 || bytes.length === 2) return 'utf-16le'
  }
  return 'utf-8'
}

function nulProblem(text: string, offset: number): Problem {
  return {
    code: 'yaml/nul-byte',
    message: 'The text contains a NUL byte, which YAML does not allow.',
    hint: 'Remove the byte; a file with NUL bytes is usually not text at all.',
    ...positionAt(text, offset),
  }
}

function invalidBytes(bytes: Uint8Array, encoding: Encoding): Problem {
  const nul = encoding === 'utf-8' ? bytes.indexOf(0) : -1
  const before = validPrefix(bytes, encoding)
  if (nul !== -1 && nul < before.bytes) return nulProblem(before.text, before.text.indexOf('\0'))
  return {
    code: 'yaml/encoding',
    message: `The bytes from ${before.bytes} on are not valid ${encoding.toUpperCase()}.`,
    hint: 'Save the file as UTF-8.',
    ...positionAt(before.text, before.text.length),
  }
}

/** The longest beginning that decodes: found by halving, since a decoder does not say where it failed. */
function validPrefix(bytes: Uint8Array, encoding: Encoding): { text: string; bytes: number } {
  let good = 0
  let bad = bytes.length
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1
    if (decodesSoFar(bytes.subarray(0, middle), encoding)) good = middle
    else bad = middle
  }
  const text = withLineFeeds(new TextDecoder(encoding).decode(bytes.subarray(0, good), { stream: true }))
  return { text, bytes: good }
}

function decodesSoFar(bytes: Uint8Array, encoding: Encoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}
