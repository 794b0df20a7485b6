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
  rounding('abs', (value) => (value.mantissa < 0n ? { ...value, mantissa: -value.mantissa } : value), Math.abs),
  rounding(
    'ceil',
    (value) => next(value, 1n),
    (value) => value,
  ),
  rounding(
    'floor',
    (value) => next(value, -1n),
    (value) => value,
  ),
  define('round', [NUMBER], NUMBER, (_, operand) => {
    const value = numberOperand(operand, 1)
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value
    const float = toBigFloat(value)
    const half: BigFloat = { mantissa: float.mantissa < 0n ? -1n : 1n, exponent: -1 }
    return whole(truncated(add(float, half)).whole)
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
  if (isWhole(left) && isWhole(right)) {
    if (typeof left === 'number' && typeof right === 'number') {
      const result = operation.small(left, right)
      if (Number.isSafeInteger(result)) return result + 0
    }
    context.spend(32)
    return whole(operation.whole(BigInt(left), BigInt(right)))
  }
  context.spend(32)
  return numberOf(operation.float(toBigFloat(left), toBigFloat(right)))
}

/** An integer of bounded size. */
export function whole(value: bigint): NumberValue {
  if (value > LARGEST_WHOLE || value < -LARGEST_WHOLE) throw tooLarge('the number')
  return integer(value)
}

function isWhole(value: NumberValue): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))
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

function rounding(name: string, change: (value: BigFloat) => BigFloat, ofSmall: (value: number) => number): Builtin {
  return define(name, [NUMBER], NUMBER, (_, operand) => {
    const value = numberOperand(operand, 1)
    return typeof value === 'number' && Number.isSafeInteger(value)
      ? ofSmall(value)
      : numberOf(change(toBigFloat(value)))
  })
}

/** The next whole number upwards (1) or downwards (-1). */
function next(value: BigFloat, direction: 1n | -1n): BigFloat {
  const { whole: towardsZero, isExact } = truncated(value)
  if (isExact) return value
  const isAway = value.mantissa > 0n === direction > 0n
  return { mantissa: isAway ? towardsZero + direction : towardsZero, exponent: 0 }
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
