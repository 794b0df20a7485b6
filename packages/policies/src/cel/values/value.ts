/**
 * What CEL computes with. Objects of Kubernetes are taken as they are, as plain JSON, and never copied.
 *
 * | CEL | here |
 * | --- | --- |
 * | int | `number` where it is exact, `bigint` beyond; `intOf` makes it so |
 * | uint, double | `Uint`, `Double` |
 * | string, bool, null | the same |
 * | bytes | `Uint8Array` |
 * | list | array; its items go through `adapt` when they are read |
 * | map | `CelMap`, or a plain object of JSON |
 * | all others | a subclass of `Special` |
 */

/** A value of CEL, or why there is none. Errors are values, since `||` and `&&` go on after them. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Value[]
  | JsonMap
  | Special
  | CelError

/** An object of JSON. */
export interface JsonMap {
  readonly [key: string]: Value
}

/** An int of CEL: a `bigint` only beyond the numbers that a double holds exactly. */
export type Int = number | bigint

/** Why an expression has no value. */
export class CelError {
  readonly message: string

  constructor(message: string) {
    this.message = message
  }
}

/** A value that is no JSON. */
export abstract class Special {
  /** Name of its type, as `type(value)` gives it. */
  abstract readonly typeName: string
}

/** A double; plain numbers are ints. */
export class Double extends Special {
  readonly typeName = 'double'
  readonly value: number

  constructor(value: number) {
    super()
    this.value = value
  }
}

/** An unsigned integer of 64 bits. */
export class Uint extends Special {
  readonly typeName = 'uint'
  readonly value: bigint

  constructor(value: bigint) {
    super()
    this.value = value
  }
}

/** What tells a key from others: 1 and 1u are the same key. */
export type MapKey = string | boolean | number | bigint

/** A map that an expression made: its keys need not be texts. */
export class CelMap extends Special {
  readonly typeName = 'map'
  readonly entries: ReadonlyMap<MapKey, readonly [key: Value, value: Value]>

  constructor(entries: ReadonlyMap<MapKey, readonly [key: Value, value: Value]>) {
    super()
    this.entries = entries
  }
}

/** A span of time, in nanoseconds. */
export class Duration extends Special {
  readonly typeName = 'google.protobuf.Duration'
  readonly nanoseconds: bigint

  constructor(nanoseconds: bigint) {
    super()
    this.nanoseconds = nanoseconds
  }
}

/** A moment, in nanoseconds since 1970. */
export class Timestamp extends Special {
  readonly typeName = 'google.protobuf.Timestamp'
  readonly nanoseconds: bigint
  /** Seconds east of UTC of the zone in which it was written; as text it is in that zone. */
  readonly offset: number

  constructor(nanoseconds: bigint, offset = 0) {
    super()
    this.nanoseconds = nanoseconds
    this.offset = offset
  }
}

/** A value that may not be there. */
export class Optional extends Special {
  readonly typeName = 'optional_type'
  readonly value: Value | undefined

  constructor(value: Value | undefined) {
    super()
    this.value = value
  }
}

/** The optional without a value. */
export const NONE = new Optional(undefined)

/** A type as a value. */
export class TypeValue extends Special {
  readonly typeName = 'type'
  readonly name: string

  constructor(name: string) {
    super()
    this.name = name
  }
}

/** A value of a library of Kubernetes: a quantity, an address ... */
export abstract class Opaque extends Special {
  /** Whether it equals another value of its type. */
  abstract equals(other: Opaque): boolean
}

/** Least and greatest int. */
export const INT_MIN = -(2n ** 63n)
export const INT_MAX = 2n ** 63n - 1n
/** Greatest uint. */
export const UINT_MAX = 2n ** 64n - 1n

const OVERFLOW = new CelError('integer overflow')

/** A whole number as an int; an error beyond 64 bits. */
export function intOf(value: bigint): Int | CelError {
  if (value < INT_MIN || value > INT_MAX) return OVERFLOW
  return shortest(value)
}

/** A whole number as a uint; an error beyond 64 bits and below 0. */
export function uintOf(value: bigint): Uint | CelError {
  return value < 0n || value > UINT_MAX ? OVERFLOW : new Uint(value)
}

function shortest(value: bigint): Int {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

/** A value of JSON as CEL has it: numbers that are no ints become doubles. What CEL made stays as it is. */
export function adapt(value: Value | undefined): Value {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : adaptNumber(value)
  if (typeof value === 'bigint') return value < INT_MIN || value > INT_MAX ? new Double(Number(value)) : shortest(value)
  return value ?? null
}

function adaptNumber(value: number): Value {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? BigInt(value) : new Double(value)
}

/** Whether it is an int. */
export function isInt(value: Value): value is Int {
  return typeof value === 'number' || typeof value === 'bigint'
}

/** Whether it is a list. */
export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

/** Whether it is an object of JSON. */
export function isJsonMap(value: Value): value is JsonMap {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof Special) &&
    !(value instanceof CelError) &&
    !(value instanceof Uint8Array) &&
    !Array.isArray(value)
  )
}

/** Name of a value's type, as `type(value)` gives it. */
export function typeNameOf(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'boolean':
      return 'bool'
    case 'number':
    case 'bigint':
      return 'int'
    default:
      if (value === null) return 'null_type'
      if (value instanceof Special) return value.typeName
      if (Array.isArray(value)) return 'list'
      if (value instanceof Uint8Array) return 'bytes'
      return value instanceof CelError ? 'error' : 'map'
  }
}
