/** Builtins for arrays. */
import { ANY, arrayOf, NUMBER } from '../types/type.ts'
import type { Value } from '../values/value.ts'
import { type Builtin, define } from './builtin.ts'
import { arrayOperand, placeOperand } from './operands.ts'

const ARRAY = arrayOf(ANY)

/** `array.*`. */
export const ARRAYS: readonly Builtin[] = [
  define('array.concat', [ARRAY, ARRAY], ARRAY, (context, left, right) => {
    const first = arrayOperand(left, 1)
    const second = arrayOperand(right, 2)
    if (second.length === 0) return first
    if (first.length === 0) return second
    context.spend(first.length + second.length)
    return first.concat(second)
  }),
  define('array.flatten', [ARRAY], ARRAY, (context, array) => {
    const items: Value[] = []
    for (const item of arrayOperand(array, 1)) {
      if (!Array.isArray(item)) {
        context.spend(1)
        items.push(item)
        continue
      }
      context.spend(item.length + 1)
      for (const inner of item as readonly Value[]) items.push(inner)
    }
    return items
  }),
  define('array.reverse', [ARRAY], ARRAY, (context, array) => {
    const items = arrayOperand(array, 1)
    context.spend(items.length)
    return items.toReversed()
  }),
  define('array.slice', [ARRAY, NUMBER, NUMBER], ARRAY, (context, array, start, stop) => {
    const items = arrayOperand(array, 1)
    const first = Math.max(placeOperand(start, 2), 0)
    const end = Math.min(placeOperand(stop, 3), items.length)
    if (first >= end) return []
    context.spend(end - first)
    return items.slice(first, end)
  }),
]
