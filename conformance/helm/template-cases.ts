/** Cases of ops `tmpl` and `parse`: one template. */
import { sprigFunctions } from '../../packages/helm/src/functions/index.ts'
import {
  Budget,
  type CallContext,
  ExecutionError,
  PlainOutput,
  SyntaxProblem,
  TemplateSet,
  execute,
  parseTemplate,
  printNode,
} from '@kubescape/go-template'
import type { CaseOutcome } from '../suite.ts'
import { ENVIRONMENT_FUNCTIONS, TEST_FUNCTIONS } from './test-functions.ts'
import { fromTyped } from './typed-values.ts'

interface TemplateCase {
  readonly id: string
  readonly op: 'tmpl' | 'parse'
  readonly tpl: string
  readonly data?: unknown
  readonly mode?: 'go' | 'sprig'
  readonly missingkey?: 'default' | 'zero' | 'error'
  readonly nondeterministic?: boolean
  readonly want: Answer
}

interface Answer {
  readonly output?: string
  readonly error?: string
  readonly stage?: string
  readonly partial?: string
}

const SPRIG = new Map([...sprigFunctions, ...ENVIRONMENT_FUNCTIONS])
const NO_FUNCTIONS: TemplateCase['mode'] = undefined

/** Reads and, for op `tmpl`, runs the template; passed when it answers what is wanted. */
export function runTemplateCase(json: object): CaseOutcome {
  const testCase = json as TemplateCase
  const reason = differenceOf(testCase, answer(testCase))
  return { id: testCase.id, status: reason === undefined ? 'passed' : 'failed', ...(reason && { reason }) }
}

/** Whether an error text is the wanted one, word for word; undefined where no error is wanted. */
export function agreesInText(json: object): boolean | undefined {
  const testCase = json as TemplateCase
  return testCase.want.error === undefined ? undefined : answer(testCase).error === testCase.want.error
}

function answer({ op, tpl, data = null, mode = NO_FUNCTIONS, missingkey = 'default' }: TemplateCase): Answer {
  const functions = op === 'parse' ? new Map<string, never>() : mode === 'sprig' ? SPRIG : TEST_FUNCTIONS
  const budget = new Budget()
  const output = new PlainOutput(budget)
  try {
    const templates = parseTemplate('case', tpl, functions)
    const [main] = templates
    if (main === undefined || op === 'parse') return { output: main === undefined ? '' : printNode(main.root) }
    const set = new TemplateSet()
    set.add(templates)
    execute(set, main, fromTyped(data), { missingKey: missingkey, context: contextOf(budget), budget }, output)
    return { output: output.text }
  } catch (error) {
    if (error instanceof SyntaxProblem) return { error: error.message, stage: 'parse' }
    if (error instanceof ExecutionError) return { error: error.message, stage: 'exec', partial: output.text }
    throw error
  }
}

function contextOf(budget: Budget): CallContext {
  let calls = 0
  return {
    now: Date.UTC(2024, 0, 2, 3, 4, 5),
    randomBytes: (count) => {
      calls++
      return Uint8Array.from({ length: count }, (_, at) => (at * 151 + calls * 89) & 0xff)
    },
    synthetic: () => undefined,
    spend: (amount) => budget.spend(amount),
  }
}

function differenceOf({ want, nondeterministic }: TemplateCase, got: Answer): string | undefined {
  if (want.error === undefined) {
    if (got.output === undefined) return `${got.error} instead of an output`
    if (nondeterministic === true || got.output === want.output) return undefined
    return `${JSON.stringify(got.output)} instead of ${JSON.stringify(want.output)}`
  }
  if (got.error === undefined) return `${JSON.stringify(got.output)} instead of ${want.error}`
  if (got.stage !== want.stage) return `error while ${got.stage} instead of ${want.stage}: ${got.error}`
  if (nondeterministic === true) return undefined
  if (want.partial !== undefined && got.partial !== want.partial) {
    return `wrote ${JSON.stringify(got.partial)} instead of ${JSON.stringify(want.partial)}`
  }
  return positionIn(got.error) === positionIn(want.error) ? undefined : `${got.error} instead of ${want.error}`
}

/** `case:1:2`; parse errors have no column. */
function positionIn(error: string): string | undefined {
  return /template: (\w+:\d+(?::\d+)?):/.exec(error)?.[1]
}
