/** Builtins for regular expressions, in the syntax of RE2 and in linear time. */
import { compile, PatternError, quoteMeta, type Regex } from '@kubescape/regex'
import { arrayOf, BOOLEAN, NUMBER, STRING } from '../types/type.ts'
import type { Value } from '../values/value.ts'
import { type Builtin, type BuiltinContext, define } from './builtin.ts'
import { keep } from './cache.ts'
import { globsMatch } from './globs-match.ts'
import { failure, placeOperand, textOperand } from './operands.ts'

/** Patterns that are kept in an evaluation. */
const MOST_PATTERNS = 200
/** UTF-16 units of a pattern. */
const LONGEST_PATTERN = 100_000

/** `regex.*`, `re_match`. */
export const REGULAR_EXPRESSIONS: readonly Builtin[] = [
  define('regex.match', [STRING, STRING], BOOLEAN, matches),
  define('re_match', [STRING, STRING], BOOLEAN, matches, { isDeprecated: true }),
  define('regex.is_valid', [STRING], BOOLEAN, (context, pattern) => {
    if (typeof pattern !== 'string') return false
    try {
      read(context, pattern)
      return true
    } catch (error) {
      if (error instanceof PatternError) return false
      throw error
    }
  }),
  define('regex.find_n', [STRING, STRING, NUMBER], arrayOf(STRING), (context, pattern, text, limit) => {
    const most = placeOperand(limit, 3)
    return patternOf(context, pattern).findAll(textOperand(text, 2), most)
  }),
  define(
    'regex.find_all_string_submatch_n',
    [STRING, STRING, NUMBER],
    arrayOf(arrayOf(STRING)),
    (context, pattern, text, limit) => {
      const most = placeOperand(limit, 3)
      return patternOf(context, pattern).findAllSubmatch(textOperand(text, 2), most)
    },
  ),
  define('regex.split', [STRING, STRING], arrayOf(STRING), (context, pattern, text) =>
    patternOf(context, pattern).split(textOperand(text, 2)),
  ),
  define('regex.replace', [STRING, STRING, STRING], STRING, (context, operand, pattern, replacement) => {
    const text = textOperand(operand, 1)
    return patternOf(context, pattern, 2).replaceAll(text, textOperand(replacement, 3))
  }),
  define('regex.template_match', [STRING, STRING, STRING, STRING], BOOLEAN, (context, template, text, start, end) => {
    const pattern = templatePattern(context, textOperand(template, 1), delimiter(start, 3), delimiter(end, 4))
    return patternOf(context, pattern).test(textOperand(text, 2))
  }),
  define('regex.globs_match', [STRING, STRING], BOOLEAN, (context, left, right) =>
    globsMatch(context, textOperand(left, 1), textOperand(right, 2)),
  ),
]

function matches(context: BuiltinContext, pattern: Value, text: Value): boolean {
  return patternOf(context, pattern).test(textOperand(text, 2))
}

/** @throws {BuiltinError} for what is no pattern */
function patternOf(context: BuiltinContext, value: Value, place = 1): Regex {
  const pattern = textOperand(value, place)
  try {
    return read(context, pattern)
  } catch (error) {
    if (error instanceof PatternError) throw failure(error.message)
    throw error
  }
}

function read(context: BuiltinContext, pattern: string): Regex {
  return keep(context, REGULAR_EXPRESSIONS, MOST_PATTERNS, pattern, () => {
    context.spend(pattern.length)
    return compiled(pattern).metered(context.spend)
  })
}

/** Patterns outlive evaluations: a policy asks with the same ones, object after object. What they cost is counted each time. */
const known = new Map<string, Regex>()

function compiled(pattern: string): Regex {
  let regex = known.get(pattern)
  if (regex === undefined) {
    regex = compile(pattern, { length: LONGEST_PATTERN })
    if (known.size >= MOST_PATTERNS) known.clear()
    known.set(pattern, regex)
  }
  return regex
}

function delimiter(value: Value, place: number): string {
  const text = textOperand(value, place)
  if (text.length !== 1 || text > '\u007f') throw failure(`operand ${place} must be a single character`)
  return text
}

/** Patterns between delimiters, which may be nested in them, and plain text around. */
function templatePattern(context: BuiltinContext, template: string, start: string, end: string): string {
  let pattern = '^'
  let depth = 0
  let from = 0
  for (let at = 0; at < template.length; at++) {
    const character = template.charAt(at)
    if (character === start) {
      if (depth++ > 0) continue
      pattern += quoteMeta(template.slice(from, at))
      from = at + 1
    } else if (character === end) {
      if (--depth > 0) continue
      if (depth < 0) break
      const part = template.slice(from, at)
      // Each must be a pattern of its own.
      patternOf(context, `^${part}$`)
      pattern += `(${part})`
      from = at + 1
    }
  }
  if (depth !== 0) throw failure(`the delimiters of ${JSON.stringify(template)} are not in pairs`)
  return `${pattern}${quoteMeta(template.slice(from))}$`
}
