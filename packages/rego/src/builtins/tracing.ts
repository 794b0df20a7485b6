/** Builtins that say what goes on, and those that the compiler puts into policies. */
import { ANY, arrayOf, BOOLEAN, setOf, STRING } from '../types/type.ts'
import { EvaluationError } from '../problem.ts'
import { RegoSet, type Value } from '../values/value.ts'
import { valueText } from '../values/value-text.ts'
import { type Builtin, define } from './builtin.ts'
import { arrayOperand, textOperand } from './operands.ts'

/** `trace`, `print` and what `print` and texts with `{...}` become. */
export const TRACING: readonly Builtin[] = [
  define('trace', [STRING], BOOLEAN, (_, text) => {
    textOperand(text, 1)
    return true
  }),
  // The evaluator prints by itself; these names are here for their types.
  { name: 'print', type: { kind: 'function', args: [], variadic: ANY }, call: () => true },
  { name: 'internal.print', type: { kind: 'function', args: [arrayOf(setOf(ANY))] }, call: () => true },
  { name: 'internal.test_case', type: { kind: 'function', args: [arrayOf(ANY)] }, call: () => true },
  define('internal.template_string', [arrayOf(ANY)], STRING, (context, parts) => {
    let text = ''
    for (const part of arrayOperand(parts, 1)) {
      text += part instanceof RegoSet ? valueOf(part) : plainText(part)
    }
    context.spend(text.length)
    return text
  }),
]

/** What stands between braces is a set of its values: of none, or one. */
function valueOf(set: RegoSet): string {
  if (set.size > 1) throw new EvaluationError('eval_conflict_error', 'an expression in a text has several values')
  const [value] = set.values()
  return value === undefined ? '<undefined>' : plainText(value)
}

function plainText(value: Value): string {
  return typeof value === 'string' ? value : valueText(value)
}
