/** JSON to values: Go's `json.Unmarshal` into a variable of any type, its errors included. */

import { Dict, List } from '../go/value.ts'
import type { CallContext, Value } from '../go/value.ts'
import { DEEPEST, EncodingError } from './encoding-error.ts'
import { explainJson } from './json-error.ts'

/**
 * The value of a JSON text; all numbers are float64.
 * @throws {EncodingError} with Go's words for what is wrong with the text
 */
export function readJson(text: string, context: Pick<CallContext, 'spend'>): Value {
  context.spend(text.length)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new EncodingError(explainJson(text))
  }
  return fromJson(json, 0)
}

/**
 * The value that plain data stands for; integers of any size become float64.
 * @throws {EncodingError} for numbers that float64 cannot hold, and for data that nests too deep
 */
export function fromJson(json: unknown, depth: number): Value {
  switch (typeof json) {
    case 'string':
      // Half a pair of surrogates, which an escape can make, is no character.
      return json.toWellFormed()
    case 'boolean':
      return json
    case 'number':
      if (Number.isFinite(json)) return json
      throw new EncodingError('json: cannot unmarshal number into Go value of type float64')
    case 'bigint':
      return Number(json)
    default:
  }
  if (json === null || json === undefined) return null
  if (depth >= DEEPEST) throw new EncodingError('exceeded max depth')
  if (Array.isArray(json)) return new List(json.map((item) => fromJson(item, depth + 1)))
  const entries = new Map<string, Value>()
  const map = json as Record<string, unknown>
  for (const key of Object.keys(map)) entries.set(key.toWellFormed(), fromJson(map[key], depth + 1))
  return new Dict(entries)
}
