/** Functions that every template has. */
import { sprintf, sprintln, sprintPrint } from '../go/print.ts'
import { plain, type CallContext, type GoFunction, type ParameterType, type Value } from '../go/value.ts'
import { isEqualToAny, isLess } from './comparison.ts'
import { escapeHtml, escapeJavaScript, escapeQuery } from './escape.ts'
import { index, length, slice } from './indexing.ts'
import { isTrue } from './truth.ts'

/** By name. `and`, `or` and `call` look at how their arguments are written, so whoever evaluates them does that. */
export const PREDEFINED: ReadonlyMap<string, GoFunction> = new Map<string, GoFunction>([
  ['and', whole(['reflect.Value', 'reflect.Value'], ([first]) => first, true)],
  ['or', whole(['reflect.Value', 'reflect.Value'], ([first]) => first, true)],
  ['not', whole(['reflect.Value'], ([value]) => !isTrue(value))],
  ['eq', whole(['reflect.Value', 'reflect.Value'], ([value, ...others]) => isEqualToAny(value, others), true)],
  ['ne', whole(['reflect.Value', 'reflect.Value'], ([a, b]) => !isEqualToAny(a, [b]))],
  ['lt', whole(['reflect.Value', 'reflect.Value'], ([a, b]) => isLess(a, b))],
  ['le', whole(['reflect.Value', 'reflect.Value'], ([a, b]) => isLess(a, b) || isEqualToAny(a, [b]))],
  ['gt', whole(['reflect.Value', 'reflect.Value'], ([a, b]) => !isLess(a, b) && !isEqualToAny(a, [b]))],
  ['ge', whole(['reflect.Value', 'reflect.Value'], ([a, b]) => !isLess(a, b))],
  ['len', whole(['reflect.Value'], ([value]) => length(value))],
  [
    'index',
    whole(['reflect.Value', 'reflect.Value'], ([value, ...indexes], context) => at(value, indexes, context), true),
  ],
  ['slice', whole(['reflect.Value', 'reflect.Value'], ([value, ...indexes]) => slice(value, indexes), true)],
  ['call', whole(['reflect.Value', 'reflect.Value'], () => undefined, true)],
  ['print', whole(['any'], sprintPrint, true)],
  ['println', whole(['any'], sprintln, true)],
  ['printf', whole(['string', 'any'], ([format, ...args]) => sprintf(format as string, args), true)],
  ['html', escaper(escapeHtml)],
  ['js', escaper(escapeJavaScript)],
  ['urlquery', escaper(escapeQuery)],
])

/** Bytes of texts are counted from the start. */
function at(value: Value, indexes: readonly Value[], context: CallContext): Value {
  const bare = plain(value)
  if (typeof bare === 'string') context.spend(bare.length >> 3)
  return index(value, indexes)
}

function whole(parameters: readonly ParameterType[], call: GoFunction['call'], variadic = false): GoFunction {
  return { parameters, variadic, call }
}

/** Escapes make a text several times as long. */
function escaper(escape: (text: string) => string): GoFunction {
  return {
    parameters: ['any'],
    variadic: true,
    call(args, context) {
      const text = joined(args)
      context.spend(text.length)
      return escape(text)
    },
  }
}

function joined(args: readonly Value[]): string {
  const [only] = args
  if (args.length === 1 && typeof only === 'string') return only
  return sprintPrint(args.map((arg) => arg ?? '<no value>'))
}
