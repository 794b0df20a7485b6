/** What a text on the command line means, and where it came from. */
import { parseInteger } from '@kubescape/go'
import {
  Dict,
  List,
  type Scalar,
  Traced,
  type Value,
  type ValueLayer,
  type ValueOrigin,
  int64,
} from '@kubescape/go-template'

/** Keys and indexes that lead to a value. */
export type ValuePath = readonly (string | number)[]

/** The value of a text given to `--set`: true, false and null in any case, int64 without leading zeros, else a string. */
export function typedValue(text: string): Scalar {
  if (text.length === 4 || text.length === 5) {
    const word = text.toUpperCase()
    if (word === 'TRUE') return true
    if (word === 'FALSE') return false
    if (word === 'NULL') return null
  }
  if (text === '0') return int64(0)
  if (text === '' || text.charCodeAt(0) === 0x30) return text
  const { value, problem } = parseInteger(text, 10)
  return problem === undefined ? int64(value) : text
}

/** A scalar that remembers where it comes from, when there is a layer to remember. */
export function traced(value: Scalar, path: ValuePath, layer: ValueLayer | undefined): Value {
  if (layer === undefined) return value
  return new Traced(value, [
    { length: typeof value === 'string' ? value.length : 0, origin: { value: { layer, path } } },
  ])
}

/** Where a list or map was written; undefined when that is not to be remembered. */
export function originOf(path: ValuePath, layer: ValueLayer | undefined): ValueOrigin | undefined {
  return layer === undefined ? undefined : { layer, path }
}

/** Values of `JSON.parse` as values of Go. Numbers are float64. */
export function fromJson(json: unknown, path: ValuePath, layer: ValueLayer | undefined): Value {
  if (typeof json === 'string') return traced(json.toWellFormed(), path, layer)
  if (json === null || typeof json !== 'object') return traced(json as Scalar, path, layer)
  const origin = originOf(path, layer)
  if (Array.isArray(json)) {
    const items = json.map((item, at) => fromJson(item, [...path, at], layer))
    return new List(items, 'interface {}', origin)
  }
  const entries = Object.entries(json).map(([name, value]): [string, Value] => {
    const key = name.toWellFormed()
    return [key, fromJson(value, [...path, key], layer)]
  })
  return new Dict(new Map(entries), 'map[string]interface {}', origin)
}
