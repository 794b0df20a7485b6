/** Builtins behind comparisons, unification and `in`; the evaluator has short cuts for most of them. */
import { ANY, BOOLEAN } from '../types/type.ts'
import { isObject } from '../values/object.ts'
import { compare, equal, get, keysOf, RegoSet, type Value } from '../values/value.ts'
import { type Builtin, type BuiltinContext, define } from './builtin.ts'

/** `==`, `!=`, `<` ..., `=`, `:=`, `in`. */
export const COMPARISON: readonly Builtin[] = [
  comparison('equal', equal),
  comparison('eq', equal),
  comparison('assign', equal),
  comparison('neq', (left, right) => !equal(left, right)),
  comparison('lt', (left, right) => compare(left, right) < 0),
  comparison('lte', (left, right) => compare(left, right) <= 0),
  comparison('gt', (left, right) => compare(left, right) > 0),
  comparison('gte', (left, right) => compare(left, right) >= 0),
  define('internal.member_2', [ANY, ANY], BOOLEAN, (context, member, collection) =>
    isMember(context, member, collection),
  ),
  define('internal.member_3', [ANY, ANY, ANY], BOOLEAN, (_, key, member, collection) => {
    const found = valueAt(collection, key)
    return found !== undefined && equal(found, member)
  }),
]

function comparison(name: string, holds: (left: Value, right: Value) => boolean): Builtin {
  return define(name, [ANY, ANY], BOOLEAN, (_, left, right) => holds(left, right))
}

function isMember(context: BuiltinContext, member: Value, collection: Value): boolean {
  if (collection instanceof RegoSet) return collection.has(member)
  if (Array.isArray(collection)) {
    context.spend(collection.length)
    return (collection as readonly Value[]).some((each) => equal(each, member))
  }
  if (!isObject(collection)) return false
  const keys = keysOf(collection)
  context.spend(keys.length)
  return keys.some((key) => equal(get(collection, key) as Value, member))
}

/** What a collection has at a key; a set has its members at themselves. */
function valueAt(collection: Value, key: Value): Value | undefined {
  if (collection instanceof RegoSet) return collection.has(key) ? key : undefined
  if (isObject(collection)) return get(collection, key)
  if (!Array.isArray(collection) || typeof key !== 'number') return undefined
  return (collection as readonly Value[])[key]
}
