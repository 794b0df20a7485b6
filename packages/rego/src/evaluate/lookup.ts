/** Looking into values: fields, items, members. */
import { Decimal } from '../values/decimal.ts'
import { RegoObject, RegoSet, type PlainObject, type Value } from '../values/value.ts'

/** Names that every object of JavaScript has: they need a closer look than others. */
const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype))

/** True for names that plain objects may inherit. */
export function isInherited(name: string): boolean {
  return INHERITED.has(name)
}

/** The field of a value by a name that no object inherits; undefined where it has none. */
export function field(value: Value | undefined, name: string): Value | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  if (value instanceof RegoSet) return value.has(name) ? name : undefined
  if (value instanceof RegoObject) return value.get(name)
  if (value instanceof Decimal) return undefined
  return (value as PlainObject)[name]
}

/** What `value[key]` is: the value of a key, the item at an index, the member itself; undefined where there is none. */
export function lookup(value: Value | undefined, key: Value): Value | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) {
    const items = value as readonly Value[]
    if (typeof key === 'number') return Number.isInteger(key) ? items[key] : undefined
    return key instanceof Decimal && typeof key.plain === 'number' ? lookup(value, key.plain) : undefined
  }
  if (value instanceof RegoSet) return value.has(key) ? key : undefined
  if (value instanceof RegoObject) return value.get(key)
  if (value instanceof Decimal) return undefined
  return typeof key === 'string' && Object.hasOwn(value, key) ? (value as PlainObject)[key] : undefined
}

/** Whether a value is a member of a collection: an item, a value of an object, a member of a set. */
export function isCollection(value: Value | undefined): value is readonly Value[] | RegoSet | RegoObject | PlainObject {
  return typeof value === 'object' && value !== null && !(value instanceof Decimal)
}
