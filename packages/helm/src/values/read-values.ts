/** The text of a values file to values of templates, and where its entries stand in it. */

import { isValueMap } from '@kubescape/yaml'
import type { OpenDocument, Value as JsonValue } from '@kubescape/yaml'
import { EncodingError } from '../encoding/encoding-error.ts'
import { fromPlainData } from '../encoding/plain-data.ts'
import { readFirstDocument } from '../encoding/yaml-reader.ts'
import {
  Dict,
  LimitError,
  List,
  type Scalar,
  Traced,
  type Value,
  type ValueLayer,
  type ValueOrigin,
} from '@kubescape/go-template'

/** Where the entries of a file go, for values that remember where they come from. */
export interface ValuesTrace {
  readonly layer: ValueLayer
  /** The place of the file's root in the values of the whole chart: `[]`, or the path of a subchart. */
  readonly path: readonly (string | number)[]
}

/** A values file, or why it could not be read. */
export type ReadValues =
  | { readonly values: Dict; readonly locate: LocateValue }
  /** In Helm's words. */
  | { readonly error: string }

/** Line and column, from 1, of an entry by its path from the root of the file; undefined when the file does not have it. */
type LocateValue = (path: readonly (string | number)[]) => { line: number; column: number } | undefined

/** Items of lists and keys of maps in one file. */
const MAX_ENTRIES = 500_000

/**
 * Reads the first document of a text. All numbers are float64; of keys that occur twice the last counts; an empty text
 * gives an empty map. With a trace, scalars are `Traced`, and maps and lists have an origin.
 */
export function readValues(text: string, trace?: ValuesTrace): ReadValues {
  try {
    const { json, document } = readFirstDocument(text)
    if (json !== null && !isValueMap(json)) return { error: noMap(json) }
    if (!isWithin(json, { left: MAX_ENTRIES })) return { error: `there are more than ${MAX_ENTRIES} entries` }
    const values = trace === undefined ? fromPlainData(json ?? {}) : traced(json ?? {}, trace.layer, trace.path)
    return { values: values as Dict, locate: (path) => locateIn(document, path) }
  } catch (error) {
    if (error instanceof EncodingError || error instanceof LimitError) return { error: error.message }
    throw error
  }
}

/** Each entry takes several hundred bytes. */
function isWithin(json: JsonValue, entries: { left: number }): boolean {
  if (typeof json !== 'object' || json === null) return true
  const values = Array.isArray(json) ? json : Object.values(json)
  entries.left -= values.length
  return entries.left >= 0 && values.every((value) => isWithin(value, entries))
}

function noMap(json: JsonValue): string {
  const kind = Array.isArray(json) ? 'array' : typeof json === 'boolean' ? 'bool' : typeof json
  const name = kind === 'bigint' ? 'number' : kind
  return `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${name} into Go value of type map[string]interface {}`
}

function traced(json: JsonValue, layer: ValueLayer, path: readonly (string | number)[]): Value {
  const origin: ValueOrigin = { layer, path }
  if (typeof json !== 'object' || json === null) {
    const value = fromPlainData(json) as Scalar
    return new Traced(value, [{ length: typeof value === 'string' ? value.length : 0, origin: { value: origin } }])
  }
  if (Array.isArray(json)) {
    const items = json.map((item, index) => traced(item, layer, [...path, index]))
    return new List(items, undefined, origin)
  }
  const entries = new Map<string, Value>()
  for (const key of Object.keys(json)) {
    entries.set(key, traced(json[key] as JsonValue, layer, [...path, key]))
  }
  return new Dict(entries, undefined, origin)
}

function locateIn(
  document: OpenDocument | undefined,
  path: readonly (string | number)[],
): { line: number; column: number } | undefined {
  const found = document?.locate([pathText(path)])[0]
  return found?.exists === true ? { line: found.line, column: found.column } : undefined
}

/** The path as `locate` takes it. */
function pathText(path: readonly (string | number)[]): string {
  return path.map((step) => (typeof step === 'number' ? `[${step}]` : `["${step.replace(/["\\]/g, '\\$&')}"]`)).join('')
}
