/** Base64 and base32 with padding, and what Go says of texts that are neither. */

/** An alphabet and how many bits of it stand together. */
interface Coding {
  readonly name: string
  readonly alphabet: string
  /** Bits of a character. */
  readonly bits: number
  /** Characters that stand together: a whole number of bytes. */
  readonly group: number
}

const BASE64: Coding = {
  name: 'base64',
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  bits: 6,
  group: 4,
}
const BASE32: Coding = { name: 'base32', alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', bits: 5, group: 8 }

/** Why a text could not be decoded. */
export interface Corrupt {
  /** Go's words. */
  readonly problem: string
}

/** Bytes in base64. */
export function encodeBase64(bytes: Uint8Array): string {
  return encode(BASE64, bytes)
}

/** Bytes in base32. */
export function encodeBase32(bytes: Uint8Array): string {
  return encode(BASE32, bytes)
}

/** The bytes of a text in base64; line breaks do not count. */
export function decodeBase64(text: string): Uint8Array | Corrupt {
  const codes = valuesOf(BASE64)
  const bits = new Bits(text.length)
  let place = 0
  let at = 0
  for (; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === 0x0a || char === 0x0d) continue
    const value = codes[char]
    if (value !== undefined) {
      bits.push(value, BASE64.bits)
      place = (place + 1) % BASE64.group
      continue
    }
    if (char !== PADDING || place < 2) return corrupt(BASE64, at)
    const end = endOfPadding(text, at, place)
    return typeof end === 'number' ? corrupt(BASE64, end) : bits.bytes()
  }
  return place === 0 ? bits.bytes() : corrupt(BASE64, at - place)
}

/** The bytes of a text in base32; line breaks do not count. */
export function decodeBase32(text: string): Uint8Array | Corrupt {
  const chars = text.replaceAll(/[\r\n]/g, '')
  const codes = valuesOf(BASE32)
  const bits = new Bits(chars.length)
  for (let at = 0; at < chars.length; at++) {
    const place = at % BASE32.group
    const left = chars.length - at - 1
    if (chars.charCodeAt(at) === PADDING && place >= 2 && left < BASE32.group) {
      if (left + place < BASE32.group - 1) return corrupt(BASE32, chars.length)
      for (let ahead = 0; ahead < BASE32.group - 1 - place; ahead++) {
        if (ahead < left && chars.charCodeAt(at + 1 + ahead) !== PADDING) return corrupt(BASE32, at + ahead)
      }
      return place === 3 || place === 6 ? corrupt(BASE32, at) : bits.bytes()
    }
    const value = codes[chars.charCodeAt(at)]
    if (value === undefined) return corrupt(BASE32, at)
    bits.push(value, BASE32.bits)
  }
  const over = chars.length % BASE32.group
  return over === 0 ? bits.bytes() : corrupt(BASE32, chars.length - over)
}

const PADDING = 0x3d

/** Looks at the padding of base64, whose first character is at `at`: a number says where it goes wrong. */
function endOfPadding(text: string, at: number, place: number): number | undefined {
  let next = at + 1
  const skip = (): void => {
    while (text[next] === '\n' || text[next] === '\r') next++
  }
  if (place === 2) {
    skip()
    if (next === text.length) return next
    if (text.charCodeAt(next) !== PADDING) return next - 1
    next++
  }
  skip()
  return next < text.length ? next : undefined
}

function corrupt({ name }: Coding, at: number): Corrupt {
  return { problem: `illegal ${name} data at input byte ${at}` }
}

function encode({ alphabet, bits, group }: Coding, bytes: Uint8Array): string {
  const parts: string[] = []
  let part = ''
  let buffer = 0
  let held = 0
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte
    held += 8
    while (held >= bits) {
      held -= bits
      part += alphabet[(buffer >> held) & ((1 << bits) - 1)] ?? ''
    }
    buffer &= (1 << held) - 1
    if (part.length >= 1024) {
      parts.push(part)
      part = ''
    }
  }
  if (held > 0) part += alphabet[(buffer << (bits - held)) & ((1 << bits) - 1)] ?? ''
  parts.push(part)
  const text = parts.join('')
  return text.padEnd(Math.ceil(text.length / group) * group, '=')
}

const values = new Map<Coding, readonly (number | undefined)[]>()

/** The value of each character by its code. */
function valuesOf(coding: Coding): readonly (number | undefined)[] {
  const known = values.get(coding)
  if (known !== undefined) return known
  const codes: (number | undefined)[] = []
  for (let value = 0; value < coding.alphabet.length; value++) codes[coding.alphabet.charCodeAt(value)] = value
  values.set(coding, codes)
  return codes
}

/** Collects bits to bytes; what is left over is nothing. */
class Bits {
  readonly #bytes: Uint8Array
  #length = 0
  #buffer = 0
  #held = 0

  constructor(most: number) {
    this.#bytes = new Uint8Array(most)
  }

  push(value: number, bits: number): void {
    this.#buffer = ((this.#buffer << bits) | value) & 0xffff
    this.#held += bits
    if (this.#held < 8) return
    this.#held -= 8
    this.#bytes[this.#length++] = (this.#buffer >> this.#held) & 0xff
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }
}
