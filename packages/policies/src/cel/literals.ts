/** `[...]` and `{...}`. */
import type { Node } from './node.ts'
import { CelProblem } from './problem.ts'
import type { Run } from './run.ts'
import type { Expression, ListLiteral, MapLiteral } from './syntax/ast.ts'
import { DYN, join, listOf, mapOf, typeText, type Type } from './types.ts'
import { keyOf } from './values/maps.ts'
import { CelError, CelMap, Optional, typeNameOf, type MapKey, type Value } from './values/value.ts'

/** What building costs, as API servers count it. */
const LIST_COST = 10
const MAP_COST = 30

type Check = (expression: Expression) => Node

/** A list; optional items without a value are left out. Its items are of one type, unless they may be mixed. */
export function checkList({ items, offset }: ListLiteral, check: Check, isMixed: boolean): Node {
  const parts = items.map(({ value, isOptional }) => ({ node: check(value), isOptional }))
  const types = parts.map(({ node, isOptional }) => (isOptional ? withinOptional(node.type, offset) : node.type))
  const type = listOf(commonType(types, isMixed, 'a list', offset))
  const evaluate = (run: Run): Value => {
    run.spend(LIST_COST + parts.length)
    const list: Value[] = []
    for (const { node, isOptional } of parts) {
      const value = node.evaluate(run)
      if (value instanceof CelError) return value
      if (!isOptional) list.push(value)
      else if (!(value instanceof Optional)) return notOptional(value)
      else if (value.value !== undefined) list.push(value.value)
    }
    return list
  }
  return { kind: 'other', parts: parts.map(({ node }) => node), type, evaluate }
}

/** A map; optional entries without a value are left out. Its keys are of one type and its values too, unless they may be mixed. */
export function checkMap({ entries, offset }: MapLiteral, check: Check, isMixed: boolean): Node {
  const parts = entries.map(({ key, value, isOptional }) => ({ key: check(key), value: check(value), isOptional }))
  const keys = commonType(
    parts.map(({ key }) => key.type),
    isMixed,
    'the keys of a map',
    offset,
  )
  const values = commonType(
    parts.map(({ value, isOptional }) => (isOptional ? withinOptional(value.type, offset) : value.type)),
    isMixed,
    'the values of a map',
    offset,
  )
  const evaluate = (run: Run): Value => {
    run.spend(MAP_COST + parts.length)
    const map = new Map<MapKey, readonly [Value, Value]>()
    for (const part of parts) {
      const key = part.key.evaluate(run)
      if (key instanceof CelError) return key
      const value = part.value.evaluate(run)
      if (value instanceof CelError) return value
      let present: Value | undefined = value
      if (part.isOptional) {
        if (!(value instanceof Optional)) return notOptional(value)
        present = value.value
      }
      if (present === undefined) continue
      // Of entries with the same key the last counts.
      const id = keyOf(key)
      if (id === undefined) return new CelError(`unsupported key type: ${typeNameOf(key)}`)
      map.set(id, [key, present])
    }
    return new CelMap(map)
  }
  return { kind: 'other', parts: parts.flatMap(({ key, value }) => [key, value]), type: mapOf(keys, values), evaluate }
}

/** Adds to a map that is being made; gives what is wrong with the key. */
export function addEntry(map: Map<MapKey, readonly [Value, Value]>, key: Value, value: Value): CelError | undefined {
  const id = keyOf(key)
  if (id === undefined) return new CelError(`unsupported key type: ${typeNameOf(key)}`)
  if (map.has(id)) return new CelError(`repeated key: ${String(id)}`)
  map.set(id, [key, value])
  return undefined
}

function notOptional(value: Value): CelError {
  return new CelError(`what follows ? must be optional, it is ${typeNameOf(value)}`)
}

function withinOptional(type: Type, offset: number): Type {
  if (type.name === 'optional_type') return type.of[0] ?? DYN
  if (type.name === 'dyn') return DYN
  throw new CelProblem(`what follows ? must be optional, it is ${typeText(type)}`, offset)
}

function commonType(types: readonly Type[], isMixed: boolean, what: string, offset: number): Type {
  const [first = DYN, ...rest] = types
  let common = first
  for (const type of rest) {
    const joined = join(common, type) ?? (isMixed ? DYN : undefined)
    if (joined === undefined) throw new CelProblem(`${what} has ${typeText(common)} beside ${typeText(type)}`, offset)
    common = joined
  }
  return common
}
