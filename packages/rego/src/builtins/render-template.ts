/** The builtin that renders Go templates. */
import {
  Budget,
  Dict,
  ExecutionError,
  LimitError,
  List,
  PlainOutput,
  SyntaxProblem,
  TemplateSet,
  type Value as TemplateValue,
  execute,
  parseTemplate,
} from '@kubescape/go-template'

import { EvaluationError } from '../problem.ts'
import { ANY, STRING, objectOf } from '../types/type.ts'
import { isNumber, numberText } from '../values/number.ts'
import { entriesOf, isObject } from '../values/object.ts'
import type { Value } from '../values/value.ts'
import { type Builtin, type BuiltinContext, define } from './builtin.ts'
import { failure, objectOperand, textOperand } from './operands.ts'

const MOST_TEXT = 1 << 20
const MOST_DEPTH = 200
const NAME = 'template'

/** `strings.render_template`. */
export const RENDER_TEMPLATE: readonly Builtin[] = [
  define('strings.render_template', [STRING, objectOf(STRING, ANY)], STRING, (context, template, variables) =>
    rendered(textOperand(template, 1), objectOperand(variables, 2), context),
  ),
]

/** Counts what a rendering does as work of the evaluation. */
class Meter extends Budget {
  readonly #spend: (units: number) => void

  constructor(spend: (units: number) => void) {
    super()
    this.#spend = spend
  }

  override spend(steps: number): void {
    this.#spend(steps)
    super.spend(steps)
  }

  override write(piece: number, length: number): void {
    this.#spend(piece)
    super.write(piece, length)
  }
}

function rendered(text: string, variables: Value, context: BuiltinContext): string {
  if (text.length > MOST_TEXT) throw failure('the template is too long')
  const { spend, randomBytes, now } = context
  spend(text.length)
  const budget = new Meter(spend)
  const output = new PlainOutput(budget)
  const work = { now: Number(now / 1_000_000n), randomBytes, synthetic: () => {}, spend }
  try {
    const templates = parseTemplate(NAME, text, new Map())
    const set = new TemplateSet()
    set.add(templates)
    const [main] = templates
    if (main !== undefined) execute(set, main, templateValue(variables, spend, 0), { context: work, budget }, output)
  } catch (error) {
    if (error instanceof LimitError) throw new EvaluationError('eval_limit_error', error.message)
    throw error instanceof SyntaxProblem || error instanceof ExecutionError ? failure(error.message) : error
  }
  return output.text.replaceAll('<no value>', '<undefined>')
}

/** A value as templates see it. Numbers are texts there, as they are for Go programs that keep them exactly. */
function templateValue(value: Value, spend: (units: number) => void, depth: number): TemplateValue {
  spend(1)
  if (depth > MOST_DEPTH) throw failure('the variables nest too deep')
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (isNumber(value)) return numberText(value)
  if (Array.isArray(value)) {
    return new List((value as readonly Value[]).map((item) => templateValue(item, spend, depth + 1)))
  }
  if (!isObject(value)) throw failure('sets are no values of templates')
  const entries = new Map<string, TemplateValue>()
  for (const [key, item] of entriesOf(value)) {
    if (typeof key !== 'string') throw failure('keys of objects must be strings in templates')
    entries.set(key, templateValue(item, spend, depth + 1))
  }
  return new Dict(entries)
}
