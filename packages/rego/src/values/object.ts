/** Making and taking apart objects of either kind. */
import { Decimal } from './decimal.ts'
import { get, keysOf, RegoObject, RegoSet, type ObjectValue, type Value } from './value.ts'

/** True for an object of either kind. */
export function isObject(value: unknown): value is ObjectValue {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof RegoSet) &&
    !(value instanceof Decimal)
  )
}

/** Makes an object from entries; later ones win. */
export function objectFrom(entries: Iterable<readonly [Value, Value]>): ObjectValue {
  const list = [...entries]
  if (list.some(([key]) => typeof key !== 'string')) return new RegoObject(list)
  const plain = emptyObject()
  for (const [key, value] of list) plain[key as string] = value
  return plain
}

/** A new object to fill with texts as keys; without a prototype, so that every key is like any other. */
export function emptyObject(): Record<string, Value> {
  return Object.create(null) as Record<string, Value>
}

/** Entries in the order of Rego. */
export function* entriesOf(object: ObjectValue): Generator<readonly [Value, Value]> {
  for (const key of keysOf(object)) yield [key, get(object, key) as Value]
}
