/** Safe reading of object fields: manifests come from strangers, so any field may hold anything. */
import type { Value, ValueMap } from '@kubescape/yaml'

/** The value as a mapping, or undefined when it is anything else. */
export function asMap(value: Value | undefined): ValueMap | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
}

/** The value as a list; anything else is an empty list. */
export function asList(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : NO_VALUES
}

/** The value as text: strings as they are, numbers and booleans as YAML would print them, anything else undefined. */
export function asText(value: Value | undefined): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  return undefined
}

/** The texts of a list; entries without a text form are left out. */
export function asTexts(value: Value | undefined): string[] {
  const texts: string[] = []
  for (const item of asList(value)) {
    const text = asText(item)
    if (text !== undefined) texts.push(text)
  }
  return texts
}

/** The mapping as plain text pairs (labels, selectors, ConfigMap data); entries without a text form are left out. */
export function asTextMap(value: Value | undefined): Record<string, string> {
  const map = asMap(value)
  if (map === undefined) return NO_TEXTS
  const texts: Record<string, string> = {}
  for (const key of Object.keys(map)) {
    const text = asText(map[key])
    if (text !== undefined && key !== '__proto__') texts[key] = text
  }
  return texts
}

/** The value below `keys`, walking through mappings only. */
export function field(value: Value | undefined, ...keys: readonly string[]): Value | undefined {
  let at: Value | undefined = value
  for (const key of keys) {
    const map = asMap(at)
    if (map === undefined || !Object.hasOwn(map, key)) return undefined
    at = map[key]
  }
  return at
}

/** True for `true` and for texts that a person meant as true: an unsafe switch must not pass because of its quotes. */
export function saysTrue(value: Value | undefined): boolean {
  return value === true || (typeof value === 'string' && /^(?:true|yes|on|y)$/i.test(value))
}

const NO_VALUES: readonly Value[] = []
const NO_TEXTS: Record<string, string> = Object.freeze({})
