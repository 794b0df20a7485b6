/** Builtins that ask for types, and that make values of one type from those of another. */
import { ANY, arrayOf, BOOLEAN, either, NULL, NUMBER, objectOf, setOf, STRING, type Type } from '../types/type.ts'
import { isNumber, numberFromText, type NumberValue } from '../values/number.ts'
import { isObject } from '../values/object.ts'
import { RegoSet, type Value } from '../values/value.ts'
import { BuiltinError, type Builtin, define } from './builtin.ts'
import { failure, membersOperand, mismatch, typeName } from './operands.ts'

/** `is_*`, `type_name`, `to_number`, `cast_*`. */
export const CONVERSIONS: readonly Builtin[] = [
  asking('is_null', (value) => value === null),
  asking('is_boolean', (value) => typeof value === 'boolean'),
  asking('is_number', isNumber),
  asking('is_string', (value) => typeof value === 'string'),
  asking('is_array', (value) => Array.isArray(value)),
  asking('is_object', isObject),
  asking('is_set', (value) => value instanceof RegoSet),
  define('type_name', [ANY], STRING, (_, value) => typeName(value)),
  define('to_number', [either(NULL, BOOLEAN, NUMBER, STRING)], NUMBER, (context, value) => {
    if (isNumber(value)) return value
    if (typeof value === 'string') {
      context.spend(value.length)
      return numberOf(value)
    }
    if (value === null || typeof value === 'boolean') return value === true ? 1 : 0
    throw mismatch(value, 1, 'one of {null, boolean, number, string}')
  }),
  casting('cast_array', arrayOf(ANY), (value) => listOf(value)),
  casting('cast_set', setOf(ANY), (value) => (value instanceof RegoSet ? value : new RegoSet(listOf(value)))),
  casting(
    'cast_string',
    STRING,
    only('string', (value) => typeof value === 'string'),
  ),
  casting(
    'cast_boolean',
    BOOLEAN,
    only('boolean', (value) => typeof value === 'boolean'),
  ),
  casting(
    'cast_null',
    NULL,
    only('null', (value) => value === null),
  ),
  casting('cast_object', objectOf(ANY, ANY), only('object', isObject)),
]

function asking(name: string, holds: (value: Value) => boolean): Builtin {
  return define(name, [ANY], BOOLEAN, (_, value) => holds(value))
}

function casting(name: string, result: Type, cast: (value: Value) => Value): Builtin {
  return define(name, [ANY], result, (_, value) => cast(value), { isDeprecated: true })
}

function only(wanted: string, isFine: (value: Value) => boolean): (value: Value) => Value {
  return (value) => {
    if (!isFine(value)) throw mismatch(value, 1, wanted)
    return value
  }
}

function listOf(value: Value): readonly Value[] {
  if (!Array.isArray(value) && !(value instanceof RegoSet)) throw mismatch(value, 1, 'one of {array, set}')
  return membersOperand(value, 1)
}

/** Numbers as policies write them, with what is allowed beyond: a plus sign, zeros in front, nothing on one side of the point. */
const LAX_NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?([eE][+-]?\d+)?$/

/** What Go reads as a number, and Rego does not. */
const NO_NUMBER = /^[+-]*(?:inf|infinity|nan)$/i

function numberOf(text: string): NumberValue {
  if (NO_NUMBER.test(text)) {
    throw new BuiltinError('eval_type_error', `operand 1 must be a valid number but got ${JSON.stringify(text)}`)
  }
  const [, sign = '', whole = '', fraction, power = ''] = LAX_NUMBER.exec(text) ?? []
  if (whole === '' && (fraction ?? '') === '') throw failure(`${JSON.stringify(text)}: invalid syntax`)
  const isInRange = Number.isFinite(Number(`${sign}${whole || '0'}.${fraction || '0'}${power}`))
  const digits = `${sign === '-' ? '-' : ''}${whole.replace(/^0+(?=\d)/, '') || '0'}`
  const number = isInRange
    ? numberFromText(`${digits}${fraction === undefined ? '' : `.${fraction || '0'}`}${power}`)
    : undefined
  if (number === undefined) throw failure(`${JSON.stringify(text)}: value out of range`)
  return number
}
