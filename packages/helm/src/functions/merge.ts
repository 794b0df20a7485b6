/** Maps laid over each other: package dario.cat/mergo, as sprig uses it. */
import { type CallContext, Dict, LimitError, List, type Value, isNil, isTrue, plain } from '@kubescape/go-template'

/** Maps within each other. */
const MAX_DEPTH = 1000
/** What a new list or map costs beside its items. */
const COPY_STEPS = 8

/**
 * Puts the entries of `source` into `target`, those of maps on both sides into each other. Without `overwrite` an entry stays
 * unless it is empty: false, zero, an empty text, list or map, nil. Maps of the source become shared, not copied.
 * @throws {LimitError} for maps that are nested too deep
 */
export function mergeInto(target: Dict, source: Dict, overwrite: boolean, context: CallContext): void {
  merge(target, source, overwrite, context, 0)
}

function merge(target: Dict, source: Dict, overwrite: boolean, context: CallContext, depth: number): void {
  if (depth > MAX_DEPTH) throw new LimitError(`maps to merge are nested more than ${MAX_DEPTH} levels deep`)
  context.spend(source.entries.size)
  for (const [key, item] of source.entries) {
    const value = plain(item) ?? null
    const present = plain(target.get(key))
    if (value === null) {
      if (overwrite) target.entries.set(key, null)
      continue
    }
    if (value instanceof Dict && present instanceof Dict && !isNil(present)) {
      merge(present, value, overwrite, context, depth + 1)
      if (isTrue(present)) continue
    }
    if (overwrite || !isTrue(present)) target.entries.set(key, item)
  }
}

/**
 * The value with copies of all its lists and maps, where they were written included; what holds no others is shared.
 * @throws {LimitError} for values that are nested too deep
 */
export function deepCopy(value: Value, context: CallContext): Value {
  return copy(value, context, 0)
}

function copy(value: Value, context: CallContext, depth: number): Value {
  if (depth > MAX_DEPTH) throw new LimitError(`values to copy are nested more than ${MAX_DEPTH} levels deep`)
  if (isNil(value)) return value
  if (value instanceof List) {
    context.spend(COPY_STEPS + value.items.length)
    return new List(
      value.items.map((item) => copy(item, context, depth + 1)),
      value.element,
      value.origin,
    )
  }
  if (!(value instanceof Dict)) return value
  context.spend(COPY_STEPS + value.entries.size)
  const entries = new Map<string, Value>()
  for (const [key, item] of value.entries) entries.set(key, copy(item, context, depth + 1))
  return new Dict(entries, value.type, value.origin)
}
