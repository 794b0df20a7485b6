/** sprig's functions for regular expressions. */
import { compile, PatternError, quoteMeta, type Regex } from '@kubescape/regex'
import { canBackquote, quote } from '@kubescape/go'
import {
  type CallContext,
  FunctionError,
  type GoFunction,
  List,
  NilList,
  type ParameterType,
  type Value,
} from '@kubescape/go-template'
import type { FunctionFamily } from './index.ts'

/** The longest pattern, in characters. */
const LONGEST_PATTERN = 4096
/** What it takes to read a pattern, in steps, beside its characters. */
const READING_STEPS = 200
/** Patterns that are kept; charts use the same few again and again. */
const KEPT = 200

const regexMatch: GoFunction = {
  parameters: ['string', 'string'],
  call: ([pattern, text], context) => {
    const regex = read(pattern as string, context)
    return regex instanceof PatternError ? false : regex.metered(context.spend).test(text as string)
  },
}

const families: readonly (readonly [string, readonly ParameterType[], Apply])[] = [
  ['Find', ['string'], (regex, [text]) => regex.find(text as string) ?? ''],
  ['FindAll', ['string', 'int'], (regex, [text, limit]) => texts(regex.findAll(text as string, Number(limit)))],
  ['ReplaceAll', ['string', 'string'], (regex, [text, to]) => regex.replaceAll(text as string, to as string)],
  [
    'ReplaceAllLiteral',
    ['string', 'string'],
    (regex, [text, to]) => regex.replaceAllLiteral(text as string, to as string),
  ],
  ['Split', ['string', 'int'], (regex, [text, limit]) => texts(regex.split(text as string, Number(limit)))],
]

const regexQuoteMeta: GoFunction = { parameters: ['string'], call: ([text]) => quoteMeta(text as string) }

/** `regexMatch`, `regexFind` and the like. */
export const regularExpressionFunctions: FunctionFamily = new Map([
  ['regexMatch', regexMatch],
  ['mustRegexMatch', withPattern(['string'], (regex, [text]) => regex.test(text as string), plainly)],
  ...families.flatMap(([name, parameters, apply]): [string, GoFunction][] => [
    [`regex${name}`, withPattern(parameters, apply, asPanic)],
    [`mustRegex${name}`, withPattern(parameters, apply, plainly)],
  ]),
  ['regexQuoteMeta', regexQuoteMeta],
])

type Apply = (regex: Regex, args: readonly Value[]) => Value

/** A function whose first argument is a pattern, which has to be one. */
function withPattern(
  others: readonly ParameterType[],
  apply: Apply,
  messageOf: (error: PatternError, pattern: string) => string,
): GoFunction {
  return {
    parameters: ['string', ...others],
    call: ([pattern, ...args], context: CallContext) => {
      const regex = read(pattern as string, context)
      if (regex instanceof PatternError) throw new FunctionError(messageOf(regex, pattern as string))
      return apply(regex.metered(context.spend), args)
    },
  }
}

function plainly(error: PatternError): string {
  return error.message
}

/** What Go says where a pattern is taken for granted. */
function asPanic(error: PatternError, pattern: string): string {
  return `regexp: Compile(${canBackquote(pattern) ? `\`${pattern}\`` : quote(pattern)}): ${error.message}`
}

const kept = new Map<string, Regex>()

function read(pattern: string, context: CallContext): Regex | PatternError {
  const known = kept.get(pattern)
  if (known !== undefined) return known
  context.spend(READING_STEPS + pattern.length)
  try {
    const regex = compile(pattern, { length: LONGEST_PATTERN })
    if (kept.size >= KEPT) kept.clear()
    kept.set(pattern, regex)
    return regex
  } catch (error) {
    if (error instanceof PatternError) return error
    throw error
  }
}

/** Go gives a nil slice where nothing is found. */
function texts(items: string[]): List {
  return items.length === 0 ? new NilList('string') : new List(items, 'string')
}
