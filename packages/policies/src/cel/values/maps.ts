/** Maps of both kinds: those of expressions and plain objects of JSON. */
import { adapt, CelMap, Double, isJsonMap, Uint, type JsonMap, type MapKey, type Value } from './value.ts'

/** A map of either kind. */
export type AnyMap = CelMap | JsonMap

/** Whether it is a map. */
export function isMap(value: Value): value is AnyMap {
  return value instanceof CelMap || isJsonMap(value)
}

/** What a value is as a key of a map; undefined where it cannot be one. */
export function keyOf(value: Value): MapKey | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'number':
    case 'bigint':
      return value
    default:
      if (value instanceof Uint) return wholeKey(value.value)
      if (!(value instanceof Double) || Number.isNaN(value.value)) return undefined
      return Number.isInteger(value.value) ? wholeKey(BigInt(value.value)) : value.value
  }
}

function wholeKey(value: bigint): MapKey {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

/** The value at a key; undefined where there is none. */
export function lookUp(map: AnyMap, key: MapKey): Value | undefined {
  if (map instanceof CelMap) return map.entries.get(key)?.[1]
  return typeof key === 'string' && Object.hasOwn(map, key) ? adapt(map[key]) : undefined
}

/** Number of entries. */
export function sizeOf(map: AnyMap): number {
  return map instanceof CelMap ? map.entries.size : Object.keys(map).length
}

/** Keys in their order. */
export function keysOf(map: AnyMap): readonly Value[] {
  return map instanceof CelMap ? [...map.entries.values()].map(([key]) => key) : Object.keys(map)
}

/** Keys and values in their order. */
export function entriesOf(map: AnyMap): readonly (readonly [key: Value, value: Value])[] {
  if (map instanceof CelMap) return [...map.entries.values()]
  return Object.entries(map).map(([key, value]) => [key, adapt(value)])
}
