/** Indexes over the items of arrays, by the scalars at some paths; kept as long as the array lives. */
import { Decimal } from '../values/decimal.ts'
import type { Value } from '../values/value.ts'
import { lookup } from './lookup.ts'

/** What is looked for at a path: a scalar, or one of several. */
export type Key = Value | readonly Value[]

type Level = Map<Value, Level | number[]>

const NOTHING: readonly number[] = []

/** Takes what an index is by of an item. */
export type Extract = (item: Value) => Value | undefined

/** Places of items, by what is taken of them. */
class ItemIndex {
  readonly #root: Level = new Map()
  readonly #unions = new Map<Key, readonly number[]>()
  readonly #extracts: readonly Extract[]

  constructor(items: readonly Value[], extracts: readonly Extract[]) {
    this.#extracts = extracts
    items.forEach((item, place) => {
      this.#add(item, place)
    })
  }

  /** Places of the items that have these values, in order. */
  find(keys: readonly Key[]): readonly number[] {
    const [only] = keys
    if (keys.length === 1 && Array.isArray(only)) {
      // The same list of names is asked for again and again.
      let places = this.#unions.get(only)
      if (places === undefined) this.#unions.set(only, (places = find(this.#root, keys, 0)))
      return places
    }
    return find(this.#root, keys, 0)
  }

  #add(item: Value, place: number): void {
    let level = this.#root
    const last = this.#extracts.length - 1
    for (const [depth, extract] of this.#extracts.entries()) {
      const value = scalarOf(extract(item))
      if (value === undefined) return
      const next = level.get(value)
      if (depth === last) {
        if (next === undefined) level.set(value, [place])
        else (next as number[]).push(place)
      } else if (next === undefined) {
        const below: Level = new Map()
        level.set(value, below)
        level = below
      } else level = next as Level
    }
  }
}

function find(level: Level, keys: readonly Key[], depth: number): readonly number[] {
  const key = keys[depth] as Key
  const isLast = depth === keys.length - 1
  if (!Array.isArray(key)) {
    const found = level.get(key)
    if (found === undefined) return NOTHING
    return isLast ? (found as number[]) : find(found as Level, keys, depth + 1)
  }
  const places: number[] = []
  for (const one of new Set(key as readonly Value[])) {
    const found = level.get(one)
    if (found === undefined) continue
    // A loop, since more places than arguments fit on the stack may have one key.
    for (const place of isLast ? (found as number[]) : find(found as Level, keys, depth + 1)) places.push(place)
  }
  return places.toSorted((a, b) => a - b)
}

/** The value at a path below an item. */
export function valueAt(item: Value, path: readonly string[]): Value | undefined {
  let value: Value | undefined = item
  for (const name of path) {
    value = lookup(value, name)
    if (value === undefined) return undefined
  }
  return value
}

/** What an index can hold: undefined for nothing, and for a value with parts. */
function scalarOf(value: Value | undefined): Value | undefined {
  if (value instanceof Decimal) return value.plain
  return typeof value === 'object' && value !== null ? undefined : value
}

/** Indexes by the arrays that they are over. */
export class IndexStore {
  readonly #known = new WeakMap<readonly Value[], Map<unknown, ItemIndex | 'seen'>>()

  /** The index; undefined at the first visit, which may be the only one. `id` stands for what is taken of the items. */
  index(items: readonly Value[], id: unknown, extracts: () => readonly Extract[]): ItemIndex | undefined {
    let indexes = this.#known.get(items)
    if (indexes === undefined) this.#known.set(items, (indexes = new Map<unknown, ItemIndex | 'seen'>()))
    const index = indexes.get(id)
    if (index === undefined) {
      indexes.set(id, 'seen')
      return undefined
    }
    if (index !== 'seen') return index
    const made = new ItemIndex(items, extracts())
    indexes.set(id, made)
    return made
  }
}
