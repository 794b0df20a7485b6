/** Fields of maps and items of lists. */
import { isMap, keyOf, lookUp } from './values/maps.ts'
import { adapt, CelError, Double, isInt, isList, NONE, Optional, typeNameOf, Uint, type Value } from './values/value.ts'

/** `operand.field`. After `.?` every further selection is optional too. */
export function selectField(operand: Value, field: string): Value {
  if (operand instanceof CelError) return operand
  if (operand instanceof Optional) return indexOptional(operand, field)
  if (!isMap(operand)) return new CelError(`${typeNameOf(operand)} has no fields: no such field "${field}"`)
  const value = lookUp(operand, field)
  return value === undefined ? new CelError(`no such key: ${field}`) : value
}

/** `has(operand.field)`. */
export function hasField(operand: Value, field: string): Value {
  if (operand instanceof CelError) return operand
  if (operand instanceof Optional) return operand.value === undefined ? false : hasField(operand.value, field)
  if (isList(operand)) return new CelError(`a list has no fields: has() of "${field}"`)
  return isMap(operand) && lookUp(operand, field) !== undefined
}

/** `operand[index]`. */
export function indexValue(operand: Value, index: Value): Value {
  if (operand instanceof CelError) return operand
  if (index instanceof CelError) return index
  if (operand instanceof Optional) return indexOptional(operand, index)
  if (isList(operand)) {
    const place = placeOf(index)
    if (place === undefined) return noOverload('_[_]', operand, index)
    const item = operand[place]
    return item === undefined ? new CelError(`index out of bounds: ${place}`) : adapt(item)
  }
  if (!isMap(operand)) return noOverload('_[_]', operand, index)
  const key = keyOf(index)
  if (key === undefined) return noOverload('_[_]', operand, index)
  const value = lookUp(operand, key)
  return value === undefined ? new CelError(`no such key: ${keyText(index)}`) : value
}

/** `operand[?index]`: an optional. */
export function indexOptional(operand: Value, index: Value): Value {
  if (operand instanceof CelError) return operand
  if (index instanceof CelError) return index
  if (operand instanceof Optional) return operand.value === undefined ? NONE : indexOptional(operand.value, index)
  if (isList(operand)) {
    const place = placeOf(index)
    if (place === undefined) return noOverload('_[?_]', operand, index)
    const item = operand[place]
    return item === undefined ? NONE : new Optional(adapt(item))
  }
  const key = keyOf(index)
  const value = key === undefined || !isMap(operand) ? undefined : lookUp(operand, key)
  return value === undefined ? NONE : new Optional(value)
}

/** The place in a list that a number stands for; undefined where it is no whole number. */
function placeOf(index: Value): number | undefined {
  if (isInt(index)) return Number(index)
  if (index instanceof Uint) return Number(index.value)
  return index instanceof Double && Number.isInteger(index.value) ? index.value : undefined
}

function keyText(key: Value): string {
  return String(keyOf(key))
}

/** What is said of an operator or function that knows nothing of values of these types. */
export function noOverload(name: string, ...values: readonly Value[]): CelError {
  return new CelError(`no such overload: ${name} of ${values.map(typeNameOf).join(', ')}`)
}
