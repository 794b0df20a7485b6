/** Plain data, as readers of YAML give it, to values of templates. */

import { Dict, List } from '../go/value.ts'
import type { Value } from '../go/value.ts'
import { DEEPEST, EncodingError } from './encoding-error.ts'

/**
 * The value that plain data stands for; integers of any size become float64.
 * @throws {EncodingError} for data that nests too deep
 */
export function fromPlainData(data: unknown, depth = 0): Value {
  if (typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean') return data
  if (typeof data === 'bigint') return Number(data)
  if (typeof data !== 'object' || data === null) return null
  if (depth >= DEEPEST) throw new EncodingError('exceeded max depth')
  if (Array.isArray(data)) return new List(data.map((item) => fromPlainData(item, depth + 1)))
  const entries = new Map<string, Value>()
  const map = data as Record<string, unknown>
  for (const key of Object.keys(map)) entries.set(key, fromPlainData(map[key], depth + 1))
  return new Dict(entries)
}
