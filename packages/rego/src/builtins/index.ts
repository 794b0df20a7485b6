/** All builtins by name. */
import { AGGREGATES } from './aggregates.ts'
import { ARITHMETIC } from './arithmetic.ts'
import { BITS } from './bits.ts'
import { COMPARISON } from './comparison.ts'
import { SETS } from './sets.ts'
import type { Builtin } from './builtin.ts'

/** Every builtin of the language that is implemented. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map(
  [AGGREGATES, ARITHMETIC, BITS, COMPARISON, SETS].flat().map((builtin) => [builtin.name, builtin] as const),
)
