/** Unions of types, and what is in a type: its keys, its values, the type at a place. */
import { Decimal } from '../values/decimal.ts'
import { isObject } from '../values/object.ts'
import { keyText } from '../values/key-text.ts'
import { equal, get, keysOf, RegoSet, type Value } from '../values/value.ts'
import {
  ANY,
  BOOLEAN,
  NULL,
  NUMBER,
  STRING,
  type ArrayType,
  type FunctionType,
  type ObjectType,
  type Type,
} from './type.ts'

/** A type of more parts is any type: types that are made of others twice over grow with every step. */
const MOST_PARTS = 20_000
/** A union of more types is any type. */
const MOST_MEMBERS = 64

const texts = new WeakMap<Type, string>()
const values = new WeakMap<Type, Type | typeof NOTHING>()
const NOTHING = Symbol('no type')

/** True for the type of everything. */
export function isAny(type: Type): boolean {
  return type.kind === 'any' && type.of.length === 0
}

/** A text that is the same for the same types, and shows them in messages. */
function typeText(type: Type): string {
  let text = texts.get(type)
  if (text === undefined) texts.set(type, (text = makeText(type)))
  return text
}

/** A type for messages, cut where it is long. */
export function shownType(type: Type | undefined): string {
  if (type === undefined) return 'unknown'
  const text = typeText(type)
  return text.length > 120 ? `${text.slice(0, 120)}...` : text
}

/** The type itself, or any type where it has too many parts. */
export function bounded(type: Type): Type {
  return weightOf(type) > MOST_PARTS ? ANY : type
}

const weights = new WeakMap<Type, number>()

/** The number of parts of a type, those of its parts counted each time. */
function weightOf(type: Type): number {
  const known = weights.get(type)
  if (known !== undefined) return known
  let weight = 1
  for (const part of partsOf(type)) weight += weightOf(part)
  weights.set(type, weight)
  return weight
}

function partsOf(type: Type): readonly Type[] {
  switch (type.kind) {
    case 'array':
      return type.rest === undefined ? type.items : [...type.items, type.rest]
    case 'set':
      return [type.of]
    case 'object': {
      const parts = type.properties.map(([, value]) => value)
      if (type.rest !== undefined) parts.push(type.rest.key, type.rest.value)
      return parts
    }
    case 'any':
      return type.of
    case 'function':
      return type.result === undefined ? type.args : [...type.args, type.result]
    default:
      return []
  }
}

/** One of two types. */
export function union(left: Type | undefined, right: Type | undefined): Type | undefined {
  if (left === undefined || left === right) return right
  if (right === undefined) return left
  if (left.kind === 'function' || right.kind === 'function') {
    return left.kind === 'function' && right.kind === 'function' ? unionOfFunctions(left, right) : ANY
  }
  return unionOf([left, right])
}

/** One of several types. */
export function unionOf(types: readonly Type[]): Type {
  const members = new Map<string, Type>()
  for (const type of types) {
    if (isAny(type)) return ANY
    for (const member of type.kind === 'any' ? type.of : [type]) {
      members.set(typeText(member), member)
      if (members.size > MOST_MEMBERS) return ANY
    }
  }
  const [only] = members.values()
  if (members.size === 1 && only !== undefined) return only
  const names = [...members.keys()].toSorted()
  return bounded({ kind: 'any', of: names.map((name) => members.get(name) as Type) })
}

function unionOfFunctions(left: FunctionType, right: FunctionType): Type {
  if (left.args.length !== right.args.length) return ANY
  const args = left.args.map((type, place) => unionOf([type, right.args[place] as Type]))
  const result = union(left.result, right.result)
  return { kind: 'function', args, ...(result !== undefined && { result }) }
}

/** The type of what is in brackets behind a value of a type; undefined where nothing can be. */
export function keysOfType(type: Type): Type | undefined {
  switch (type.kind) {
    case 'array':
      return NUMBER
    case 'set':
      return type.of
    case 'object': {
      const types = type.properties.map(([key]) => typeOfValue(key))
      if (type.rest !== undefined) types.push(type.rest.key)
      return types.length === 0 ? ANY : unionOf(types)
    }
    case 'any':
      return isAny(type) ? ANY : unionOfKnown(type.of.map(keysOfType))
    default:
      return undefined
  }
}

/** The type of all that is in values of a type; undefined where nothing can be. */
export function valuesOfType(type: Type): Type | undefined {
  const known = values.get(type)
  if (known !== undefined) return known === NOTHING ? undefined : known
  const found = findValues(type)
  values.set(type, found ?? NOTHING)
  return found
}

function findValues(type: Type): Type | undefined {
  switch (type.kind) {
    case 'array':
      return unionOfKnown([...type.items, type.rest])
    case 'set':
      return type.of
    case 'object':
      return unionOfKnown([...type.properties.map(([, value]) => value), type.rest?.value])
    case 'any':
      return isAny(type) ? ANY : unionOfKnown(type.of.map(valuesOfType))
    default:
      return undefined
  }
}

/** The type at a constant place; undefined where there can be none. */
export function selectType(type: Type, key: Value): Type | undefined {
  switch (type.kind) {
    case 'array':
      return selectItem(type, key)
    case 'object':
      return selectProperty(type, key)
    case 'set': {
      const wanted = typeOfValue(key)
      if (isAny(type.of)) return wanted
      const text = typeText(wanted)
      const members = type.of.kind === 'any' ? type.of.of : [type.of]
      return members.some((member) => typeText(member) === text || isAny(member)) ? wanted : undefined
    }
    case 'any':
      return isAny(type) ? ANY : unionOfKnown(type.of.map((member) => selectType(member, key)))
    default:
      return undefined
  }
}

function selectItem({ items, rest }: ArrayType, key: Value): Type | undefined {
  if (typeof key !== 'number' || !Number.isInteger(key)) return undefined
  return key >= 0 && key < items.length ? items[key] : rest
}

function selectProperty({ properties, rest }: ObjectType, key: Value): Type | undefined {
  for (const [name, type] of properties) if (equal(name, key)) return type
  if (rest === undefined) return undefined
  if (isAny(rest.key)) return rest.value
  const text = typeText(typeOfValue(key))
  const members = rest.key.kind === 'any' ? rest.key.of : [rest.key]
  return members.some((member) => typeText(member) === text || member.kind === 'any') ? rest.value : undefined
}

/** The type of a value. */
export function typeOfValue(value: Value): Type {
  switch (typeof value) {
    case 'string':
      return STRING
    case 'boolean':
      return BOOLEAN
    case 'number':
    case 'bigint':
      return NUMBER
    default:
      break
  }
  if (value === null) return NULL
  if (value instanceof Decimal) return NUMBER
  if (Array.isArray(value)) {
    const items = (value as readonly Value[]).map(typeOfValue)
    return items.length === 0 ? { kind: 'array', items, rest: ANY } : { kind: 'array', items }
  }
  if (value instanceof RegoSet) {
    const members = value.values().map(typeOfValue)
    return { kind: 'set', of: members.length === 0 ? ANY : unionOf(members) }
  }
  if (!isObject(value)) return ANY
  const properties = keysOf(value).map((key) => [key, typeOfValue(get(value, key) as Value)] as const)
  return { kind: 'object', properties, ...(properties.length === 0 && { rest: { key: ANY, value: ANY } }) }
}

function unionOfKnown(types: readonly (Type | undefined)[]): Type | undefined {
  const known = types.filter((type) => type !== undefined)
  return known.length === 0 ? undefined : unionOf(known)
}

function makeText(type: Type): string {
  switch (type.kind) {
    case 'array': {
      const items = type.items.map(typeText)
      if (type.rest !== undefined) items.push(`...${typeText(type.rest)}`)
      return `array[${items.join(', ')}]`
    }
    case 'set':
      return `set[${typeText(type.of)}]`
    case 'object': {
      const parts = type.properties.map(([key, value]) => `${keyLabel(key)}: ${typeText(value)}`).toSorted()
      if (type.rest !== undefined) parts.push(`...${typeText(type.rest.key)}: ${typeText(type.rest.value)}`)
      return `object{${parts.join(', ')}}`
    }
    case 'any':
      return type.of.length === 0 ? 'any' : `(${type.of.map(typeText).toSorted().join(' | ')})`
    case 'function': {
      const args = type.args.map(typeText).join(', ')
      return `function(${args}) ${type.result === undefined ? 'nothing' : typeText(type.result)}`
    }
    default:
      return type.kind
  }
}

function keyLabel(key: Value): string {
  return typeof key === 'string' ? JSON.stringify(key) : keyText(key)
}
