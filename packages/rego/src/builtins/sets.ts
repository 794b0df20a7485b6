/** Builtins for sets. */
import { ANY, setOf } from '../types/type.ts'
import { RegoSet, type Value } from '../values/value.ts'
import { type Builtin, type BuiltinContext, define } from './builtin.ts'
import { setOperand } from './operands.ts'

const SET = setOf(ANY)

/** `&`, `|`, `intersection`, `union`, `set_diff`; the operator `-` is with the numbers. */
export const SETS: readonly Builtin[] = [
  define('and', [SET, SET], SET, (context, left, right) =>
    common(context, [setOperand(left, 1), setOperand(right, 2)]),
  ),
  define('or', [SET, SET], SET, (context, left, right) =>
    together(context, [setOperand(left, 1), setOperand(right, 2)]),
  ),
  define('intersection', [setOf(SET)], SET, (context, sets) => common(context, setsOf(sets))),
  define('union', [setOf(SET)], SET, (context, sets) => together(context, setsOf(sets))),
  define(
    'set_diff',
    [SET, SET],
    SET,
    (context, left, right) => difference(context, setOperand(left, 1), setOperand(right, 2)),
    { isDeprecated: true },
  ),
]

/** The members of one set that another does not have. */
export function difference(context: BuiltinContext, left: RegoSet, right: RegoSet): RegoSet {
  context.spend(left.size)
  const rest = new RegoSet()
  for (const member of left.unordered()) if (!right.has(member)) rest.add(member)
  return rest
}

function setsOf(value: Value): readonly RegoSet[] {
  return setOperand(value, 1)
    .values()
    .map((member) => setOperand(member, 1))
}

function common(context: BuiltinContext, sets: readonly RegoSet[]): RegoSet {
  const result = new RegoSet()
  // The members of the smallest are all there can be.
  const [first, ...others] = sets.toSorted((a, b) => a.size - b.size)
  if (first === undefined) return result
  context.spend(first.size * sets.length)
  for (const member of first.unordered()) if (others.every((other) => other.has(member))) result.add(member)
  return result
}

function together(context: BuiltinContext, sets: readonly RegoSet[]): RegoSet {
  const result = new RegoSet()
  for (const set of sets) {
    context.spend(set.size)
    for (const member of set.unordered()) result.add(member)
  }
  return result
}
