/** Equality and order of values. Numbers of different types compare by what they are. */
import { entriesOf, isMap, keyOf, lookUp, sizeOf } from './maps.ts'
import {
  adapt,
  Double,
  Duration,
  isInt,
  isList,
  Opaque,
  Optional,
  Special,
  Timestamp,
  TypeValue,
  Uint,
  type Int,
  type Value,
} from './value.ts'

/** Counts work; throws to end it. */
export type Spend = (steps: number) => void

/** Whether two values are equal; values of different types are not. */
export function isEqual(a: Value, b: Value, spend: Spend): boolean {
  if (a === b) return true
  if (typeof a === 'string' || typeof b === 'string') return false
  if (typeof a === 'boolean' || typeof b === 'boolean' || a === null || b === null) return false
  if (isNumber(a)) return isNumber(b) && compareNumbers(a, b) === 0
  if (isNumber(b)) return false
  if (isList(a)) return isList(b) && areListsEqual(a, b, spend)
  if (isMap(a)) return isMap(b) && areMapsEqual(a, b, spend)
  if (a instanceof Uint8Array) return b instanceof Uint8Array && compareBytes(a, b) === 0
  return a instanceof Special && b instanceof Special && areSpecialEqual(a, b, spend)
}

function areListsEqual(a: readonly Value[], b: readonly Value[], spend: Spend): boolean {
  if (a.length !== b.length) return false
  for (const [index, item] of a.entries()) {
    spend(1)
    if (!isEqual(adapt(item), adapt(b[index]), spend)) return false
  }
  return true
}

function areMapsEqual(a: Parameters<typeof sizeOf>[0], b: Parameters<typeof sizeOf>[0], spend: Spend): boolean {
  if (sizeOf(a) !== sizeOf(b)) return false
  for (const [key, value] of entriesOf(a)) {
    spend(1)
    const id = keyOf(key)
    const other = id === undefined ? undefined : lookUp(b, id)
    if (other === undefined || !isEqual(value, other, spend)) return false
  }
  return true
}

function areSpecialEqual(a: Special, b: Special, spend: Spend): boolean {
  if (a instanceof TypeValue) return b instanceof TypeValue && a.name === b.name
  if (a instanceof Optional) {
    if (!(b instanceof Optional)) return false
    if (a.value === undefined || b.value === undefined) return a.value === b.value
    spend(1)
    return isEqual(a.value, b.value, spend)
  }
  if (a.typeName !== b.typeName) return false
  if (a instanceof Duration || a instanceof Timestamp) return a.nanoseconds === (b as Duration | Timestamp).nanoseconds
  return a instanceof Opaque && b instanceof Opaque && a.equals(b)
}

/** Below 0, 0 or above 0; undefined where the two have no order: other types, NaN. */
export function compareValues(a: Value, b: Value): number | undefined {
  if (typeof a === 'string') return typeof b === 'string' ? compareTexts(a, b) : undefined
  if (typeof a === 'boolean') return typeof b === 'boolean' ? Number(a) - Number(b) : undefined
  if (isNumber(a)) return isNumber(b) ? compareNumbers(a, b) : undefined
  if (a instanceof Uint8Array) return b instanceof Uint8Array ? compareBytes(a, b) : undefined
  if (a instanceof Timestamp && b instanceof Timestamp) return compareSizes(a.nanoseconds, b.nanoseconds)
  if (a instanceof Duration && b instanceof Duration) return compareSizes(a.nanoseconds, b.nanoseconds)
  return undefined
}

/** Whether the two are of types between which there is an order. */
export function haveOrder(a: Value, b: Value): boolean {
  if (isNumber(a)) return isNumber(b)
  if (typeof a === 'string' || typeof a === 'boolean') return typeof a === typeof b
  if (a instanceof Uint8Array) return b instanceof Uint8Array
  return (a instanceof Timestamp && b instanceof Timestamp) || (a instanceof Duration && b instanceof Duration)
}

/** Any of the three types of numbers. */
export function isNumber(value: Value): value is Int | Double | Uint {
  return isInt(value) || value instanceof Double || value instanceof Uint
}

function compareNumbers(a: Int | Double | Uint, b: Int | Double | Uint): number | undefined {
  if (a instanceof Double || b instanceof Double) return compareDoubles(doubleOf(a), doubleOf(b))
  const left = a instanceof Uint ? a.value : a
  const right = b instanceof Uint ? b.value : b
  return left < right ? -1 : left > right ? 1 : 0
}

/** Beside a double every number counts as one. */
function doubleOf(value: Int | Double | Uint): number {
  return Number(value instanceof Double || value instanceof Uint ? value.value : value)
}

function compareDoubles(a: number, b: number): number | undefined {
  if (Number.isNaN(a) || Number.isNaN(b)) return undefined
  return a < b ? -1 : a > b ? 1 : 0
}

/** By code point: the order of UTF-16 is another one beyond the basic plane. */
export function compareTexts(a: string, b: string): number {
  const end = Math.min(a.length, b.length)
  for (let index = 0; index < end; index++) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left === right) continue
    const isPair = isSurrogate(left)
    return isPair === isSurrogate(right) ? left - right : isPair ? 1 : -1
  }
  return a.length - b.length
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const end = Math.min(a.length, b.length)
  for (let index = 0; index < end; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

function compareSizes(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
