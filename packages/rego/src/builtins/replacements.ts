/** The builtin `strings.replace_n`: several replacements in one pass. */
import { fromByteText, toByteText } from '@kubescape/go'
import { objectOf, STRING } from '../types/type.ts'
import { get, keysOf, type Value } from '../values/value.ts'
import { BuiltinError, type Builtin, type BuiltinContext, define } from './builtin.ts'
import { objectOperand, textOperand } from './operands.ts'

/** `strings.replace_n`. */
export const REPLACEMENTS: readonly Builtin[] = [
  define('strings.replace_n', [objectOf(STRING, STRING), STRING], STRING, (context, patterns, operand) => {
    const object = objectOperand(patterns, 1)
    const pairs = keysOf(object).map((key) => [textIn(key), textIn(get(object, key) as Value)] as const)
    const text = textOperand(operand, 2)
    context.spend(text.length)
    // The empty text stands between any two bytes: then all is done in bytes.
    if (!pairs.some(([old]) => old === '')) return replaceAll(context, text, pairs)
    const inBytes = pairs.map(([old, replacement]) => [toByteText(old), toByteText(replacement)] as const)
    return fromByteText(replaceAll(context, toByteText(text), inBytes))
  }),
]

type Pair = readonly [old: string, replacement: string]

function textIn(value: Value): string {
  if (typeof value !== 'string') {
    throw new BuiltinError('eval_type_error', 'operand 1 must be an object of strings by strings')
  }
  return value
}

/** At each place the first pair counts whose text is there. After the empty one, at the same place only others. */
function replaceAll(context: BuiltinContext, text: string, pairs: readonly Pair[]): string {
  const byFirst = new Map<string, Pair[]>()
  let empty: Pair | undefined
  for (const pair of pairs) {
    const first = pair[0].charAt(0)
    if (first === '') empty = pair
    else byFirst.set(first, [...(byFirst.get(first) ?? []), pair])
  }
  let result = ''
  let copied = 0
  let isAfterEmpty = false
  for (let at = 0; at <= text.length;) {
    const found: Pair | undefined =
      empty !== undefined && !isAfterEmpty ? empty : pairAt(context, text, at, byFirst.get(text.charAt(at)))
    isAfterEmpty = found !== undefined && found === empty
    if (found === undefined) {
      at++
      continue
    }
    const [old, replacement] = found
    context.spend(replacement.length)
    result += text.slice(copied, at) + replacement
    at += old.length
    copied = at
  }
  return result + text.slice(copied)
}

function pairAt(
  context: BuiltinContext,
  text: string,
  at: number,
  pairs: readonly Pair[] | undefined,
): Pair | undefined {
  if (pairs === undefined) return undefined
  for (const pair of pairs) {
    context.spend(1)
    if (text.startsWith(pair[0], at)) return pair
  }
  return undefined
}
