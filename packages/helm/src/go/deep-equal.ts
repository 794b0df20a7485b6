/** Whether two values are the same all the way down. */
import { typeName } from './type-name.ts'
import { Dict, isNil, LimitError, List, plain, Sized, Struct, type Value } from './value.ts'

/** Lists and maps within each other. */
const MAX_DEPTH = 1000

/** Pairs that were compared, or are being compared: what holds itself would otherwise never end. */
type Seen = Map<object, Set<object>>

/**
 * Go's `reflect.DeepEqual`: kinds count, so the int 3 is not the float64 3; NaN is not equal to itself.
 * @throws {LimitError} for values that are nested too deep
 */
export function deepEqual(a: Value, b: Value): boolean {
  return equal(a, b, new Map(), 0)
}

function equal(a: Value, b: Value, seen: Seen, depth: number): boolean {
  const x = plain(a) ?? null
  const y = plain(b) ?? null
  if (typeof x !== 'object' || typeof y !== 'object' || x === null || y === null) return x === y
  if (x instanceof Sized) return y instanceof Sized && x.kind === y.kind && x.value === y.value
  if (x === y) return true
  if (typeName(x) !== typeName(y) || isNil(x) !== isNil(y)) return false
  if (x instanceof Struct) return y instanceof Struct && x.print() === y.print()
  if (depth > MAX_DEPTH) throw new LimitError(`values to compare are nested more than ${MAX_DEPTH} levels deep`)
  if (wasSeen(x, y, seen)) return true
  if (x instanceof List) return y instanceof List && equalLists(x, y, seen, depth)
  return y instanceof Dict && equalMaps(x, y, seen, depth)
}

function equalLists(a: List, b: List, seen: Seen, depth: number): boolean {
  return a.items.length === b.items.length && a.items.every((item, at) => equal(item, b.items[at], seen, depth + 1))
}

function equalMaps(a: Dict, b: Dict, seen: Seen, depth: number): boolean {
  if (a.entries.size !== b.entries.size) return false
  for (const [key, value] of a.entries)
    if (!b.entries.has(key) || !equal(value, b.get(key), seen, depth + 1)) return false
  return true
}

function wasSeen(a: object, b: object, seen: Seen): boolean {
  const others = seen.get(a)
  if (others === undefined) seen.set(a, new Set([b]))
  else if (others.has(b)) return true
  else others.add(b)
  return false
}
