/** Functions of lists and sets. */
import { add } from '../arithmetic.ts'
import { noOverload } from '../members.ts'
import type { Run } from '../run.ts'
import { compareValues, isEqual } from '../values/compare.ts'
import {
  adapt,
  CelError,
  Double,
  Duration,
  isInt,
  isList,
  NONE,
  Optional,
  Uint,
  type Int,
  type Value,
} from '../values/value.ts'
import type { Library } from './library.ts'

type List = readonly Value[]

/** More items than a range may have. */
const LONGEST_RANGE = 1_000_000

export const LISTS: Library = {
  functions: {
    'lists.range(int): list<int>': (size: Int, run: Run) => {
      if (size > LONGEST_RANGE) return new CelError(`a range of ${size} is too long`)
      run.spend(Math.max(Number(size), 0))
      return Array.from({ length: Math.max(Number(size), 0) }, (_, index) => index)
    },
    'sets.contains(list<A>, list<A>): bool': containsAll,
    'sets.equivalent(list<A>, list<A>): bool': (a: List, b: List, run: Run) =>
      containsAll(a, b, run) && containsAll(b, a, run),
    'sets.intersects(list<A>, list<A>): bool': (a: List, b: List, run: Run) =>
      a.some((item) => b.some((other) => areEqual(item, other, run))),
  },
  members: {
    'list<A>.isSorted(): bool': isSorted,
    'list<A>.sum(): A': sum,
    'list<A>.min(): A': (list: List, run: Run) => extreme(list, (sign) => sign < 0, 'min', run),
    'list<A>.max(): A': (list: List, run: Run) => extreme(list, (sign) => sign > 0, 'max', run),
    'list<A>.indexOf(A): int': (list: List, item: Value, run: Run) =>
      list.findIndex((each) => areEqual(each, item, run)),
    'list<A>.lastIndexOf(A): int': (list: List, item: Value, run: Run) =>
      list.findLastIndex((each) => areEqual(each, item, run)),
    'list<A>.distinct(): list<A>': distinct,
    'list<dyn>.flatten(): list<dyn>': (list: List, run: Run) => flatten(list, 1, run),
    'list<dyn>.flatten(int): list<dyn>': (list: List, depth: Int, run: Run) =>
      depth < 0 ? new CelError('flatten takes a depth that is not below 0') : flatten(list, Number(depth), run),
    'list<A>.slice(int, int): list<A>': slice,
    'list<A>.reverse(): list<A>': (list: List, run: Run) => {
      run.spend(list.length)
      return list.toReversed()
    },
    'list<A>.sort(): list<A>': sort,
    'list<A>.first(): optional<A>': (list: List) => optionalItem(list[0]),
    'list<A>.last(): optional<A>': (list: List) => optionalItem(list.at(-1)),
  },
}

function areEqual(a: Value, b: Value, run: Run): boolean {
  run.spend(1)
  return isEqual(adapt(a), adapt(b), run.spend)
}

function containsAll(list: List, items: List, run: Run): boolean {
  return items.every((item) => list.some((other) => areEqual(item, other, run)))
}

function isSorted(list: List, run: Run): Value {
  run.spend(list.length)
  let before: Value | undefined
  for (const each of list) {
    const item = adapt(each)
    const sign = before === undefined ? 0 : compareValues(before, item)
    if (sign === undefined) return noOverload('isSorted', before ?? null, item)
    if (sign > 0) return false
    before = item
  }
  return true
}

function sum(list: List, run: Run): Value {
  run.spend(list.length)
  let total: Value | undefined
  for (const each of list) {
    const item = adapt(each)
    const isSummable = isInt(item) || item instanceof Uint || item instanceof Double || item instanceof Duration
    if (!isSummable) return noOverload('sum', item)
    total = total === undefined ? item : add(total, item, run)
    if (total instanceof CelError) return total
  }
  return total ?? 0
}

function extreme(list: List, isBetter: (sign: number) => boolean, name: string, run: Run): Value {
  run.spend(list.length)
  let best: Value | undefined
  for (const each of list) {
    const item = adapt(each)
    const sign = best === undefined ? undefined : compareValues(item, best)
    if (best === undefined) best = item
    else if (sign === undefined) return noOverload(name, best, item)
    else if (isBetter(sign)) best = item
  }
  return best ?? new CelError(`${name} called on empty list`)
}

function distinct(list: List, run: Run): Value {
  const scalars = new Set<Value>()
  const others: Value[] = []
  const kept: Value[] = []
  for (const each of list) {
    run.spend(1)
    const item = adapt(each)
    // Texts and bools equal only themselves; all else is compared.
    if (typeof item === 'string' || typeof item === 'boolean' || item === null) {
      if (scalars.has(item)) continue
      scalars.add(item)
    } else {
      if (others.some((other) => areEqual(other, item, run))) continue
      others.push(item)
    }
    kept.push(item)
  }
  return kept
}

function flatten(list: List, depth: number, run: Run): Value[] {
  const flat: Value[] = []
  // Deeper than any value is nested.
  const levels = Math.min(depth, 1000)
  for (const each of list) {
    run.spend(1)
    if (levels > 0 && isList(each)) for (const item of flatten(each, levels - 1, run)) flat.push(item)
    else flat.push(adapt(each))
  }
  return flat
}

function slice(list: List, from: Int, to: Int, run: Run): Value {
  if (from < 0 || to < 0) return new CelError(`cannot slice(${from}, ${to}), negative indexes not supported`)
  if (from > to)
    return new CelError(`cannot slice(${from}, ${to}), start index must be less than or equal to end index`)
  if (to > list.length) return new CelError(`cannot slice(${from}, ${to}), list is length ${list.length}`)
  run.spend(Number(to) - Number(from))
  return list.slice(Number(from), Number(to))
}

function sort(list: List, run: Run): Value {
  run.spend(list.length * Math.ceil(Math.log2(list.length + 1)))
  const items = list.map(adapt)
  for (const item of items) {
    if (compareValues(items[0] ?? item, item) === undefined) return noOverload('sort', items[0] ?? item, item)
  }
  return items.toSorted((a, b) => compareValues(a, b) ?? 0)
}

function optionalItem(item: Value | undefined): Value {
  return item === undefined ? NONE : new Optional(adapt(item))
}
