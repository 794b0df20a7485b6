/** The builtin `json.patch`: RFC 6902, on sets and keys of any type too. */
import { ANY, arrayOf, type ObjectType, STRING } from '../types/type.ts'
import { emptyObject, isObject } from '../values/object.ts'
import { equal, get, keysOf, RegoObject, RegoSet, type ObjectValue, type Value } from '../values/value.ts'
import { valueText } from '../values/value-text.ts'
import { type Builtin, type BuiltinContext, define } from './builtin.ts'
import { arrayOperand, failure, typeName } from './operands.ts'
import { pathOf } from './paths.ts'

const PATCH: ObjectType = {
  kind: 'object',
  properties: [
    ['op', STRING],
    ['path', ANY],
  ],
  rest: { key: ANY, value: ANY },
}

/** `json.patch`. */
export const PATCH_BUILTINS: readonly Builtin[] = [
  define('json.patch', [ANY, arrayOf(PATCH)], ANY, (context, target, patches) => {
    const document = new Document(context, target)
    for (const patch of arrayOperand(patches, 2)) {
      if (!isObject(patch)) throw failure('operand 2 must be an array of objects')
      document.apply(patch)
    }
    return document.value
  }),
]

type Path = readonly Value[]

/** A document that operations change, one after another; what they do not touch is shared with the original. */
class Document {
  value: Value
  readonly #context: BuiltinContext

  constructor(context: BuiltinContext, value: Value) {
    this.#context = context
    this.value = value
  }

  apply(patch: ObjectValue): void {
    const operation = attribute(patch, 'op')
    if (typeof operation !== 'string') throw failure(`attribute 'op' must be a string but found ${typeName(operation)}`)
    const path = pathOf(attribute(patch, 'path'))
    switch (operation) {
      case 'add':
        return this.#add(path, attribute(patch, 'value'))
      case 'remove':
        this.#remove(path)
        return
      case 'replace':
        return this.#replace(path, attribute(patch, 'value'))
      case 'move': {
        const from = pathOf(attribute(patch, 'from'))
        if (isWithin(path, from)) throw failure(`${shown(from)} cannot be moved into itself`)
        return this.#add(path, this.#remove(from))
      }
      case 'copy':
        return this.#add(path, this.#at(pathOf(attribute(patch, 'from'))))
      case 'test': {
        const value = attribute(patch, 'value')
        if (!equal(this.#at(path), value)) throw failure(`the value at ${shown(path)} is another`)
        return
      }
      default:
        throw failure(`unrecognized op '${operation}'`)
    }
  }

  #at(path: Path): Value {
    let value = this.value
    for (const step of path) value = child(value, step)
    return value
  }

  #add(path: Path, value: Value): void {
    this.value = this.#changed(path, (parent, step) => this.#withChild(parent, step, value), value)
  }

  #replace(path: Path, value: Value): void {
    this.value = this.#changed(
      path,
      (parent, step) => {
        child(parent, step)
        if (Array.isArray(parent)) return (parent as readonly Value[]).with(indexOf(parent, step), value)
        return this.#withChild(this.#withoutChild(parent, step), step, value)
      },
      value,
    )
  }

  #remove(path: Path): Value {
    const removed = this.#at(path)
    this.value = this.#changed(path, (parent, step) => this.#withoutChild(parent, step), null)
    return removed
  }

  /** The document with another value in the place of the parent of where the path ends; `whole` for the empty path. */
  #changed(path: Path, change: (parent: Value, step: Value) => Value, whole: Value): Value {
    if (path.length === 0) return whole
    this.#context.spend(path.length)
    const parents: Value[] = [this.value]
    for (const step of path.slice(0, -1)) parents.push(child(parents.at(-1) as Value, step))
    let value = change(parents.pop() as Value, path.at(-1) as Value)
    for (let place = path.length - 2; place >= 0; place--) {
      value = this.#withChangedChild(parents.pop() as Value, path[place] as Value, value)
    }
    return value
  }

  /** A changed member of a set is another member. */
  #withChangedChild(parent: Value, step: Value, value: Value): Value {
    if (Array.isArray(parent)) {
      this.#context.spend(parent.length)
      return (parent as readonly Value[]).with(indexOf(parent, step), value)
    }
    if (!(parent instanceof RegoSet)) return this.#withChild(parent, step, value)
    const set = this.#withoutChild(parent, step) as RegoSet
    set.add(value)
    return set
  }

  #withChild(parent: Value, step: Value, value: Value): Value {
    if (Array.isArray(parent)) {
      const place = step === '-' ? parent.length : indexOf(parent, step)
      if (place > parent.length) throw failure(`index ${place} is out of bounds`)
      this.#context.spend(parent.length)
      return (parent as readonly Value[]).toSpliced(place, 0, value)
    }
    if (parent instanceof RegoSet) {
      if (!equal(step, value)) throw failure(`set key ${valueText(step)} does not equal the value ${valueText(value)}`)
      return this.#copyOfSet(parent, value)
    }
    if (!isObject(parent)) throw noCollection(parent)
    const object = this.#copyOfObject(parent, undefined)
    if (object instanceof RegoObject) {
      object.set(step, value)
      return object
    }
    if (typeof step !== 'string') return new RegoObject([...Object.entries(object), [step, value]])
    object[step] = value
    return object
  }

  #withoutChild(parent: Value, step: Value): Value {
    child(parent, step)
    if (Array.isArray(parent)) {
      this.#context.spend(parent.length)
      return (parent as readonly Value[]).toSpliced(indexOf(parent, step), 1)
    }
    if (!(parent instanceof RegoSet)) return this.#copyOfObject(parent as ObjectValue, step)
    this.#context.spend(parent.size)
    const set = new RegoSet()
    for (const member of parent.unordered()) if (!equal(member, step)) set.add(member)
    return set
  }

  #copyOfSet(set: RegoSet, more: Value): RegoSet {
    this.#context.spend(set.size)
    const copy = new RegoSet(set.unordered())
    copy.add(more)
    return copy
  }

  #copyOfObject(object: ObjectValue, without: Value | undefined): RegoObject | Record<string, Value> {
    const keys = keysOf(object)
    this.#context.spend(keys.length)
    const copy = object instanceof RegoObject ? undefined : emptyObject()
    const entries: [Value, Value][] = []
    for (const key of keys) {
      if (without !== undefined && equal(key, without)) continue
      if (copy === undefined) entries.push([key, get(object, key) as Value])
      else copy[key as string] = get(object, key) as Value
    }
    if (copy !== undefined) return copy
    return new RegoObject(entries)
  }
}

function attribute(patch: ObjectValue, name: string): Value {
  const value = get(patch, name)
  if (value === undefined) throw failure(`missing required attribute '${name}'`)
  return value
}

/** What a collection has at a step; it must be there. */
function child(parent: Value, step: Value): Value {
  let found: Value | undefined
  if (Array.isArray(parent)) found = (parent as readonly Value[])[indexOf(parent, step)]
  else if (parent instanceof RegoSet) found = parent.has(step) ? step : undefined
  else if (isObject(parent)) found = get(parent, step)
  else throw noCollection(parent)
  if (found === undefined) throw failure(`path ${valueText(step)} does not exist`)
  return found
}

/** The place that a step names in an array; `-` is the one behind the last. */
function indexOf(array: readonly Value[], step: Value): number {
  if (typeof step === 'number' && Number.isSafeInteger(step) && step >= 0) return step
  if (typeof step !== 'string') throw failure(`invalid index ${valueText(step)}`)
  if (step === '-') return array.length
  if (!/^(?:0|[1-9]\d{0,14})$/.test(step)) throw failure(`invalid index ${valueText(step)}`)
  return Number(step)
}

function noCollection(value: Value): Error {
  return failure(`a path goes on below a value of type ${typeName(value)}`)
}

/** Whether a path leads to a place below another. */
function isWithin(path: Path, other: Path): boolean {
  return path.length > other.length && other.every((step, place) => equal(step, path[place] as Value))
}

function shown(path: Path): string {
  return valueText(path)
}
