/** Reading what rules answer: values of Rego as JSON sees them, sets being lists. */
import { isObject, RegoObject, RegoSet, type Value } from '@kubescape/rego'

/** The member of an object; undefined where it has none, or where the value is no object. */
export function member(value: Value | undefined, name: string): Value | undefined {
  if (!isObject(value)) return undefined
  if (value instanceof RegoObject) return value.get(name)
  return Object.hasOwn(value, name) ? value[name] : undefined
}

/** The items of an array or set; undefined for anything else. */
export function itemsOf(value: Value | undefined): readonly Value[] | undefined {
  if (value instanceof RegoSet) return value.values()
  return Array.isArray(value) ? (value as readonly Value[]) : undefined
}

/** The texts of an array or set; a text alone is a list of one. Undefined when something else is among them. */
export function textsOf(value: Value | undefined): readonly string[] | undefined {
  if (value === undefined || value === null) return []
  if (typeof value === 'string') return [value]
  const items = itemsOf(value)
  return items?.every((item) => typeof item === 'string') ? items : undefined
}

/** The text of a member, empty where it is none. */
export function textMember(value: Value | undefined, name: string): string {
  const text = member(value, name)
  return typeof text === 'string' ? text : ''
}
