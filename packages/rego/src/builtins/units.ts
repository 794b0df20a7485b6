/** Builtins for quantities with units: `10Ki`, `1.5GB`, `100m`. */
import { NUMBER, STRING } from '../types/type.ts'
import { integer, numberFromText, type NumberValue } from '../values/number.ts'
import { multiply, toBigFloat, truncated } from './big-float.ts'
import { type Builtin, define } from './builtin.ts'
import { failure, textOperand } from './operands.ts'

/** Sizes by their letters, in steps of a thousand or 1024. */
const LETTERS = ['k', 'm', 'g', 't', 'p', 'e'] as const
/** Digits behind the point that are kept of a fraction. */
const FRACTION_DIGITS = 10
const LARGEST_EXPONENT = 5_000
const AMOUNT = /^([+-]*[\d.+-]*)((?:[eE][+-]?\d+)?)/
const NUMBER_SHAPE = /^([+-]?)(\d*)\.?(\d*)$/

/** `units.parse`, `units.parse_bytes`. */
export const UNITS: readonly Builtin[] = [
  define('units.parse', [STRING], NUMBER, (context, operand) => {
    const { amount, unit } = quantity(textOperand(operand, 1))
    context.spend(Math.abs(amount.exponent))
    // Only the letter of a thousandth is told from that of a million.
    const lower = unit.length > 1 || unit !== 'm' ? unit.toLowerCase() : 'milli'
    if (lower === 'milli') return rounded({ digits: amount.digits, exponent: amount.exponent - 3 })
    const size = sizeOf(lower, '')
    if (size === undefined) throw failure(`unit ${unit} is not known`)
    return rounded({ digits: amount.digits * size, exponent: amount.exponent })
  }),
  define('units.parse_bytes', [STRING], NUMBER, (context, operand) => {
    const { amount, unit } = quantity(textOperand(operand, 1))
    context.spend(Math.abs(amount.exponent))
    const size = sizeOf(unit.toLowerCase(), 'b')
    if (size === undefined) throw failure(`byte unit ${unit} is not known`)
    const count = toBigFloat(numberFromText(`${amount.digits}e${amount.exponent}`) as NumberValue)
    return integer(truncated(multiply(count, toBigFloat(integer(size)))).whole)
  }),
]

/** Digits times a power of ten. */
interface Amount {
  readonly digits: bigint
  readonly exponent: number
}

function quantity(operand: string): { readonly amount: Amount; readonly unit: string } {
  const text = operand.replaceAll(/^"+|"+$/g, '')
  if (text.includes(' ')) throw failure('spaces are not allowed in quantities')
  const [all, number = '', power = ''] = AMOUNT.exec(text) as RegExpExecArray
  if (number === '') throw failure('no amount is given')
  const shape = NUMBER_SHAPE.exec(number)
  const exponent = Number(power.slice(1))
  if (shape === null || `${shape[2]}${shape[3]}` === '') throw failure('the amount is no number')
  if (Math.abs(exponent) > LARGEST_EXPONENT || number.length > LARGEST_EXPONENT)
    throw failure('the amount is out of range')
  const [, sign = '', whole = '', fraction = ''] = shape
  const digits = BigInt(whole + fraction)
  return {
    amount: { digits: sign === '-' ? -digits : digits, exponent: exponent - fraction.length },
    unit: text.slice(all.length),
  }
}

/** How much a unit is; `suffix` may stand behind its letters. */
function sizeOf(unit: string, suffix: string): bigint | undefined {
  if (unit === '') return 1n
  const power = LETTERS.findIndex((letter) => unit.startsWith(letter)) + 1
  if (power === 0) return undefined
  const rest = unit.slice(1)
  if (rest === '' || rest === suffix) return 1000n ** BigInt(power)
  return rest === 'i' || rest === `i${suffix}` ? 1024n ** BigInt(power) : undefined
}

/** A whole number, or a fraction with ten digits behind its point; halves go away from zero. */
function rounded({ digits, exponent }: Amount): NumberValue {
  if (exponent >= 0) return integer(digits * 10n ** BigInt(exponent))
  const divisor = 10n ** BigInt(-exponent)
  if (digits % divisor === 0n) return integer(digits / divisor)
  const size = digits < 0n ? -digits : digits
  const scaled = (size * 10n ** BigInt(FRACTION_DIGITS) * 2n + divisor) / (divisor * 2n)
  const text = scaled.toString().padStart(FRACTION_DIGITS + 1, '0')
  const point = text.length - FRACTION_DIGITS
  return numberFromText(`${digits < 0n ? '-' : ''}${text.slice(0, point)}.${text.slice(point)}`) as NumberValue
}
