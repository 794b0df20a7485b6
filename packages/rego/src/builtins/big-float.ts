/**
 * Fractions as policies are used to: numbers with 64 binary digits, as those of Go's package math/big are, and their shortest
 * decimal texts. Exponents are bounded, so that no number takes forever to write out.
 */
import { numberFromText, partsOf, type NumberValue } from '../values/number.ts'
import { tooLarge } from './operands.ts'

/** `mantissa` times two to the power of `exponent`; the mantissa carries the sign. */
export interface BigFloat {
  readonly mantissa: bigint
  readonly exponent: number
}

/** Binary digits that are kept. */
const PRECISION = 64
/** Beyond this power of two numbers would take thousands of digits. */
const LARGEST_EXPONENT = 20_000

/** The nearest number of 64 binary digits. */
export function toBigFloat(value: NumberValue): BigFloat {
  const { digits, exponent } = partsOf(value)
  if (exponent >= 0) return rounded(digits * 10n ** BigInt(exponent), 0)
  return divided(digits, 0, 10n ** BigInt(-exponent), 0)
}

/** Left plus right. */
export function add(left: BigFloat, right: BigFloat): BigFloat {
  const exponent = Math.min(left.exponent, right.exponent)
  return rounded(scaled(left, exponent) + scaled(right, exponent), exponent)
}

/** Left minus right. */
export function subtract(left: BigFloat, right: BigFloat): BigFloat {
  return add(left, { mantissa: -right.mantissa, exponent: right.exponent })
}

/** Left times right. */
export function multiply(left: BigFloat, right: BigFloat): BigFloat {
  return rounded(left.mantissa * right.mantissa, left.exponent + right.exponent)
}

/** Left divided by right, which is not zero. */
export function divide(left: BigFloat, right: BigFloat): BigFloat {
  return divided(left.mantissa, left.exponent, right.mantissa, right.exponent)
}

/** The whole number next to it towards zero, and whether that is all of it. */
export function truncated({ mantissa, exponent }: BigFloat): { readonly whole: bigint; readonly isExact: boolean } {
  if (exponent >= 0) return { whole: mantissa << BigInt(exponent), isExact: true }
  const divisor = 1n << BigInt(-exponent)
  const whole = mantissa / divisor
  return { whole, isExact: whole * divisor === mantissa }
}

/** The number by its shortest decimal text: without an exponent when it is whole, otherwise with one where Go writes one. */
export function numberOf(value: BigFloat): NumberValue {
  const { whole, isExact } = truncated(value)
  if (isExact && whole >= -9007199254740991n && whole <= 9007199254740991n) return Number(whole)
  const text = isExact ? wholeText(value) : fractionText(value)
  const number = numberFromText(text)
  if (number === undefined) throw tooLarge('the number')
  return number
}

function scaled({ mantissa, exponent }: BigFloat, wanted: number): bigint {
  return mantissa << BigInt(exponent - wanted)
}

/** Keeps the first 64 binary digits; halves go to the even neighbour. */
function rounded(mantissa: bigint, exponent: number): BigFloat {
  if (mantissa === 0n) return { mantissa, exponent: 0 }
  const extra = bitLength(mantissa) - PRECISION
  if (exponent + extra > LARGEST_EXPONENT || exponent + extra < -LARGEST_EXPONENT) throw tooLarge('the number')
  if (extra <= 0) return { mantissa, exponent }
  const size = mantissa < 0n ? -mantissa : mantissa
  const shift = BigInt(extra)
  let kept = size >> shift
  const left = size - (kept << shift)
  const half = 1n << (shift - 1n)
  if (left > half || (left === half && (kept & 1n) === 1n)) kept++
  return { mantissa: mantissa < 0n ? -kept : kept, exponent: exponent + extra }
}

function divided(mantissa: bigint, exponent: number, divisor: bigint, divisorExponent: number): BigFloat {
  if (mantissa === 0n) return { mantissa, exponent: 0 }
  const shift = Math.max(PRECISION + 2 - bitLength(mantissa) + bitLength(divisor), 0)
  const size = (mantissa < 0n ? -mantissa : mantissa) << BigInt(shift)
  const divisorSize = divisor < 0n ? -divisor : divisor
  const quotient = size / divisorSize
  // What is left over only decides between halves: one more digit holds it.
  const sticky = quotient * divisorSize === size ? 0n : 1n
  const result = (quotient << 1n) | sticky
  return rounded(mantissa < 0n === divisor < 0n ? result : -result, exponent - divisorExponent - shift - 1)
}

function bitLength(value: bigint): number {
  const text = (value < 0n ? -value : value).toString(16)
  return text.length * 4 - Math.clz32(Number.parseInt(text.charAt(0), 16)) + 28
}

/** Digits of a decimal number: `0.DIGITS` times ten to the power of `point`. */
interface Digits {
  readonly digits: string
  readonly point: number
}

function wholeText(value: BigFloat): string {
  const { digits, point } = shortest(value)
  return (value.mantissa < 0n ? '-' : '') + digits.padEnd(point, '0')
}

function fractionText(value: BigFloat): string {
  const { digits, point } = shortest(value)
  const sign = value.mantissa < 0n ? '-' : ''
  const power = point - 1
  if (power < -4 || power >= SHORT_EXPONENT) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : ''
    const size = String(Math.abs(power)).padStart(2, '0')
    return `${sign}${digits.charAt(0)}${fraction}e${power < 0 ? '-' : '+'}${size}`
  }
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return `${sign}${digits.slice(0, point).padEnd(point, '0')}.${digits.slice(point)}`
}

/** From this power of ten on fractions are written with an exponent. */
const SHORT_EXPONENT = 6

/** The fewest digits that no other number of 64 binary digits is nearer to. */
function shortest({ mantissa, exponent }: BigFloat): Digits {
  // One digit more than kept: its last stands for half of what the last digit is worth.
  const size = mantissa < 0n ? -mantissa : mantissa
  const shift = PRECISION + 1 - bitLength(size)
  const wide = size << BigInt(shift)
  const power = exponent - shift
  const exact = decimal(wide, power)
  const lower = decimal(wide - 1n, power)
  const upper = decimal(wide + 1n, power)
  const isInclusive = (wide & 2n) === 0n
  const { digits, point } = exact
  for (let at = 0; at < digits.length; at++) {
    const digit = digits.charCodeAt(at)
    const low = lower.digits.charCodeAt(at) || 0x30
    const high = upper.digits.charCodeAt(at) || 0x30
    const mayDrop = low !== digit || (isInclusive && at + 1 === lower.digits.length)
    const mayRaise = digit !== high && (isInclusive || digit + 1 < high || at + 1 < upper.digits.length)
    if (mayDrop && mayRaise)
      return isRoundedUp(digits, at + 1) ? raised(digits, point, at + 1) : cut(digits, point, at + 1)
    if (mayDrop) return cut(digits, point, at + 1)
    if (mayRaise) return raised(digits, point, at + 1)
  }
  return exact
}

function decimal(mantissa: bigint, power: number): Digits {
  const text = power >= 0 ? (mantissa << BigInt(power)).toString() : (mantissa * 5n ** BigInt(-power)).toString()
  return cut(text, text.length + Math.min(power, 0), text.length)
}

/** The first `count` digits, without zeros at the end. */
function cut(digits: string, point: number, count: number): Digits {
  let end = Math.min(count, digits.length)
  while (end > 0 && digits.charCodeAt(end - 1) === 0x30) end--
  return { digits: digits.slice(0, end), point: end === 0 ? 0 : point }
}

function raised(digits: string, point: number, count: number): Digits {
  const more = (BigInt(digits.slice(0, count)) + 1n).toString()
  return cut(more, point + more.length - count, more.length)
}

function isRoundedUp(digits: string, count: number): boolean {
  if (count >= digits.length) return false
  const next = digits.charCodeAt(count)
  if (next === 0x35 && count + 1 === digits.length) return (digits.charCodeAt(count - 1) & 1) === 1
  return next >= 0x35
}
