/** The builtin for random numbers. */
import { bytesToHex } from '@kubescape/go'

import { NUMBER, STRING } from '../types/type.ts'
import { integer } from '../values/number.ts'
import type { Value } from '../values/value.ts'
import { integerOperand, textOperand } from './operands.ts'
import { type Builtin, type BuiltinContext, define } from './builtin.ts'

/** `rand.intn`. */
export const RANDOM: readonly Builtin[] = [
  define(
    'rand.intn',
    [STRING, NUMBER],
    NUMBER,
    (context, key, bound) => randomBelow(textOperand(key, 1), integerOperand(bound, 2), context),
    { isNondeterministic: true },
  ),
]

/** A number from 0 up to a bound, whose sign does not count; the same for the same arguments within an evaluation. */
function randomBelow(key: string, bound: bigint, context: BuiltinContext): Value {
  if (bound === 0n) return 0
  const kept = `rand.intn ${bound} ${key}`
  const known = context.kept.get(kept) as Value | undefined
  if (known !== undefined) return known
  // Twice as many bits as the bound has leave no number more likely than others.
  const drawn = BigInt(`0x${bytesToHex(context.randomBytes(16))}`)
  const number = integer(drawn % (bound < 0n ? -bound : bound))
  context.kept.set(kept, number)
  return number
}
