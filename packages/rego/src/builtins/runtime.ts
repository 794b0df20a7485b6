/** Builtins that tell of the program that evaluates, and of metadata, which the compiler puts in place of calls. */
import { ANY, STRING, arrayOf, objectOf } from '../types/type.ts'
import type { Value } from '../values/value.ts'
import { failure } from './operands.ts'
import { type Builtin, define } from './builtin.ts'

/** `opa.runtime` and `rego.metadata.*`. */
export const RUNTIME: readonly Builtin[] = [
  define('opa.runtime', [], objectOf(STRING, ANY), ({ runtime }) => runtime, { isNondeterministic: true }),
  define('rego.metadata.chain', [], arrayOf(ANY), outsideOfRules('chain')),
  define('rego.metadata.rule', [], ANY, outsideOfRules('rule')),
]

/** Calls in rules are replaced before evaluation, so that only those elsewhere come here. */
function outsideOfRules(name: string): () => Value {
  return () => {
    throw failure(`the rego.metadata.${name} function must only be called within the scope of a rule`)
  }
}
