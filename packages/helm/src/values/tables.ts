/** Maps of values: copies, look-ups by path, and laying one over another. */
import { quote } from '@kubescape/go'
import { Dict, List, type Value } from '@kubescape/go-template'

/** Counts entries and items that are copied. */
export type Spend = (count: number) => void

/**
 * A copy that shares no list or map with the values. They come from files, so they contain no cycles.
 * @throws {LimitError} when `spend` has had enough
 */
export function copyOfDict(dict: Dict, spend: Spend): Dict {
  spend(dict.entries.size + 1)
  const entries = new Map<string, Value>()
  for (const [key, value] of dict.entries) entries.set(key, copyOf(value, spend))
  return new Dict(entries, dict.type, dict.origin)
}

function copyOf(value: Value, spend: Spend): Value {
  if (value instanceof Dict) return copyOfDict(value, spend)
  if (!(value instanceof List)) return value
  spend(value.items.length + 1)
  return new List(
    value.items.map((item) => copyOf(item, spend)),
    value.element,
    value.origin,
  )
}

/** The map at a path such as `image.pull`, or Helm's words for why there is none. */
export function tableAt(dict: Dict, path: string): Dict | string {
  let table = dict
  for (const key of path.split('.')) {
    const found = table.get(key)
    if (!(found instanceof Dict)) return `${quote(key)} is not a table`
    table = found
  }
  return table
}

/** What stands at a path, where that is no map; undefined when there is nothing. */
export function valueAtPath(dict: Dict, path: string): Value {
  const dot = path.lastIndexOf('.')
  const table = dot === -1 ? dict : tableAt(dict, path.slice(0, dot))
  if (typeof table === 'string') return undefined
  const found = table.get(path.slice(dot + 1))
  return found instanceof Dict ? undefined : found
}

/** Maps around `dict`, so that it stands at a path; `.` is the root. */
export function tableAtPath(path: string, dict: Dict): Dict {
  if (path === '.') return dict
  return path.split('.').reduceRight((inner, key) => new Dict(new Map([[key, inner]])), dict)
}

/** Puts the entries of `over` on top of those of `base`, which changes. Lists and scalars replace each other. */
export function mergeOver(base: Dict, over: Dict, spend: Spend): void {
  for (const [key, value] of over.entries) {
    const present = base.get(key)
    if (value instanceof Dict && present instanceof Dict) mergeOver(present, value, spend)
    else base.entries.set(key, copyOf(value, spend))
  }
}
