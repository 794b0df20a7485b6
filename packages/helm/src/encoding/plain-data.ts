/** Plain data, as readers of YAML give it, to values of templates. */

import { Dict, List, type Value } from '@kubescape/go-template'

/**
 * The value that plain data stands for; integers of any size become float64. Readers of YAML have seen to it that the data is
 * not too deep.
 */
export function fromPlainData(data: unknown): Value {
  if (typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean') return data
  if (typeof data === 'bigint') return Number(data)
  if (typeof data !== 'object' || data === null) return null
  if (Array.isArray(data)) return new List(data.map(fromPlainData))
  const entries = new Map<string, Value>()
  const map = data as Record<string, unknown>
  for (const key of Object.keys(map)) entries.set(key, fromPlainData(map[key]))
  return new Dict(entries)
}
