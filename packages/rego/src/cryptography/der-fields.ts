/** Reading DER by fields: what certificates and keys are made of. */
import { type DerElement, TAG, bytesToHex, fromBytes, readElements } from '@kubescape/go'

import { CryptographyError } from './failure.ts'

/** Bytes of one element that are read at most: certificates and keys are far smaller. */
const MOST_BYTES = 1 << 20
/** Bytes of numbers: more than the largest keys have. */
const MOST_NUMBER = 4096
/** Bytes of identifiers and of names in old alphabets. */
const MOST_IDENTIFIER = 256
const MOST_NAME = 10_000

/** The fields of a sequence, read one after the other. */
export class Fields {
  readonly #elements: readonly DerElement[]
  readonly #what: string
  #at = 0

  /** The elements that bytes hold one after the other; `what` names them in errors. */
  constructor(bytes: Uint8Array, what: string) {
    this.#what = what
    const elements = bytes.length > MOST_BYTES ? undefined : readElements(bytes)
    if (elements === undefined) throw this.malformed()
    this.#elements = elements
  }

  get isDone(): boolean {
    return this.#at === this.#elements.length
  }

  /** The next element if it has this tag, and moves on behind it. */
  optional(tag: number): DerElement | undefined {
    const next = this.#elements[this.#at]
    if (next?.tag !== tag) return undefined
    this.#at++
    return next
  }

  /** The next element, whatever it is. */
  any(): DerElement {
    const next = this.#elements[this.#at++]
    if (next === undefined) throw this.malformed()
    return next
  }

  /** The next element, which must have this tag. */
  required(tag: number): DerElement {
    const next = this.optional(tag)
    if (next === undefined) throw this.malformed()
    return next
  }

  /** The fields of the next element, a sequence unless another tag is given. */
  sequence(tag: number = TAG.sequence): Fields {
    return new Fields(this.required(tag).content, this.#what)
  }

  integer(): bigint {
    const element = this.required(TAG.integer)
    if (element.content.length > MOST_NUMBER) throw this.malformed()
    return integerOf(element)
  }

  objectId(): string {
    return objectIdOf(this.required(TAG.object).content)
  }

  /** The bytes of a bit string of whole bytes. */
  bits(): Uint8Array {
    const { content } = this.required(TAG.bitString)
    if (content[0] !== 0) throw this.malformed()
    return content.subarray(1)
  }

  /** All that is left, one by one. */
  *rest(): Generator<DerElement> {
    while (!this.isDone) yield this.any()
  }

  malformed(): CryptographyError {
    return new CryptographyError(`x509: malformed ${this.#what}`)
  }
}

/** The one element that bytes hold, as its fields. */
export function fieldsOf(bytes: Uint8Array, what: string): Fields {
  const outer = new Fields(bytes, what)
  const inner = outer.sequence()
  if (!outer.isDone) throw new CryptographyError(`x509: trailing data after ${what}`)
  return inner
}

/** A whole number in two's complement. */
export function integerOf({ content }: DerElement): bigint {
  const value = unsignedOf(content)
  return (content[0] ?? 0) >= 0x80 ? value - (1n << BigInt(content.length * 8)) : value
}

/** The number that bytes are, the first one weighing most. */
export function unsignedOf(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${bytesToHex(bytes)}`)
}

/** The bytes of a number that is not negative: as few as needed, or exactly so many. */
export function bytesOf(value: bigint, length?: number): Uint8Array {
  let hex = value.toString(16)
  if (hex.length % 2 === 1) hex = `0${hex}`
  const size = length ?? hex.length / 2
  const bytes = new Uint8Array(size)
  for (let at = hex.length / 2 - 1, place = size - 1; at >= 0 && place >= 0; at--, place--) {
    bytes[place] = Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16)
  }
  return bytes
}

/** An identifier as numbers with dots. */
export function objectIdOf(content: Uint8Array): string {
  if (content.length > MOST_IDENTIFIER) throw new CryptographyError('x509: an object identifier is too long')
  const parts: bigint[] = []
  let part = 0n
  for (const byte of content) {
    part = (part << 7n) | BigInt(byte & 0x7f)
    if (byte >= 0x80) continue
    parts.push(part)
    part = 0n
  }
  const [first = 0n, ...others] = parts
  const top = first < 80n ? first / 40n : 2n
  return [top, first - top * 40n, ...others].join('.')
}

/** An identifier as Go writes it to JSON: a list of numbers. */
export function objectIdNumbers(dotted: string): number[] {
  return dotted.split('.').map(Number)
}

/** Texts of the types that names use; undefined for other types, and for bytes that do not fit the type. */
export function textOf({ tag, content }: DerElement): string | undefined {
  switch (tag) {
    case TAG.utf8:
    case TAG.printable:
    case 0x12:
    case 0x16: {
      const text = fromBytes(content)
      return /[\udc80-\udcff]/u.test(text) || (tag !== TAG.utf8 && content.some((byte) => byte >= 0x80))
        ? undefined
        : text
    }
    case 0x14:
      return content.length > MOST_NAME ? undefined : String.fromCharCode(...content)
    case 0x1e: {
      let text = ''
      for (let at = 0; at + 1 < content.length; at += 2) {
        text += String.fromCharCode(((content[at] ?? 0) << 8) | (content[at + 1] ?? 0))
      }
      return text
    }
    default:
      return undefined
  }
}

/** Seconds since 1970 of a time; undefined when it is none. */
export function secondsOf({ tag, content }: DerElement): number | undefined {
  const match = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(fromBytes(content))
  const [, years = '', ...others] = match ?? []
  if (match === null || years.length !== (tag === TAG.utcTime ? 2 : 4)) return undefined
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = others.map(Number)
  const year = years.length === 4 ? Number(years) : Number(years) + (Number(years) >= 50 ? 1900 : 2000)
  const isTime = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60 && second < 60
  return isTime ? Date.UTC(year, month - 1, day, hour, minute, second) / 1000 : undefined
}
