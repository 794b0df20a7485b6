/** Builtins for objects. */
import { ANY, arrayOf, BOOLEAN, either, objectOf, setOf } from '../types/type.ts'
import { emptyObject, isObject } from '../values/object.ts'
import { equal, get, keysOf, RegoObject, RegoSet, sizeOf, type ObjectValue, type Value } from '../values/value.ts'
import { BuiltinError, type Builtin, type BuiltinContext, define } from './builtin.ts'
import { arrayOperand, memberMismatch, mismatch, objectOperand } from './operands.ts'

const OBJECT = objectOf(ANY, ANY)
const KEYS = either(arrayOf(ANY), setOf(ANY), OBJECT)

/** `object.*`. */
export const OBJECTS: readonly Builtin[] = [
  define('object.get', [OBJECT, ANY, ANY], ANY, (_, operand, key, fallback) => {
    const object = objectOperand(operand, 1)
    const found = Array.isArray(key) ? valueAt(object, key as readonly Value[]) : get(object, key)
    return found === undefined ? fallback : found
  }),
  define('object.keys', [OBJECT], setOf(ANY), (context, operand) => {
    const keys = keysOf(objectOperand(operand, 1))
    context.spend(keys.length)
    return new RegoSet(keys)
  }),
  define('object.remove', [OBJECT, KEYS], OBJECT, (context, operand, keys) => {
    const object = objectOperand(operand, 1)
    const unwanted = keysOperand(keys)
    return selected(context, object, (key) => !unwanted.has(key))
  }),
  define('object.filter', [OBJECT, KEYS], OBJECT, (context, operand, keys) => {
    const object = objectOperand(operand, 1)
    const wanted = keysOperand(keys)
    return selected(context, object, (key) => wanted.has(key))
  }),
  define('object.union', [OBJECT, OBJECT], OBJECT, (context, left, right) =>
    union(context, objectOperand(left, 1), objectOperand(right, 2)),
  ),
  define('object.union_n', [arrayOf(OBJECT)], OBJECT, (context, list) => {
    const objects = arrayOperand(list, 1)
    for (const object of objects) if (!isObject(object)) throw memberMismatch(list, object, 1, 'objects')
    return unionOf(context, objects as readonly ObjectValue[])
  }),
  define('object.subset', [KEYS, KEYS], BOOLEAN, (context, whole, part) => {
    const holds = isPart(context, whole, part)
    if (holds === undefined) {
      throw new BuiltinError('eval_type_error', 'both operands must be of the same type, or an array and a set')
    }
    return holds
  }),
]

/** What an object costs besides its entries, in steps. */
const OBJECT_STEPS = 8

/** What stands at the end of a path through objects, arrays and sets; undefined where it breaks off. */
function valueAt(object: ObjectValue, path: readonly Value[]): Value | undefined {
  let value: Value | undefined = object
  for (const key of path) {
    if (value instanceof RegoSet) value = value.has(key) ? key : undefined
    else if (Array.isArray(value)) value = typeof key === 'number' ? (value as readonly Value[])[key] : undefined
    else value = value !== undefined && isObject(value) ? get(value, key) : undefined
    if (value === undefined) return undefined
  }
  return value
}

function keysOperand(value: Value): { has(key: Value): boolean } {
  if (value instanceof RegoSet) return value
  if (Array.isArray(value)) return new RegoSet(value as readonly Value[])
  if (isObject(value)) return { has: (key) => get(value, key) !== undefined }
  throw mismatch(value, 2, 'one of {object, set, array}')
}

function selected(context: BuiltinContext, object: ObjectValue, isWanted: (key: Value) => boolean): ObjectValue {
  context.spend(sizeOf(object))
  if (object instanceof RegoObject) return madeOf(object.keys().filter(isWanted), object)
  const result = emptyObject()
  for (const key of Object.keys(object)) if (isWanted(key)) result[key] = object[key] as Value
  return result
}

/** An object with some keys of another: a plain one if it can be. */
function madeOf(keys: readonly Value[], from: ObjectValue): ObjectValue {
  const maker = new ObjectMaker()
  for (const key of keys) maker.set(key, get(from, key) as Value)
  return maker.made()
}

/** Objects of both, of all depths; what is no object on either side comes from the right. */
function union(context: BuiltinContext, left: ObjectValue, right: ObjectValue): ObjectValue {
  context.spend(sizeOf(left) + sizeOf(right) + OBJECT_STEPS)
  if (sizeOf(right) === 0) return left
  if (sizeOf(left) === 0) return right
  const maker = new ObjectMaker()
  for (const key of keysOf(left)) {
    const ours = get(left, key) as Value
    const theirs = get(right, key)
    if (theirs === undefined) maker.set(key, ours)
    else maker.set(key, isObject(ours) && isObject(theirs) ? union(context, ours, theirs) : theirs)
  }
  for (const key of keysOf(right)) if (get(left, key) === undefined) maker.set(key, get(right, key) as Value)
  return maker.made()
}

/** Key by key, so that many small objects are not copied again and again. */
function unionOf(context: BuiltinContext, objects: readonly ObjectValue[]): ObjectValue {
  const [first] = objects
  if (first === undefined) return emptyObject()
  if (objects.length === 1) return first
  const maker = new ObjectMaker()
  /** Of each key, the objects that are one there; whatever else comes forgets them. */
  const merged = new RegoObject()
  const nested: [Value, ObjectValue[]][] = []
  for (const object of objects) {
    context.spend(sizeOf(object) + OBJECT_STEPS)
    for (const key of keysOf(object)) {
      const value = get(object, key) as Value
      const place = merged.get(key) as number | undefined
      const before = place === undefined || place < 0 ? undefined : nested[place]
      if (!isObject(value)) {
        merged.set(key, -1)
        if (before !== undefined) before[1] = []
      } else if (before === undefined) merged.set(key, nested.push([key, [value]]) - 1)
      else before[1].push(value)
      maker.set(key, value)
    }
  }
  for (const [key, parts] of nested) if (parts.length > 1) maker.set(key, unionOf(context, parts))
  return maker.made()
}

/** Takes entries, and becomes a plain object if all keys are texts. */
class ObjectMaker {
  readonly #plain = emptyObject()
  #other: RegoObject | undefined

  set(key: Value, value: Value): void {
    if (this.#other === undefined) {
      if (typeof key === 'string') {
        this.#plain[key] = value
        return
      }
      this.#other = new RegoObject(Object.entries(this.#plain))
    }
    this.#other.set(key, value)
  }

  made(): ObjectValue {
    return this.#other ?? this.#plain
  }
}

/** Whether one value holds another; undefined for values that cannot be compared that way. */
function isPart(context: BuiltinContext, whole: Value, part: Value): boolean | undefined {
  if (isObject(whole)) return isObject(part) ? isPartOfObject(context, whole, part) : undefined
  if (whole instanceof RegoSet) return part instanceof RegoSet ? isPartOfSet(context, whole, part) : undefined
  if (!Array.isArray(whole)) return undefined
  if (Array.isArray(part)) return isPartOfArray(context, whole as readonly Value[], part as readonly Value[])
  if (!(part instanceof RegoSet)) return undefined
  context.spend(whole.length)
  return isPartOfSet(context, new RegoSet(whole as readonly Value[]), part)
}

/** Objects, sets and arrays below hold theirs; all else is the same. */
function isPartOfObject(context: BuiltinContext, whole: ObjectValue, part: ObjectValue): boolean {
  context.spend(sizeOf(part))
  for (const key of keysOf(part)) {
    const ours = get(whole, key)
    if (ours === undefined) return false
    const theirs = get(part, key) as Value
    if (isObject(ours) && isObject(theirs)) {
      if (!isPartOfObject(context, ours, theirs)) return false
    } else if (ours instanceof RegoSet && theirs instanceof RegoSet) {
      if (!isPartOfSet(context, ours, theirs)) return false
    } else if (Array.isArray(ours) && Array.isArray(theirs)) {
      if (!isPartOfArray(context, ours as readonly Value[], theirs as readonly Value[])) return false
    } else if (!equal(ours, theirs)) return false
  }
  return true
}

function isPartOfSet(context: BuiltinContext, whole: RegoSet, part: RegoSet): boolean {
  context.spend(part.size)
  for (const member of part.unordered()) if (!whole.has(member)) return false
  return true
}

/** Whether the items stand in a row somewhere. */
function isPartOfArray(context: BuiltinContext, whole: readonly Value[], part: readonly Value[]): boolean {
  for (let start = 0; start + part.length <= whole.length; start++) {
    let count = 0
    while (count < part.length && equal(whole[start + count] as Value, part[count] as Value)) count++
    context.spend(count + OBJECT_STEPS)
    if (count === part.length) return true
  }
  return false
}
