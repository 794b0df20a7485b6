/** Decimal numbers, so that 0.1 and 0.2 are 0.3: package shopspring/decimal. */
import { FunctionError } from '@kubescape/go-template'

/** Digits after the point that a division keeps. */
const DIVISION_DIGITS = 16

/** A whole number times a power of ten. */
export interface Decimal {
  readonly digits: bigint
  readonly exponent: number
}

/**
 * The decimal of the fewest digits that only this number has.
 * @throws {FunctionError} for infinity, and for what is not a number
 */
export function decimalOf(float: number): Decimal {
  if (Number.isNaN(float)) throw new FunctionError('Cannot create a Decimal from NaN')
  if (!Number.isFinite(float)) {
    throw new FunctionError(`Cannot create a Decimal from ${float > 0 ? '+Inf' : '-Inf'}`)
  }
  const [mantissa = '', exponent = '0'] = float.toExponential().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length }
}

/** The nearest float64. */
export function floatOfDecimal({ digits, exponent }: Decimal): number {
  return Number(`${digits}e${exponent}`)
}

/** The sum, exact. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent)
  return { digits: digitsAt(a, exponent) + digitsAt(b, exponent), exponent }
}

/** The difference, exact. */
export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  return addDecimals(a, { digits: -b.digits, exponent: b.exponent })
}

/** The product, exact. */
export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, exponent: a.exponent + b.exponent }
}

/**
 * The quotient, with halves rounded away from zero.
 * @throws {FunctionError} for a division by zero
 */
export function divideDecimals(a: Decimal, b: Decimal): Decimal {
  if (b.digits === 0n) throw new FunctionError('decimal division by 0')
  const shift = a.exponent - b.exponent + DIVISION_DIGITS
  const dividend = shift > 0 ? a.digits * 10n ** BigInt(shift) : a.digits
  const divisor = shift < 0 ? b.digits * 10n ** BigInt(-shift) : b.digits
  const quotient = dividend / divisor
  const remainder = dividend % divisor
  const isUp = 2n * magnitude(remainder) >= magnitude(divisor)
  const away = dividend < 0n === divisor < 0n ? 1n : -1n
  return { digits: isUp ? quotient + away : quotient, exponent: -DIVISION_DIGITS }
}

function digitsAt({ digits, exponent }: Decimal, wanted: number): bigint {
  return digits * 10n ** BigInt(exponent - wanted)
}

function magnitude(whole: bigint): bigint {
  return whole < 0n ? -whole : whole
}
