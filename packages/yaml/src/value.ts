/** The values that a document is made of. */

/** A value as JSON knows it; integers that a double cannot hold exactly are `bigint`. */
export type Value = null | boolean | number | bigint | string | Value[] | ValueMap

/** A mapping: a plain object whose keys are all own data properties, `__proto__` included. */
export interface ValueMap {
  [key: string]: Value
}

/** Whether `value` is a mapping. */
export function isValueMap(value: Value | undefined): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Sets `map[key]`; an assignment to `__proto__` would change the prototype instead. */
export function setEntry(map: ValueMap, key: string, value: Value): void {
  if (key === '__proto__') {
    Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true })
  } else {
    map[key] = value
  }
}
