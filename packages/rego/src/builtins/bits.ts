/** Builtins for the binary digits of whole numbers; negative ones have endless ones in front, as in two's complement. */
import { NUMBER } from '../types/type.ts'
import type { NumberValue } from '../values/number.ts'
import { whole } from './arithmetic.ts'
import type { Value } from '../values/value.ts'
import { BuiltinError, type Builtin, type BuiltinContext, define } from './builtin.ts'
import { tooLarge, wholeOperand } from './operands.ts'

/** A shift by more makes a number too large, or nothing of any number. */
const LARGEST_SHIFT = 1_000_000n

/** `bits.*`. */
export const BITS: readonly Builtin[] = [
  binary('bits.and', (left, right) => left & right),
  binary('bits.or', (left, right) => left | right),
  binary('bits.xor', (left, right) => left ^ right),
  define('bits.negate', [NUMBER], NUMBER, (_, value) => whole(~wholeOperand(value, 1))),
  define('bits.lsh', [NUMBER, NUMBER], NUMBER, (context, value, by) => {
    const number = wholeOperand(value, 1)
    const shift = shiftOperand(context, by)
    if (shift > LARGEST_SHIFT) {
      if (number === 0n) return 0
      throw tooLarge('the number')
    }
    return whole(number << shift)
  }),
  define('bits.rsh', [NUMBER, NUMBER], NUMBER, (context, value, by) => {
    const number = wholeOperand(value, 1)
    const shift = shiftOperand(context, by)
    return whole(number >> (shift > LARGEST_SHIFT ? LARGEST_SHIFT : shift))
  }),
]

function binary(name: string, combine: (left: bigint, right: bigint) => bigint): Builtin {
  return define(name, [NUMBER, NUMBER], NUMBER, (_, left, right): NumberValue => {
    return whole(combine(wholeOperand(left, 1), wholeOperand(right, 2)))
  })
}

function shiftOperand(context: BuiltinContext, value: Value): bigint {
  const shift = wholeOperand(value, 2)
  if (shift < 0n) {
    throw new BuiltinError('eval_type_error', 'operand 2 must be an unsigned integer number but got a negative integer')
  }
  context.spend(Number(shift > LARGEST_SHIFT ? LARGEST_SHIFT : shift) >> 6)
  return shift
}
