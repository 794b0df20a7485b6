/** Builtins that make one value of many. */
import { runeCount } from '@kubescape/go'
import { ANY, arrayOf, BOOLEAN, either, NUMBER, objectOf, setOf, STRING } from '../types/type.ts'
import { isNumber, type NumberValue } from '../values/number.ts'
import { isObject } from '../values/object.ts'
import { compare, RegoSet, sizeOf, type Value } from '../values/value.ts'
import { calculated, PLUS, TIMES, type Operation } from './arithmetic.ts'
import { type Builtin, type BuiltinContext, define } from './builtin.ts'
import { memberMismatch, membersOperand, mismatch } from './operands.ts'

const LIST = either(arrayOf(ANY), setOf(ANY))
const NUMBERS = either(arrayOf(NUMBER), setOf(NUMBER))

/** `count`, `sum`, `product`, `max`, `min`, `sort`, `all`, `any`. */
export const AGGREGATES: readonly Builtin[] = [
  define('count', [either(STRING, arrayOf(ANY), objectOf(ANY, ANY), setOf(ANY))], NUMBER, (context, value) => {
    if (Array.isArray(value)) return value.length
    if (typeof value === 'string') {
      if (value.length > 200) context.spend(value.length)
      return runeCount(value)
    }
    if (value instanceof RegoSet) return value.size
    if (isObject(value)) return sizeOf(value)
    throw mismatch(value, 1, 'one of {array, object, set, string}')
  }),
  define('sum', [NUMBERS], NUMBER, (context, list) => total(context, list, 0, PLUS)),
  define('product', [NUMBERS], NUMBER, (context, list) => total(context, list, 1, TIMES)),
  define('max', [LIST], ANY, (context, list) => extreme(context, list, 1)),
  // In sets null comes last here, as policies are used to.
  define('min', [LIST], ANY, (context, list) =>
    list instanceof RegoSet && list.size > 1 && list.has(null)
      ? extreme(context, list.values().slice(1), -1)
      : extreme(context, list, -1),
  ),
  define('sort', [LIST], arrayOf(ANY), (context, list) => {
    const members = membersOperand(list, 1)
    if (list instanceof RegoSet) return members
    context.spend(members.length * Math.ceil(Math.log2(members.length + 1)))
    return members.toSorted(compare)
  }),
  holding('all', (members) => members.every((member) => member === true)),
  holding('any', (members) => members.includes(true)),
]

function holding(name: string, holds: (members: readonly Value[]) => boolean): Builtin {
  return define(name, [LIST], BOOLEAN, (_, list) => holds(membersOperand(list, 1)), { isDeprecated: true })
}

function total(context: BuiltinContext, list: Value, initial: number, operation: Operation): NumberValue {
  const members = membersOperand(list, 1)
  context.spend(members.length)
  let result: NumberValue = initial
  for (const member of members) {
    if (!isNumber(member)) throw memberMismatch(list, member, 1, 'numbers')
    result = calculated(context, result, member, operation)
  }
  return result
}

/** The first (-1) or the last (1) in the order of values; none of nothing. */
function extreme(context: BuiltinContext, list: Value, direction: 1 | -1): Value | undefined {
  const members = membersOperand(list, 1)
  context.spend(members.length)
  let best: Value | undefined
  for (const member of members) {
    if (best === undefined || compare(member, best) * direction > 0) best = member
  }
  return best
}
