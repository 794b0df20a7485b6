/** Values as Rego writes them: what `sprintf("%v")`, `print` and messages show. */
import { quote } from '@kubescape/go'
import { Decimal } from './decimal.ts'
import { bound, COST_OF_TEXT, resume, visit } from './effort.ts'
import { numberText } from './number.ts'
import { get, keysOf, RegoSet, type ObjectValue, type Value } from './value.ts'

/** The value in one line: `{"a": [1, true, null]}`, `{1, 2}`, `set()`; texts are quoted, members and keys in order. */
export function valueText(value: Value): string {
  switch (typeof value) {
    case 'string':
      return quote(value)
    case 'number':
    case 'bigint':
      return numberText(value)
    case 'boolean':
      return value ? 'true' : 'false'
    default:
      return value === null ? 'null' : partsText(value)
  }
}

/** Lists and objects of a value of which the beginning is shown; what has more is not written at all. */
const MOST_SHOWN = 10_000

/** The value in one line of so many characters at most; what is cut off, or far too large to be written, ends with dots. */
export function shortText(value: Value, longest: number): string {
  const before = bound(COST_OF_TEXT * MOST_SHOWN)
  try {
    const text = valueText(value)
    return text.length > longest ? `${text.slice(0, longest)}...` : text
  } catch (error) {
    if (error instanceof RangeError) return '...'
    throw error
  } finally {
    resume(before)
  }
}

function partsText(value: readonly Value[] | RegoSet | Decimal | ObjectValue): string {
  if (value instanceof Decimal) return numberText(value)
  visit(COST_OF_TEXT)
  if (Array.isArray(value)) return `[${listText(value as readonly Value[])}]`
  if (value instanceof RegoSet) return value.size === 0 ? 'set()' : `{${listText(value.values())}}`
  const object = value as ObjectValue
  let text = ''
  for (const key of keysOf(object)) {
    text += `${text === '' ? '' : ', '}${valueText(key)}: ${valueText(get(object, key) as Value)}`
  }
  return `{${text}}`
}

function listText(values: readonly Value[]): string {
  let text = ''
  for (let at = 0; at < values.length; at++) text += `${at === 0 ? '' : ', '}${valueText(values[at] as Value)}`
  return text
}
