/** Whether values of two types can be equal. */
import type { ArrayType, ObjectType, Type } from './type.ts'
import { isAny, selectType, valuesOfType } from './union.ts'
import { equal } from '../values/value.ts'

interface Budget {
  pairs: number
}

/** Pairs of types to look at for one answer; with more it is yes. */
const MOST_PAIRS = 100_000

/** True unless no value is of both types. */
export function overlaps(left: Type | undefined, right: Type | undefined): boolean {
  return typesOverlap(left, right, { pairs: MOST_PAIRS })
}

function typesOverlap(left: Type | undefined, right: Type | undefined, budget: Budget): boolean {
  if (left === undefined || right === undefined) return false
  if (left === right || --budget.pairs < 0) return true
  if (left.kind === 'any' || right.kind === 'any') {
    return (
      (left.kind === 'any' && anyOverlaps(left, right, budget)) ||
      (right.kind === 'any' && anyOverlaps(right, left, budget))
    )
  }
  if (left.kind !== right.kind) return false
  switch (left.kind) {
    case 'array':
      return arraysOverlap(left, right as ArrayType, budget)
    case 'object':
      return objectsOverlap(left, right as ObjectType, budget)
    case 'set':
      return typesOverlap(valuesOfType(left), valuesOfType(right), budget)
    case 'function':
      return functionsOverlap(left, right as typeof left, budget)
    default:
      return true
  }
}

function anyOverlaps(left: Extract<Type, { kind: 'any' }>, right: Type, budget: Budget): boolean {
  if (right.kind === 'function') return false
  return isAny(left) || left.of.some((member) => typesOverlap(member, right, budget))
}

function arraysOverlap(left: ArrayType, right: ArrayType, budget: Budget): boolean {
  const length = Math.max(left.items.length, right.items.length)
  for (let place = 0; place < length; place++) {
    if (!typesOverlap(left.items[place] ?? left.rest, right.items[place] ?? right.rest, budget)) return false
  }
  return left.rest === undefined || right.rest === undefined || typesOverlap(left.rest, right.rest, budget)
}

function objectsOverlap(left: ObjectType, right: ObjectType, budget: Budget): boolean {
  if (!propertiesOverlap(left, right, budget) || !propertiesOverlap(right, left, budget)) return false
  return left.rest === undefined || right.rest === undefined || typesOverlap(left.rest.value, right.rest.value, budget)
}

function propertiesOverlap(left: ObjectType, right: ObjectType, budget: Budget): boolean {
  return left.properties.every(([key, type], place) => {
    // Objects made in one way have their keys in one order.
    const beside = right.properties[place]
    const other = beside !== undefined && equal(beside[0], key) ? beside[1] : selectType(right, key)
    return typesOverlap(type, other, budget)
  })
}

function functionsOverlap(
  left: Extract<Type, { kind: 'function' }>,
  right: Extract<Type, { kind: 'function' }>,
  budget: Budget,
): boolean {
  if (left.args.length !== right.args.length) return false
  return left.args.every((type, place) => typesOverlap(type, right.args[place], budget))
}
