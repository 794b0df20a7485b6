/** Keywords of schemas whose values are no schemas. */
import { type NumberValue, compareNumbers, isNumber } from '../values/number.ts'
import type { PlainObject, Value } from '../values/value.ts'

/** What is wrong with a schema. */
export class SchemaError extends Error {}

const TYPES = ['array', 'boolean', 'integer', 'number', 'null', 'object', 'string']
const SIZES = ['minLength', 'maxLength', 'minProperties', 'maxProperties', 'minItems', 'maxItems']
const PAIRS = [
  ['minLength', 'maxLength'],
  ['minProperties', 'maxProperties'],
] as const

/** Whether a value is an object of JSON. */
export function isRecord(value: Value | undefined): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isNumber(value)
}

/** What an object has at a keyword. */
export function own(object: PlainObject, key: string): Value | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** The object at a keyword, an empty one where there is none; `name` stands in the error. */
export function objectOf(document: PlainObject, keyword: string, name: string): PlainObject {
  const value = own(document, keyword) ?? {}
  if (!isRecord(value)) throw new SchemaError(`${name} must be of type object`)
  return value
}

/** The list at a keyword, an empty one where there is none. */
export function listOf(document: PlainObject, keyword: string): readonly Value[] {
  const value = own(document, keyword) ?? []
  if (!Array.isArray(value)) throw new SchemaError(`${keyword} must be of an array`)
  return value as readonly Value[]
}

/** The names of types. */
export function typesOf(value: Value | undefined): readonly string[] {
  if (value === undefined) return []
  const names: readonly Value[] = Array.isArray(value) ? value : [value]
  if (!names.every((name) => typeof name === 'string')) throw mistyped('type', 'string/Array Of Strings')
  for (const [at, name] of names.entries()) {
    if (!TYPES.includes(name)) {
      throw new SchemaError(
        `has a primitive type that is NOT VALID -- given: /${name}/ Expected valid values are:[${TYPES.join(' ')}]`,
      )
    }
    if (names.indexOf(name) < at) throw new SchemaError(`${name} type is duplicated`)
  }
  return names
}

/** Numbers that bound numbers. */
export function boundsOf(document: PlainObject): ReadonlyMap<string, NumberValue> {
  const bounds = new Map<string, NumberValue>()
  for (const keyword of ['multipleOf', 'minimum', 'maximum']) {
    const value = own(document, keyword)
    if (value === undefined) continue
    if (!isNumber(value)) throw new SchemaError(`${keyword} must be of a Number`)
    bounds.set(keyword, value)
  }
  const multiple = bounds.get('multipleOf')
  if (multiple !== undefined && compareNumbers(multiple, 0) <= 0) {
    throw new SchemaError('multipleOf must be strictly greater than 0')
  }
  exclude(document, bounds, 'exclusiveMinimum', 'minimum')
  exclude(document, bounds, 'exclusiveMaximum', 'maximum')
  return bounds
}

/** Numbers that bound lengths. */
export function sizesOf(document: PlainObject): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>()
  for (const keyword of SIZES) {
    const value = own(document, keyword)
    if (value === undefined) continue
    if (typeof value !== 'number' && typeof value !== 'bigint')
      throw new SchemaError(`${keyword} must be of an integer`)
    if (!Number.isInteger(Number(value))) throw new SchemaError(`${keyword} must be of an integer`)
    if (value < 0) throw new SchemaError(`${keyword} must be greater than or equal to 0`)
    sizes.set(keyword, Number(value))
  }
  for (const [least, most] of PAIRS) {
    if ((sizes.get(least) ?? 0) > (sizes.get(most) ?? Infinity)) {
      throw new SchemaError(`${least} cannot be greater than ${most}`)
    }
  }
  return sizes
}

/** A bound that excludes itself is a number of its own, or says `true` beside another one, as in draft 4. */
function exclude(document: PlainObject, bounds: Map<string, NumberValue>, keyword: string, plain: string): void {
  const value = own(document, keyword)
  if (value === undefined) return
  if (isNumber(value)) bounds.set(keyword, value)
  else if (typeof value !== 'boolean') throw mistyped('boolean/number', keyword)
  else {
    const bound = bounds.get(plain)
    if (bound === undefined) throw new SchemaError(`${keyword} cannot be used without ${plain}`)
    if (!value) return
    bounds.set(keyword, bound)
    bounds.delete(plain)
  }
}

/** The error of a keyword of another type. */
export function mistyped(expected: string, given: string): SchemaError {
  return new SchemaError(`Invalid type. Expected: ${expected}, given: ${given}`)
}
