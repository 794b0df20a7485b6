/** Arguments of builtins by type. */
import { Decimal } from '../values/decimal.ts'
import { integerOf, isNumber, type NumberValue } from '../values/number.ts'
import { isObject } from '../values/object.ts'
import { type ObjectValue, RegoSet, type Value } from '../values/value.ts'
import { BuiltinError } from './builtin.ts'

/** An error of a builtin that is none of types. */
export function failure(message: string): BuiltinError {
  return new BuiltinError('eval_builtin_error', message)
}

export function textArgument(value: Value, place: number): string {
  if (typeof value !== 'string') throw mismatch(value, place, 'string')
  return value
}

export function numberArgument(value: Value, place: number): NumberValue {
  if (!isNumber(value)) throw mismatch(value, place, 'number')
  return value
}

/** A whole number that fits into 64 bits. */
export function integerArgument(value: Value, place: number): bigint {
  const number = integerOf(numberArgument(value, place))
  if (number === undefined || BigInt.asIntN(64, number) !== number) {
    throw new BuiltinError('eval_type_error', `operand ${place} must be integer number but got floating-point number`)
  }
  return number
}

export function objectArgument(value: Value, place: number): ObjectValue {
  if (!isObject(value)) throw mismatch(value, place, 'object')
  return value
}

/** The error of an argument of another type than `wanted`. */
export function mismatch(value: Value, place: number, wanted: string): BuiltinError {
  return new BuiltinError('eval_type_error', `operand ${place} must be ${wanted} but got ${typeName(value)}`)
}

function typeName(value: Value): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (value instanceof RegoSet) return 'set'
  if (isNumber(value) || value instanceof Decimal) return 'number'
  return typeof value === 'object' ? 'object' : typeof value
}
