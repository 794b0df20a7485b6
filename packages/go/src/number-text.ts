/** Numbers to text: package strconv, `FormatFloat`. */
import { binaryParts, formatBinary, formatHex } from './binary-float.ts'

/** How a float is written; see `formatFloat`. */
export type FloatFormat = 'e' | 'E' | 'f' | 'g' | 'G' | 'x' | 'X' | 'b'

/** Bits of a float: 64 of float64, 32 of float32. */
export type FloatBits = 32 | 64

/** Digits of a number: `0.DIGITS` times ten to the power of `point`; no digits for zero. */
interface Decimal {
  readonly digits: string
  readonly point: number
}

/**
 * A float as text. `precision` is the number of digits after the point (of `g`: of all digits); undefined for as few digits
 * as tell the number from all others. Halves are rounded to the even digit, as the exact value of the number demands.
 */
export function formatFloat(
  number: number,
  format: FloatFormat,
  precision: number | undefined,
  bits: FloatBits = 64,
): string {
  const value = bits === 32 ? Math.fround(number) : number
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value < 0 ? '-Inf' : '+Inf'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const size = Math.abs(value)
  switch (format) {
    case 'b':
      return sign + formatBinary(size, bits)
    case 'x':
      return sign + formatHex(size, precision)
    case 'X':
      return sign + formatHex(size, precision).toUpperCase()
    case 'f':
      return sign + fixed(size, precision, bits)
    case 'e':
    case 'E':
      return sign + exponential(size, format, precision, bits)
    default:
      return sign + general(size, format, precision, bits)
  }
}

/** A float64 as `%v` prints it: as few digits as possible, with an exponent below 0.0001 and from 1e+06 on. */
export function floatText(value: number): string {
  // Whole numbers below a million are their own digits.
  if (value > -1e6 && value < 1e6 && Number.isInteger(value) && !Object.is(value, -0)) return String(value)
  return formatFloat(value, 'g', undefined)
}

function fixed(size: number, precision: number | undefined, bits: FloatBits): string {
  if (precision === undefined) {
    const decimal = shortest(size, bits)
    return writeFixed(decimal, Math.max(decimal.digits.length - decimal.point, 0))
  }
  const decimal = exact(size)
  return writeFixed(rounded(decimal, decimal.point + precision), precision)
}

function exponential(size: number, letter: 'e' | 'E', precision: number | undefined, bits: FloatBits): string {
  if (precision === undefined) {
    const decimal = shortest(size, bits)
    return writeExponential(decimal, letter, Math.max(decimal.digits.length - 1, 0))
  }
  return writeExponential(rounded(exact(size), precision + 1), letter, precision)
}

function general(size: number, format: 'g' | 'G', precision: number | undefined, bits: FloatBits): string {
  const wanted = precision === 0 ? 1 : precision
  const decimal = wanted === undefined ? shortest(size, bits) : rounded(exact(size), wanted)
  const count = decimal.digits.length
  let limit = wanted ?? 6
  if (wanted !== undefined && limit > count && count >= decimal.point) limit = count
  const exponent = decimal.point - 1
  if (exponent < -4 || exponent >= limit)
    return writeExponential(decimal, format === 'g' ? 'e' : 'E', Math.max(Math.min(count, wanted ?? count) - 1, 0))
  return writeFixed(decimal, Math.max(count - decimal.point, 0))
}

function writeFixed({ digits, point }: Decimal, precision: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  if (precision === 0) return whole
  const fraction = point >= 0 ? digits.slice(point) : '0'.repeat(Math.min(-point, precision)) + digits
  return `${whole}.${fraction.slice(0, precision).padEnd(precision, '0')}`
}

function writeExponential({ digits, point }: Decimal, letter: 'e' | 'E', precision: number): string {
  const exponent = digits === '' ? 0 : point - 1
  const mantissa = precision === 0 ? '' : `.${digits.slice(1, precision + 1).padEnd(precision, '0')}`
  const power = String(Math.abs(exponent)).padStart(2, '0')
  return `${digits === '' ? '0' : digits.charAt(0)}${mantissa}${letter}${exponent < 0 ? '-' : '+'}${power}`
}

/** The fewest digits that only this number has. */
function shortest(size: number, bits: FloatBits): Decimal {
  let text = size.toExponential()
  if (bits === 32) {
    let precision = 0
    do text = size.toExponential(precision++)
    while (Math.fround(Number(text)) !== size)
  }
  const split = text.indexOf('e')
  return decimalOf(text.charAt(0) + text.slice(2, split), Number(text.slice(split + 1)) + 1)
}

/** All digits of a number: a binary fraction of finite length is a decimal one too. */
function exact(size: number): Decimal {
  const { mantissa, exponent } = binaryParts(size)
  if (exponent >= 0) {
    const text = (mantissa << BigInt(exponent)).toString()
    return decimalOf(text, text.length)
  }
  const text = (mantissa * 5n ** BigInt(-exponent)).toString()
  return decimalOf(text, text.length + exponent)
}

/** Keeps `count` digits. */
function rounded(decimal: Decimal, count: number): Decimal {
  const { digits, point } = decimal
  if (count >= digits.length) return decimal
  if (count < 0) return { digits: '', point: 0 }
  const kept = digits.slice(0, count)
  const next = digits.charCodeAt(count) - 0x30
  // What was cut is exactly a half only when nothing follows the five.
  const half = next === 5 && count + 1 === digits.length
  const up = half ? count > 0 && digits.charCodeAt(count - 1) % 2 === 1 : next >= 5
  if (!up) return decimalOf(kept, point)
  const more = (BigInt(kept === '' ? '0' : kept) + 1n).toString()
  return decimalOf(more, point + more.length - count)
}

/** Digits of a number without the zeros at the end. */
function decimalOf(digits: string, point: number): Decimal {
  let end = digits.length
  while (end > 0 && digits.charCodeAt(end - 1) === 0x30) end--
  return end === 0 ? { digits: '', point: 0 } : { digits: digits.slice(0, end), point }
}
