/** DER: the bytes of certificates and keys. */
import { concatBytes } from '../hashes.ts'
import { toBytes } from '../bytes.ts'

/** Tags of ASN.1 that certificates and keys use. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  object: 0x06,
  utf8: 0x0c,
  printable: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** An element: its tag and what is in it. */
export function element(tag: number, ...content: Uint8Array[]): Uint8Array {
  const body = concatBytes(...content)
  return concatBytes(Uint8Array.of(tag), lengthOf(body.length), body)
}

/** Elements in a row. */
export function sequence(...content: Uint8Array[]): Uint8Array {
  return element(TAG.sequence, ...content)
}

/** Elements in a row, however many. */
export function sequenceOf(elements: readonly Uint8Array[]): Uint8Array {
  const body = new Uint8Array(elements.reduce((length, { length: more }) => length + more, 0))
  let at = 0
  for (const each of elements) {
    body.set(each, at)
    at += each.length
  }
  return element(TAG.sequence, body)
}

/** A whole number that is not negative. */
export function integer(value: bigint): Uint8Array {
  const hex = value.toString(16)
  const bytes = hexBytes(hex.length % 2 === 0 ? hex : `0${hex}`)
  return element(TAG.integer, (bytes[0] ?? 0) >= 0x80 ? concatBytes(Uint8Array.of(0), bytes) : bytes)
}

/** An identifier, such as `2.5.29.15`. */
export function objectId(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = [first * 40 + second]
  for (const part of rest) {
    const groups = [part & 0x7f]
    for (let left = part >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80)
    bytes.push(...groups)
  }
  return element(TAG.object, Uint8Array.from(bytes))
}

/** A text, in the plainest of the types that can hold it. */
export function text(value: string): Uint8Array {
  return element(/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(value) ? TAG.printable : TAG.utf8, toBytes(value))
}

/** Whole bytes as bits. */
export function bitString(bytes: Uint8Array, unusedBits = 0): Uint8Array {
  return element(TAG.bitString, Uint8Array.of(unusedBits), bytes)
}

/** An element that was read. */
export interface Element {
  readonly tag: number
  readonly content: Uint8Array
  /** With tag and length. */
  readonly whole: Uint8Array
}

/** The elements that follow each other in bytes; undefined when the bytes are not DER. */
export function readElements(bytes: Uint8Array): Element[] | undefined {
  const elements: Element[] = []
  for (let at = 0; at < bytes.length;) {
    const tag = bytes[at] ?? 0
    const short = bytes[at + 1]
    if (short === undefined || short === 0x80 || short > 0x84) return undefined
    const count = short < 0x80 ? 0 : short & 0x7f
    let length = count === 0 ? short : 0
    for (const byte of bytes.subarray(at + 2, at + 2 + count)) length = length * 256 + byte
    const start = at + 2 + count
    if (start + length > bytes.length) return undefined
    elements.push({ tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) })
    at = start + length
  }
  return elements
}

/** The bytes of hexadecimal digits, two a byte. */
export function hexBytes(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16))
}

function lengthOf(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const hex = length.toString(16)
  const bytes = hexBytes(hex.length % 2 === 0 ? hex : `0${hex}`)
  return concatBytes(Uint8Array.of(0x80 | bytes.length), bytes)
}
