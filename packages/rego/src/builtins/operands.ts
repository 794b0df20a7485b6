/** Operands of builtins by type: each function gives the value as what it must be, or says what it is instead. */
import { EvaluationError } from '../problem.ts'
import { integerOf, isNumber, type NumberValue } from '../values/number.ts'
import { isObject } from '../values/object.ts'
import { RegoSet, type ObjectValue, type Value } from '../values/value.ts'
import { BuiltinError } from './builtin.ts'

/** An error that is not one of types. */
export function failure(message: string): BuiltinError {
  return new BuiltinError('eval_builtin_error', message)
}

/** What ends the evaluation: the result would be too large. */
export function tooLarge(what: string): EvaluationError {
  return new EvaluationError('eval_limit_error', `${what} would be too large`)
}

/** The error of an operand that is not what it must be; `place` counts from 1. */
export function mismatch(value: Value, place: number, wanted: string): BuiltinError {
  return new BuiltinError('eval_type_error', `operand ${place} must be ${wanted} but got ${typeName(value)}`)
}

/** The error of a member of a collection that is not what all must be: `strings`, `numbers`. */
export function memberMismatch(collection: Value, member: Value, place: number, wanted: string): BuiltinError {
  const name = typeName(collection)
  return new BuiltinError(
    'eval_type_error',
    `operand ${place} must be ${name} of ${wanted} but got ${name} containing ${typeName(member)}`,
  )
}

/** The name of the type of a value: `null`, `boolean`, `number`, `string`, `array`, `object`, `set`. */
export function typeName(value: Value): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (value instanceof RegoSet) return 'set'
  if (isNumber(value)) return 'number'
  return typeof value === 'object' ? 'object' : typeof value
}

/** A text. */
export function textOperand(value: Value, place: number): string {
  if (typeof value !== 'string') throw mismatch(value, place, 'string')
  return value
}

/** A number of any form. */
export function numberOperand(value: Value, place: number): NumberValue {
  if (!isNumber(value)) throw mismatch(value, place, 'number')
  return value
}

/** A whole number of any size; `1.0` and `1e1` count. */
export function wholeOperand(value: Value, place: number): bigint {
  const whole = integerOf(numberOperand(value, place))
  if (whole === undefined) throw notWhole(place)
  return whole
}

/** A whole number of 64 bits that is written without a point and an exponent. */
export function integerOperand(value: Value, place: number): bigint {
  const number = numberOperand(value, place)
  if (typeof number === 'number' && Number.isSafeInteger(number)) return BigInt(number)
  if (typeof number === 'bigint' && BigInt.asIntN(64, number) === number) return number
  throw notWhole(place)
}

/** As `integerOperand`, for places in texts and lists: what lies beyond 2^53 is as good as infinite. */
export function placeOperand(value: Value, place: number): number {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : Number(integerOperand(value, place))
}

/** An array. */
export function arrayOperand(value: Value, place: number): readonly Value[] {
  if (!Array.isArray(value)) throw mismatch(value, place, 'array')
  return value as readonly Value[]
}

/** A set. */
export function setOperand(value: Value, place: number): RegoSet {
  if (!(value instanceof RegoSet)) throw mismatch(value, place, 'set')
  return value
}

/** An object of either kind. */
export function objectOperand(value: Value, place: number): ObjectValue {
  if (!isObject(value)) throw mismatch(value, place, 'object')
  return value
}

/** The members of an array or a set in their order. */
export function membersOperand(value: Value, place: number): readonly Value[] {
  if (Array.isArray(value)) return value as readonly Value[]
  if (value instanceof RegoSet) return value.values()
  throw mismatch(value, place, 'one of {set, array}')
}

/** The members of an array or a set, which must all be texts. */
export function textsOperand(value: Value, place: number): readonly string[] {
  const members = membersOperand(value, place)
  for (let at = 0; at < members.length; at++) {
    const member = members[at] as Value
    if (typeof member !== 'string') throw memberMismatch(value, member, place, 'strings')
  }
  return members as readonly string[]
}

function notWhole(place: number): BuiltinError {
  return new BuiltinError('eval_type_error', `operand ${place} must be integer number but got floating-point number`)
}
