/** Values as canonical texts, for maps of JavaScript: equal values have the same. */
import { Decimal } from './decimal.ts'
import { COST_OF_TEXT, visit } from './effort.ts'
import { canonicalNumber } from './number.ts'
import { get, keysOf, RegoSet, type ObjectValue, type Value } from './value.ts'

/** The canonical text. Texts stand with their length before them, so that no content can look like structure. */
export function keyText(value: Value): string {
  switch (typeof value) {
    case 'string':
      return `s${value.length}:${value}`
    case 'number':
    case 'bigint':
      return `n${canonicalNumber(value)}`
    case 'boolean':
      return value ? 't' : 'f'
    default:
      return value === null ? '_' : partsText(value)
  }
}

function partsText(value: readonly Value[] | RegoSet | Decimal | ObjectValue): string {
  if (value instanceof Decimal) return `n${canonicalNumber(value)}`
  let text = ''
  visit(COST_OF_TEXT)
  if (Array.isArray(value)) {
    for (const item of value as readonly Value[]) text += `${keyText(item)},`
    return `[${text}]`
  }
  if (value instanceof RegoSet) {
    for (const member of value.values()) text += `${keyText(member)},`
    return `<${text}>`
  }
  const object = value as ObjectValue
  for (const key of keysOf(object)) text += `${keyText(key)}=${keyText(get(object, key) as Value)},`
  return `{${text}}`
}
