/** Values as JSON writes them, with exact numbers: how results are compared. */
import {
  compareValues,
  entriesOf,
  isNumber,
  isObject,
  numberText,
  RegoSet,
  valueText,
  type Value,
} from '../../packages/rego/src/index.ts'

/** A value as JSON: sets are sorted lists, keys are texts, numbers are `{ number: text }`. */
export function asJson(value: Value): unknown {
  if (isNumber(value)) return { number: canonical(numberText(value)) }
  if (value instanceof RegoSet) return value.values().map(asJson)
  if (Array.isArray(value)) return (value as readonly Value[]).map(asJson)
  if (isObject(value)) {
    return Object.fromEntries([...entriesOf(value)].map(([key, each]) => [`.${keyText(key)}`, asJson(each)]))
  }
  return value
}

/** True for the same JSON. */
export function sameJson(left: unknown, right: unknown): boolean {
  return stable(left) === stable(right)
}

/** A list in an order that does not depend on how it came. */
export function sortedList(list: readonly unknown[]): unknown[] {
  return list.toSorted((a, b) => compareValues(stable(a), stable(b)))
}

function keyText(key: Value): string {
  return typeof key === 'string' ? key : jsonText(key)
}

/** A key as compact JSON. */
function jsonText(value: Value): string {
  if (value instanceof RegoSet) return jsonText(value.values())
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(jsonText).join(',')}]`
  if (!isObject(value)) return valueText(value)
  return `{${[...entriesOf(value)].map(([key, each]) => `${JSON.stringify(keyText(key))}:${jsonText(each)}`).join(',')}}`
}

function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${stable(each)}`).join(',')}}`
  }
  return JSON.stringify(value) ?? 'undefined'
}

/** A text that equal numbers share. */
function canonical(text: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? []
  let digits = BigInt(`${sign}${whole}${fraction}`)
  let exponent = Number(power) - fraction.length
  if (digits === 0n) return '0'
  while (digits % 10n === 0n) {
    digits /= 10n
    exponent++
  }
  return `${digits}e${exponent}`
}
