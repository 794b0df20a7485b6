/** Numbers: from and to text, order, exact parts. */
import { Decimal } from './decimal.ts'

/** A number in any of its forms. */
export type NumberValue = number | bigint | Decimal

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/
/** Numbers with larger exponents are refused: they would be gigantic when written out. */
const LARGEST_EXPONENT = 5_000

/** Digits times a power of ten: what a number is exactly. */
export interface Parts {
  readonly digits: bigint
  readonly exponent: number
}

/** True for a number in any of its forms. */
export function isNumber(value: unknown): value is NumberValue {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Decimal
}

/** An integer in the form that it must have: `number` within 2^53, `bigint` beyond. */
export function integer(value: bigint): number | bigint {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value
}

/** The number that a text of JSON's grammar denotes; undefined when the text is none, or its exponent is too large. */
export function numberFromText(text: string): NumberValue | undefined {
  if (text.length < 16) {
    const short = Number(text)
    if (Number.isInteger(short) && String(short) === text) return short
  }
  const match = NUMBER.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', power = '0'] = match
  if (match[3] === undefined && match[4] === undefined) {
    if (text.length < 16) return Number(text) + 0
    return integer(BigInt(text))
  }
  const raised = Number(power)
  if (Math.abs(raised) > LARGEST_EXPONENT) return undefined
  const near = Number(text)
  if (String(near) === text && (!Number.isInteger(near) || Number.isSafeInteger(near))) return near
  const { digits, exponent } = normal(BigInt(`${sign}${whole}${fraction}`), raised - fraction.length)
  return new Decimal(text, digits, exponent, plainOf(digits, exponent))
}

/** The number of these parts, in its shortest form. */
export function numberFromParts(digits: bigint, exponent: number): NumberValue {
  const { digits: shortened, exponent: raised } = normal(digits, exponent)
  return plainOf(shortened, raised) ?? new Decimal(partsText(shortened, raised), shortened, raised, undefined)
}

/** What a number is exactly. A `number` of JavaScript means what it prints. */
export function partsOf(value: NumberValue): Parts {
  if (value instanceof Decimal) return value
  if (typeof value === 'bigint') return normal(value, 0)
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return normal(BigInt(value), 0)
  const match = NUMBER.exec(String(value))
  if (match === null) return { digits: 0n, exponent: 0 }
  const [, sign = '', whole = '', fraction = '', power = '0'] = match
  return normal(BigInt(`${sign}${whole}${fraction}`), Number(power) - fraction.length)
}

/** The integer that a number is; undefined when it has a fraction. */
export function integerOf(value: NumberValue): bigint | undefined {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  const { digits, exponent } = partsOf(value)
  return exponent < 0 ? undefined : digits * 10n ** BigInt(exponent)
}

/** The number of JavaScript nearest to it. */
export function floatOf(value: NumberValue): number {
  if (typeof value === 'number') return value
  return typeof value === 'bigint' ? Number(value) : Number(value.text)
}

/** How Rego writes the number. */
export function numberText(value: NumberValue): string {
  if (value instanceof Decimal) return value.text
  return Object.is(value, -0) ? '0' : String(value)
}

/** Order of two numbers: negative, zero or positive. */
export function compareNumbers(left: NumberValue, right: NumberValue): number {
  if (typeof left === 'number' && typeof right === 'number') return left < right ? -1 : left > right ? 1 : 0
  if (typeof left === 'bigint' && typeof right === 'bigint') return left < right ? -1 : left > right ? 1 : 0
  const a = partsOf(left)
  const b = partsOf(right)
  const power = Math.min(a.exponent, b.exponent)
  const scaledA = a.digits * 10n ** BigInt(a.exponent - power)
  const scaledB = b.digits * 10n ** BigInt(b.exponent - power)
  return scaledA < scaledB ? -1 : scaledA > scaledB ? 1 : 0
}

/** A text that equal numbers share, whatever their form. */
export function canonicalNumber(value: NumberValue): string {
  if (value instanceof Decimal) return value.plain === undefined ? value.text : canonicalNumber(value.plain)
  return numberText(value)
}

function normal(digits: bigint, exponent: number): Parts {
  if (digits === 0n) return { digits, exponent: 0 }
  let shortened = digits
  let raised = exponent
  while (shortened % 10n === 0n) {
    shortened /= 10n
    raised++
  }
  return { digits: shortened, exponent: raised }
}

/** The number of JavaScript with these parts: an integer, or a fraction whose text has just these digits. */
function plainOf(digits: bigint, exponent: number): number | bigint | undefined {
  if (exponent >= 0 && exponent <= LARGEST_EXPONENT) return integer(digits * 10n ** BigInt(exponent))
  const near = Number(`${digits}e${exponent}`)
  if (!Number.isFinite(near) || near === 0) return undefined
  const parts = partsOf(near)
  return parts.digits === digits && parts.exponent === exponent ? near : undefined
}

function partsText(digits: bigint, exponent: number): string {
  const sign = digits < 0n ? '-' : ''
  const text = String(digits < 0n ? -digits : digits)
  const point = text.length + exponent
  if (exponent >= 0) return sign + text + '0'.repeat(exponent)
  if (point > 0) return `${sign}${text.slice(0, point)}.${text.slice(point)}`
  if (point > -6) return `${sign}0.${'0'.repeat(-point)}${text}`
  return `${sign}${text[0]}${text.length > 1 ? `.${text.slice(1)}` : ''}e${point - 1}`
}
