/** Builtins for globs. */
import { arrayOf, BOOLEAN, either, NULL, STRING } from '../types/type.ts'
import type { Value } from '../values/value.ts'
import { BuiltinError, type Builtin, define } from './builtin.ts'
import { keep } from './cache.ts'
import { GlobMatcher } from './glob-matcher.ts'
import { parseGlob } from './glob-pattern.ts'
import { memberMismatch, mismatch, textOperand } from './operands.ts'

/** Globs that are kept in an evaluation. */
const MOST_GLOBS = 200
const DEFAULT_DELIMITERS: readonly string[] = ['.']

/** `glob.match`, `glob.quote_meta`. */
export const GLOBS: readonly Builtin[] = [
  define('glob.match', [STRING, either(NULL, arrayOf(STRING)), STRING], BOOLEAN, (context, pattern, given, operand) => {
    const glob = textOperand(pattern, 1)
    const delimiters = delimitersOperand(given)
    const text = textOperand(operand, 3)
    const matcher = keep(context, GLOBS, MOST_GLOBS, `${delimiters.join('')}\n${glob}`, () => {
      context.spend(glob.length)
      return new GlobMatcher(parseGlob(glob), delimiters)
    })
    return matcher.test(text, context.spend)
  }),
  define('glob.quote_meta', [STRING], STRING, (context, operand) => {
    const text = textOperand(operand, 1)
    context.spend(text.length)
    return text.replaceAll(/[*?\\[\]{}]/g, (character) => `\\${character}`)
  }),
]

/** Null is none at all; an empty list is the dot. */
function delimitersOperand(value: Value): readonly string[] {
  if (value === null) return []
  if (!Array.isArray(value)) throw mismatch(value, 2, 'one of {array, null}')
  const delimiters = value as readonly Value[]
  if (delimiters.length === 0) return DEFAULT_DELIMITERS
  for (const delimiter of delimiters) {
    if (typeof delimiter !== 'string') throw memberMismatch(value, delimiter, 2, 'strings')
    if (delimiter === '' || delimiter.length > ((delimiter.codePointAt(0) as number) > 0xffff ? 2 : 1)) {
      throw new BuiltinError('eval_type_error', 'operand 2 must be array of single characters')
    }
  }
  return delimiters as readonly string[]
}
