/** Functions that templates have from Helm's engine itself, and all functions together. */
import { helmEncodingFunctions } from '../encoding/functions.ts'
import { sprigFunctions } from '../functions/index.ts'
import { quote } from '@kubescape/go'
import {
  Dict,
  ExecutionError,
  type Frame,
  type FrameFunction,
  FunctionError,
  type Span,
  SyntaxProblem,
  type Template,
  type TemplateFunction,
  TemplateSet,
  Traced,
  type Value,
  parseTemplate,
  render,
} from '@kubescape/go-template'
import { withoutText } from '../source-map/index.ts'
import { RunContext } from './run-context.ts'

/** `fail` or `required` ended the rendering; the message is the chart's own. */
export class ChartStop extends FunctionError {}

/** What Go writes where there is no value. */
const NO_VALUE = '<no value>'
/** Helm's limit for `include`s of one template in each other. */
const MAX_INCLUDES = 1000
/** What it takes to read a text as a template, in steps, beside its characters. */
const READING_STEPS = 50
/** Texts that `tpl` keeps read. */
const MAX_TEXTS = 1000

const include: FrameFunction = {
  parameters: ['string', 'reflect.Value'],
  callIn([name, dot], frame) {
    const { includes } = contextOf(frame)
    const running = includes.get(name as string) ?? 0
    if (running > MAX_INCLUDES) {
      throw new FunctionError(
        `rendering template has a nested reference name: ${name as string}: unable to execute template`,
      )
    }
    const template = frame.set.get(name as string)
    if (template === undefined) {
      throw new FunctionError(`template: no template ${quote(name as string)} associated with template "gotpl"`)
    }
    includes.set(name as string, running + 1)
    const text = render(frame, template, dot)
    includes.set(name as string, running)
    return text
  },
}

const tpl: FrameFunction = {
  parameters: ['string', 'reflect.Value'],
  callIn([given, dot], frame, [source]) {
    const text = given as string
    const templates = parsedText(text, contextOf(frame), source instanceof Traced ? source.spans : undefined)
    const [main] = templates
    const set = new TemplateSet(frame.set)
    set.add(templates)
    try {
      return withoutNoValue(render(frame, main as Template, dot, set))
    } catch (error) {
      if (!(error instanceof ExecutionError)) throw error
      throw new FunctionError(`error during tpl function execution for ${quote(text)}: ${error.message}`, {
        cause: error,
      })
    }
  },
}

const required: FrameFunction = {
  parameters: ['string', 'reflect.Value'],
  callIn([message, value], frame) {
    if (value !== undefined && value !== null && value !== '' && !isEmptyTrace(value)) return value
    const { lint, warn } = contextOf(frame)
    if (!lint) throw new ChartStop(message as string)
    warn(`[INFO] Missing required value: ${message as string}`)
    return ''
  },
}

const fail: FrameFunction = {
  parameters: ['string'],
  callIn([message], frame) {
    const { lint, warn } = contextOf(frame)
    if (!lint) throw new ChartStop(message as string)
    warn(`[INFO] Fail: ${message as string}`)
    return ''
  },
}

/** There is no cluster to look into. */
const lookup: TemplateFunction = {
  parameters: ['string', 'string', 'string', 'string'],
  call: () => new Dict(),
}

/** Everything that templates of charts can call, beside Go's predefined functions. */
export const helmFunctions: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ...sprigFunctions,
  ...helmEncodingFunctions,
  ['include', include],
  ['tpl', tpl],
  ['required', required],
  ['fail', fail],
  ['lookup', lookup],
])

/** The value without `<no value>`, which Helm takes out of what a template writes, whoever wrote it. */
export function withoutNoValue(value: Value): Value {
  if (typeof value === 'string') return value.includes(NO_VALUE) ? value.replaceAll(NO_VALUE, '') : value
  return value instanceof Traced ? withoutText(value, NO_VALUE) : value
}

function parsedText(text: string, context: RunContext, spans: readonly Span[] | undefined): readonly Template[] {
  // The same text may come from different places.
  const known = spans === undefined ? context.texts.get(text) : undefined
  if (known !== undefined) return known
  context.spend(READING_STEPS + text.length)
  try {
    const templates = parseTemplate('gotpl', text, helmFunctions, spans)
    if (spans === undefined && context.texts.size < MAX_TEXTS) context.texts.set(text, templates)
    return templates
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error
    throw new FunctionError(`cannot parse template ${quote(text)}: ${error.message}`)
  }
}

function contextOf(frame: Frame): RunContext {
  const { context } = frame.rendering
  if (context instanceof RunContext) return context
  throw new FunctionError('there is no chart')
}

function isEmptyTrace(value: Value): boolean {
  return value instanceof Traced && (value.value === '' || value.value === null)
}
