/** Numbers under the verbs of `fmt`. */
import { formatFloat, type FloatBits, type FloatFormat } from '../number-text.ts'
import { isPrintable, quoteRune, validRune } from '../quote.ts'
import { pad, type Flags } from './flags.ts'

/** A whole number under an integer verb; undefined when the verb is none. `signed` tells kinds that can be negative. */
export function formatInteger(value: bigint, verb: string, signed: boolean, flags: Flags): string | undefined {
  switch (verb) {
    case 'v':
      return flags.goSyntax && !signed ? goUnsigned(value, flags) : digits(value, 10, verb, flags)
    case 'd':
      return digits(value, 10, verb, flags)
    case 'b':
      return digits(value, 2, verb, flags)
    case 'o':
    case 'O':
      return digits(value, 8, verb, flags)
    case 'x':
    case 'X':
      return digits(value, 16, verb, flags)
    case 'c':
      return pad(String.fromCodePoint(runeOf(value)), flags)
    case 'q':
      return pad(quoteRune(runeOf(value), flags.plus), flags)
    case 'U':
      return unicode(value, flags)
    default:
      return undefined
  }
}

/** An unsigned number in Go's syntax: `0x1f`. */
export function goUnsigned(value: bigint, flags: Flags): string {
  const { sharp } = flags
  flags.sharp = true
  const text = digits(value, 16, 'v', flags)
  flags.sharp = sharp
  return text
}

/** A float under a float verb; undefined when the verb is none. */
export function formatFloating(value: number, bits: FloatBits, verb: string, flags: Flags): string | undefined {
  switch (verb) {
    case 'v':
      return floating(value, bits, 'g', flags.precision, flags)
    case 'b':
    case 'g':
    case 'G':
    case 'x':
    case 'X':
      return floating(value, bits, verb, flags.precision, flags)
    case 'f':
    case 'e':
    case 'E':
      return floating(value, bits, verb, flags.precision ?? 6, flags)
    case 'F':
      return floating(value, bits, 'f', flags.precision ?? 6, flags)
    default:
      return undefined
  }
}

function digits(value: bigint, base: number, verb: string, flags: Flags): string {
  const negative = value < 0n
  let text = (negative ? -value : value).toString(base)
  if (flags.precision !== undefined) {
    if (flags.precision === 0 && value === 0n) return ' '.repeat(flags.width ?? 0)
    text = text.padStart(flags.precision, '0')
  } else if (flags.zero && !flags.minus && flags.width !== undefined) {
    text = text.padStart(flags.width - (negative || flags.plus || flags.space ? 1 : 0), '0')
  }
  if (flags.sharp) {
    if (base === 2) text = `0b${text}`
    else if (base === 16) text = `0x${text}`
    else if (base === 8 && text.charCodeAt(0) !== 0x30) text = `0${text}`
  }
  if (verb === 'O') text = `0o${text}`
  if (verb === 'X') text = text.toUpperCase()
  const sign = negative ? '-' : flags.plus ? '+' : flags.space ? ' ' : ''
  return pad(sign + text, flags, false)
}

function runeOf(value: bigint): number {
  return value < 0n || value > 0x10ffffn ? validRune(-1) : validRune(Number(value))
}

/** `U+0078`, and with `#` the character too: `U+0078 'x'`. */
function unicode(value: bigint, flags: Flags): string {
  const unsigned = BigInt.asUintN(64, value)
  const text = `U+${unsigned
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(flags.precision ?? 4, 4), '0')}`
  const shown = flags.sharp && unsigned <= 0x10ffffn && isPrintable(Number(unsigned))
  return pad(shown ? `${text} '${String.fromCodePoint(Number(unsigned))}'` : text, flags, false)
}

function floating(
  value: number,
  bits: FloatBits,
  format: FloatFormat,
  precision: number | undefined,
  flags: Flags,
): string {
  const text = formatFloat(value, format, precision, bits)
  const signed = text.charCodeAt(0) === 0x2d || text.charCodeAt(0) === 0x2b
  let sign = signed ? text.charAt(0) : '+'
  let size = signed ? text.slice(1) : text
  if (flags.space && sign === '+' && !flags.plus) sign = ' '
  const shown = flags.plus || sign !== '+'
  // Infinity shows its sign even when it is positive; neither it nor NaN takes zeros.
  if (size === 'NaN') return pad(shown ? sign + size : size, flags, false)
  if (size === 'Inf') return pad(sign + size, flags, false)
  if (flags.sharp && format !== 'b') size = withPoint(size, format, precision)
  if (!shown) return pad(size, flags)
  const missing = (flags.width ?? 0) - size.length - 1
  if (flags.zero && !flags.minus && missing > 0) return sign + '0'.repeat(missing) + size
  return pad(sign + size, flags)
}

/** With `#`, floats always have a point, and `%g` keeps its zeros at the end. */
function withPoint(size: string, format: FloatFormat, precision: number | undefined): string {
  const hexadecimal = format === 'x' || format === 'X'
  const end = size.search(hexadecimal ? /[pP]/ : /[eE]/)
  let mantissa = end === -1 ? size : size.slice(0, end)
  const exponent = end === -1 ? '' : size.slice(end)
  let wanted = format === 'g' || format === 'G' || format === 'x' ? (precision ?? 6) : 0
  let significant = false
  for (const digit of mantissa) {
    if (digit === '.') continue
    if (digit !== '0') significant = true
    if (significant) wanted--
  }
  if (!mantissa.includes('.')) {
    if (mantissa === '0') wanted--
    mantissa += '.'
  }
  return mantissa + '0'.repeat(Math.max(wanted, 0)) + exponent
}
