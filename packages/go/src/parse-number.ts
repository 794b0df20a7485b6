/** Texts to numbers: package strconv, `ParseInt`, `ParseUint` and `ParseFloat`. */
import { scaledFloat } from './binary-float.ts'

/** A number that was read, or what stands for it. */
export interface Parsed<N> {
  /** The number; the nearest one that fits when it is out of range; zero when it is none. */
  readonly value: N
  /** Go's words for what is wrong; undefined when all is well. */
  readonly problem: 'invalid syntax' | 'value out of range' | undefined
}

/** Go reads no greater exponents; the value is infinite or zero long before. */
const MAX_EXPONENT = 10_000
const DECIMAL = /^(?:[0-9_]+(?:\.[0-9_]*)?|\.[0-9_]+)(?:[eE][+-]?[0-9][0-9_]*)?$/
const HEXADECIMAL = /^0[xX](?:([0-9a-fA-F_]+)(?:\.([0-9a-fA-F_]*))?|\.([0-9a-fA-F_]+))[pP]([+-]?[0-9][0-9_]*)$/

/** A signed whole number of `bits` bits. Base 0 goes by the prefix, as Go's literals do, and allows underscores. */
export function parseInteger(text: string, base: number, bits = 64): Parsed<bigint> {
  const negative = text.charCodeAt(0) === 0x2d
  const limit = 1n << BigInt(bits - 1)
  const { value, problem } = parseUnsigned(isSigned(text) ? text.slice(1) : text, base, bits)
  if (problem === 'invalid syntax') return { value, problem }
  if (negative) return value > limit ? outOfRange(-limit) : { value: -value, problem: undefined }
  return value >= limit ? outOfRange(limit - 1n) : { value, problem: undefined }
}

/** An unsigned whole number of `bits` bits; no sign is allowed. */
export function parseUnsigned(text: string, base: number, bits = 64): Parsed<bigint> {
  const start = base === 0 ? prefixLength(text) : 0
  const radix = base === 0 ? baseOf(text) : base
  if (text.length === 0 || (start === text.length && text !== '0')) return { value: 0n, problem: 'invalid syntax' }
  const limit = 1n << BigInt(bits)
  let value = 0n
  let underscores = false
  for (let at = start; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0x5f && base === 0) {
      underscores = true
      continue
    }
    const digit = digitValue(unit)
    if (digit >= radix) return { value: 0n, problem: 'invalid syntax' }
    value = value * BigInt(radix) + BigInt(digit)
    if (value >= limit) return outOfRange(limit - 1n)
  }
  return underscores && !separatesDigits(text)
    ? { value: 0n, problem: 'invalid syntax' }
    : { value, problem: undefined }
}

/** A float64, decimal or hexadecimal, infinity or NaN. Underscores may stand between digits. */
export function parseFloat64(text: string): Parsed<number> {
  const size = isSigned(text) ? text.slice(1) : text
  const sign = text.charCodeAt(0) === 0x2d ? -1 : 1
  const word = size.length <= 8 ? size.toLowerCase() : ''
  if (word === 'inf' || word === 'infinity') return { value: sign * Infinity, problem: undefined }
  if (word === 'nan' && size === text) return { value: Number.NaN, problem: undefined }
  const value = parseSize(size)
  if (value === undefined) return { value: 0, problem: 'invalid syntax' }
  return { value: sign * value, problem: value === Infinity ? 'value out of range' : undefined }
}

function parseSize(text: string): number | undefined {
  if (text.includes('_') && !separatesDigits(text)) return undefined
  if (DECIMAL.test(text)) return Number(text.replaceAll('_', ''))
  const parts = HEXADECIMAL.exec(text)
  if (parts === null) return undefined
  const [, whole = '', fraction = '', onlyFraction = '', power = ''] = parts
  const after = (fraction + onlyFraction).replaceAll('_', '')
  const exponent = Math.max(Math.min(Number(power.replaceAll('_', '')), MAX_EXPONENT), -MAX_EXPONENT)
  return scaledFloat(BigInt(`0x${whole.replaceAll('_', '')}${after}`), exponent - 4 * after.length)
}

function outOfRange(value: bigint): Parsed<bigint> {
  return { value, problem: 'value out of range' }
}

function isSigned(text: string): boolean {
  return text.charCodeAt(0) === 0x2b || text.charCodeAt(0) === 0x2d
}

/** Base of a literal: 2, 8 or 16 after a prefix, 8 after a zero, else 10. */
function baseOf(text: string): number {
  if (text.charCodeAt(0) !== 0x30 || text.length === 1) return 10
  if (text.length > 2) {
    const letter = text.charCodeAt(1) | 0x20
    if (letter === 0x62) return 2
    if (letter === 0x78) return 16
  }
  return 8
}

function prefixLength(text: string): number {
  if (text.charCodeAt(0) !== 0x30 || text.length === 1) return 0
  return text.length > 2 && hasLetterPrefix(text) ? 2 : 1
}

function hasLetterPrefix(text: string): boolean {
  const letter = text.charCodeAt(1) | 0x20
  return text.charCodeAt(0) === 0x30 && (letter === 0x62 || letter === 0x6f || letter === 0x78)
}

/** Whether every underscore stands after a digit or a prefix, and before a digit. */
function separatesDigits(text: string): boolean {
  const prefixed = hasLetterPrefix(text)
  const hexadecimal = prefixed && (text.charCodeAt(1) | 0x20) === 0x78
  let last: 'digit' | 'underscore' | 'other' = prefixed ? 'digit' : 'other'
  for (let at = prefixed ? 2 : 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (digitValue(unit) < (hexadecimal ? 16 : 10)) last = 'digit'
    else if (unit === 0x5f) {
      if (last !== 'digit') return false
      last = 'underscore'
    } else {
      if (last === 'underscore') return false
      last = 'other'
    }
  }
  return last !== 'underscore'
}

/** Value of a digit or letter; 99 for what is neither. */
function digitValue(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30
  const lower = unit | 0x20
  return lower >= 0x61 && lower <= 0x7a ? lower - 0x61 + 10 : 99
}
