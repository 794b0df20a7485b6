/** placeholder until merge */
import { numberFromText, isNumber, numberText } from '../values/number.ts'
import { entriesOf, isObject } from '../values/object.ts'
import { RegoSet, type Value } from '../values/value.ts'
import { failure } from './operands.ts'

export function readJson(text: string): Value {
  try {
    return JSON.parse(text, ((_: string, value: unknown, { source }: { source: string }) =>
      typeof value === 'number' ? numberFromText(source) : value) as never) as Value
  } catch (error) {
    throw failure((error as Error).message)
  }
}
export function writeJson(value: Value): string {
  if (isNumber(value)) return numberText(value)
  if (Array.isArray(value)) return `[${(value as Value[]).map(writeJson).join(',')}]`
  if (value instanceof RegoSet) return `[${value.values().map(writeJson).join(',')}]`
  if (isObject(value))
    return `{${[...entriesOf(value)].map(([k, x]) => `${writeJson(k as string)}:${writeJson(x)}`).join(',')}}`
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll('\u2028', '\\u2028')
}
