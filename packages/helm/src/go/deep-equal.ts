/** Whether two values are the same all the way down. */
import { Dict, LimitError, List, Sized, Struct, type Value, isNil, plain, typeName } from '@kubescape/go-template'

/** Lists and maps within each other. */
const MAX_DEPTH = 1000

/**
 * Go's `reflect.DeepEqual`: kinds count, so the int 3 is not the float64 3; NaN is not equal to itself. `spend` hears of the
 * items that are about to be compared, and may throw.
 * @throws {LimitError} for values that are nested too deep
 */
export function deepEqual(a: Value, b: Value, spend?: (items: number) => void): boolean {
  // Scalars are the most frequent.
  const x = plain(a)
  if (typeof x !== 'object' && x !== undefined) return x === plain(b)
  return new Comparison(spend).isEqual(a, b, 0)
}

class Comparison {
  readonly #spend: ((items: number) => void) | undefined
  /** Pairs that were compared, or are being compared: what holds itself would otherwise never end. */
  readonly #seen = new Map<object, Set<object>>()

  constructor(spend?: (items: number) => void) {
    this.#spend = spend
  }

  isEqual(a: Value, b: Value, depth: number): boolean {
    const x = plain(a) ?? null
    const y = plain(b) ?? null
    if (typeof x !== 'object' || typeof y !== 'object' || x === null || y === null) return x === y
    if (x instanceof Sized) return y instanceof Sized && x.kind === y.kind && x.value === y.value
    if (x === y) return true
    if (typeName(x) !== typeName(y) || isNil(x) !== isNil(y)) return false
    if (x instanceof Struct) return y instanceof Struct && x.print() === y.print()
    if (depth > MAX_DEPTH) throw new LimitError(`values to compare are nested more than ${MAX_DEPTH} levels deep`)
    if (this.#wasSeen(x, y)) return true
    if (x instanceof List) return y instanceof List && this.#areListsEqual(x, y, depth)
    return y instanceof Dict && this.#areMapsEqual(x, y, depth)
  }

  #areListsEqual(a: List, b: List, depth: number): boolean {
    if (a.items.length !== b.items.length) return false
    this.#spend?.(a.items.length)
    return a.items.every((item, at) => this.isEqual(item, b.items[at], depth + 1))
  }

  #areMapsEqual(a: Dict, b: Dict, depth: number): boolean {
    if (a.entries.size !== b.entries.size) return false
    this.#spend?.(a.entries.size)
    for (const [key, value] of a.entries) {
      if (!b.entries.has(key) || !this.isEqual(value, b.get(key), depth + 1)) return false
    }
    return true
  }

  #wasSeen(a: object, b: object): boolean {
    const others = this.#seen.get(a)
    if (others === undefined) this.#seen.set(a, new Set([b]))
    else if (others.has(b)) return true
    else others.add(b)
    return false
  }
}
