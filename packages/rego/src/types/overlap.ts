/** Whether values of two types can be equal. */
import type { ArrayType, ObjectType, Type } from './type.ts'
import { isAny, selectType, typeText, valuesOfType } from './union.ts'
import { equal } from '../values/value.ts'

/** True unless no value is of both types. */
export function overlaps(left: Type | undefined, right: Type | undefined): boolean {
  if (left === undefined || right === undefined) return false
  if (left === right) return true
  if (left.kind === 'any' || right.kind === 'any') {
    return (left.kind === 'any' && anyOverlaps(left, right)) || (right.kind === 'any' && anyOverlaps(right, left))
  }
  if (left.kind !== right.kind) return false
  switch (left.kind) {
    case 'array':
      return arraysOverlap(left, right as ArrayType)
    case 'object':
      return objectsOverlap(left, right as ObjectType)
    case 'set':
      return overlaps(valuesOfType(left), valuesOfType(right))
    case 'function':
      return functionsOverlap(left, right as typeof left)
    default:
      return true
  }
}

function anyOverlaps(left: Extract<Type, { kind: 'any' }>, right: Type): boolean {
  if (right.kind === 'function') return false
  return isAny(left) || left.of.some((member) => overlaps(member, right))
}

function arraysOverlap(left: ArrayType, right: ArrayType): boolean {
  const length = Math.max(left.items.length, right.items.length)
  for (let place = 0; place < length; place++) {
    if (!overlaps(left.items[place] ?? left.rest, right.items[place] ?? right.rest)) return false
  }
  return left.rest === undefined || right.rest === undefined || overlaps(left.rest, right.rest)
}

function objectsOverlap(left: ObjectType, right: ObjectType): boolean {
  if (!propertiesOverlap(left, right) || !propertiesOverlap(right, left)) return false
  return left.rest === undefined || right.rest === undefined || overlaps(left.rest.value, right.rest.value)
}

function propertiesOverlap(left: ObjectType, right: ObjectType): boolean {
  return left.properties.every(([key, type], place) => {
    // Objects made in one way have their keys in one order.
    const beside = right.properties[place]
    const other = beside !== undefined && equal(beside[0], key) ? beside[1] : selectType(right, key)
    return overlaps(type, other)
  })
}

function functionsOverlap(
  left: Extract<Type, { kind: 'function' }>,
  right: Extract<Type, { kind: 'function' }>,
): boolean {
  if (left.args.length !== right.args.length) return false
  return left.args.every((type, place) => overlaps(type, right.args[place]))
}

/** True for the same types. */
export function isSameType(left: Type, right: Type): boolean {
  return left === right || typeText(left) === typeText(right)
}
