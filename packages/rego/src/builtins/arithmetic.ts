/** Builtins for numbers: the operators, rounding, ranges. */
import { either, NUMBER, ANY, arrayOf, setOf } from '../types/type.ts'
import { integer, integerOf, isNumber, type NumberValue } from '../values/number.ts'
import { RegoSet, type Value } from '../values/value.ts'
import { add, divide, multiply, numberOf, subtract, toBigFloat, truncated, type BigFloat } from './big-float.ts'
import { type Builtin, type BuiltinContext, define } from './builtin.ts'
import { failure, mismatch, numberOperand, setOperand, tooLarge, wholeOperand } from './operands.ts'
import { difference } from './sets.ts'

/** Whole numbers with more binary digits are refused: some thousand decimal digits each. */
const LARGEST_WHOLE = 1n << 65_536n
/** What an operation costs on a number of more than a thousand binary digits. */
const LONG_COST = 4_096
/** What a number of a list costs: unlike other work, it is kept. */
const ITEM_COST = 8

/** An operation on numbers of JavaScript, on whole numbers of any size, on fractions. */
export interface Operation {
  readonly small: (left: number, right: number) => number
  readonly whole: (left: bigint, right: bigint) => bigint
  readonly float: (left: BigFloat, right: BigFloat) => BigFloat
}

export const PLUS: Operation = { small: (a, b) => a + b, whole: (a, b) => a + b, float: add }
export const TIMES: Operation = { small: (a, b) => a * b, whole: (a, b) => a * b, float: multiply }
const MINUS: Operation = { small: (a, b) => a - b, whole: (a, b) => a - b, float: subtract }

/** `+`, `-`, `*`, `/`, `%`, `abs`, `ceil`, `floor`, `round`, `numbers.*`. */
export const ARITHMETIC: readonly Builtin[] = [
  define('plus', [NUMBER, NUMBER], NUMBER, (context, left, right) => {
    if (typeof left === 'number' && typeof right === 'number') {
      const sum = left + right
      if (Number.isSafeInteger(sum) && Number.isInteger(left) && Number.isInteger(right)) return sum + 0
    }
    return calculated(context, numberOperand(left, 1), numberOperand(right, 2), PLUS)
  }),
  define(
    'minus',
    [either(NUMBER, setOf(ANY)), either(NUMBER, setOf(ANY))],
    either(NUMBER, setOf(ANY)),
    (context, left, right) => {
      if (typeof left === 'number' && typeof right === 'number') {
        const rest = left - right
        if (Number.isSafeInteger(rest) && Number.isInteger(left) && Number.isInteger(right)) return rest + 0
      }
      if (isNumber(left)) return calculated(context, left, numberOperand(right, 2), MINUS)
      if (left instanceof RegoSet) return difference(context, left, setOperand(right, 2))
      throw mismatch(left, 1, 'one of {number, set}')
    },
  ),
  define('mul', [NUMBER, NUMBER], NUMBER, (context, left, right) => {
    if (typeof left === 'number' && typeof right === 'number') {
      const product = left * right
      if (Number.isSafeInteger(product) && Number.isInteger(left) && Number.isInteger(right)) return product + 0
    }
    return calculated(context, numberOperand(left, 1), numberOperand(right, 2), TIMES)
  }),
  define('div', [NUMBER, NUMBER], NUMBER, (context, left, right) =>
    quotient(context, numberOperand(left, 1), numberOperand(right, 2)),
  ),
  define('rem', [NUMBER, NUMBER], NUMBER, (_, left, right) => {
    const a = numberOperand(left, 1)
    const b = numberOperand(right, 2)
    if (b === 0) throw failure('modulo by zero')
    if (typeof a === 'number' && typeof b === 'number' && Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
      return (a % b) + 0
    }
    const dividend = integerOf(a)
    const divisor = integerOf(b)
    if (dividend === undefined || divisor === undefined) throw failure('modulo on floating-point number')
    if (divisor === 0n) throw failure('modulo by zero')
    return integer(dividend % divisor)
  }),
  define('abs', [NUMBER], NUMBER, (_, operand) => {
    const value = numberOperand(operand, 1)
    if (typeof value === 'number' && Number.isSafeInteger(value)) return Math.abs(value)
    const { mantissa, exponent } = toBigFloat(value)
    return numberOf({ mantissa: mantissa < 0n ? -mantissa : mantissa, exponent })
  }),
  rounding('ceil', (value) => next(value, 1n)),
  rounding('floor', (value) => next(value, -1n)),
  rounding('round', (value) => {
    const half: BigFloat = { mantissa: value.mantissa < 0n ? -1n : 1n, exponent: -1 }
    return truncated(add(value, half)).whole
  }),
  define('numbers.range', [NUMBER, NUMBER], arrayOf(NUMBER), (context, from, to) =>
    range(context, wholeOperand(from, 1), wholeOperand(to, 2), 1n),
  ),
  define('numbers.range_step', [NUMBER, NUMBER, NUMBER], arrayOf(NUMBER), (context, from, to, step) => {
    const size = wholeOperand(step, 3)
    if (size <= 0n) throw failure('step must be a positive number above zero')
    return range(context, wholeOperand(from, 1), wholeOperand(to, 2), size)
  }),
]

/** Whole numbers are exact, whatever their size; with a fraction on either side all goes by 64 binary digits. */
export function calculated(
  context: BuiltinContext,
  left: NumberValue,
  right: NumberValue,
  operation: Operation,
): NumberValue {
  if (typeof left === 'number' && typeof right === 'number') {
    const result = operation.small(left, right)
    if (Number.isSafeInteger(result) && Number.isInteger(left) && Number.isInteger(right)) return result + 0
  }
  context.spend(32)
  const a = integerOf(left)
  const b = a === undefined ? undefined : integerOf(right)
  if (a !== undefined && b !== undefined) {
    if (isLong(a) || isLong(b)) context.spend(LONG_COST)
    return whole(operation.whole(a, b))
  }
  return numberOf(operation.float(toBigFloat(left), toBigFloat(right)))
}

/** An integer of bounded size. */
export function whole(value: bigint): NumberValue {
  if (value > LARGEST_WHOLE || value < -LARGEST_WHOLE) throw tooLarge('the number')
  return integer(value)
}

function quotient(context: BuiltinContext, left: NumberValue, right: NumberValue): NumberValue {
  if (typeof left === 'number' && typeof right === 'number' && right !== 0) {
    const result = left / right
    if (Number.isSafeInteger(result) && Number.isSafeInteger(left) && Number.isSafeInteger(right)) return result + 0
  }
  context.spend(32)
  const divisor = toBigFloat(right)
  if (divisor.mantissa === 0n) throw failure('divide by zero')
  return numberOf(divide(toBigFloat(left), divisor))
}

/** To whole numbers: those of 53 binary digits and less are themselves. */
function rounding(name: string, wholeOf: (value: BigFloat) => bigint): Builtin {
  return define(name, [NUMBER], NUMBER, (context, operand) => {
    const value = numberOperand(operand, 1)
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value
    context.spend(32)
    return whole(wholeOf(toBigFloat(value)))
  })
}

/**
 * The number itself, or the next whole one upwards (1) or downwards (-1). Between -1 and 0 numbers count as positive, as in OPA:
 * `ceil(-0.5)` is 1, and `floor(-0.5)` is 0.
 */
function next(value: BigFloat, direction: 1n | -1n): bigint {
  const { whole: towardsZero, isExact } = truncated(value)
  return isExact || towardsZero >= 0n !== direction > 0n ? towardsZero : towardsZero + direction
}

/** Too long for its digits to be worth nothing. */
function isLong(value: bigint): boolean {
  return BigInt.asIntN(1024, value) !== value
}

function range(context: BuiltinContext, from: bigint, to: bigint, step: bigint): Value {
  const isUpwards = to >= from
  const count = (isUpwards ? to - from : from - to) / step + 1n
  context.spend(Number(count) * ITEM_COST)
  const items: Value[] = []
  const length = Number(count)
  const move = isUpwards ? step : -step
  if (isSmall(from) && isSmall(to) && isSmall(step)) {
    const first = Number(from)
    const by = Number(move)
    for (let at = 0; at < length; at++) items.push(first + at * by)
  } else for (let at = 0n; at < count; at++) items.push(integer(from + at * move))
  return items
}

function isSmall(value: bigint): boolean {
  return value >= -9007199254740991n && value <= 9007199254740991n
}
