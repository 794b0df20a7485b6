/** Queries: every way in which a body holds is a solution. */
import type { CheckedQuery } from '../compile/program.ts'
import type { EvaluateOptions, Evaluation, PreparedQuery, Solution } from '../engine-types.ts'
import { EvaluationError, type RegoProblem } from '../problem.ts'
import type { Literal } from '../syntax/ast.ts'
import { bound, resume } from '../values/effort.ts'
import type { Value } from '../values/value.ts'
import type { BuiltinContext } from '../builtins/builtin.ts'
import type { Frame, Step } from './frame.ts'
import type { Plan } from './plan.ts'
import { randomSource } from './random.ts'
import { DEFAULT_LIMITS } from './runtime.ts'
import { Layout, Scope } from './scope.ts'
import { hooksFor } from './watching.ts'

/** The slot of what takes solutions. */
const SOLUTIONS = 0
/** Parts of values that any evaluation may compare and write, however few its steps. */
const LEAST_PARTS = 1_000_000

interface Compiled {
  readonly step: Step
  readonly size: number
}

/** Prepares a query; `planFor` gives the plan, watched or not. */
export function prepareQuery(query: CheckedQuery, planFor: (isWatched: boolean) => Plan): PreparedQuery {
  const compiled = new Map<Plan, Compiled>()
  return {
    expressions: writtenPlaces(query).map((place) => (query.body[place] as Literal).location),
    evaluate(options) {
      const { coverage, profile, trace } = options
      const plan = planFor(coverage !== undefined || profile !== undefined || trace !== undefined)
      try {
        let ready = compiled.get(plan)
        if (ready === undefined) compiled.set(plan, (ready = compileQuery(plan, query)))
        return run(plan, ready, options)
      } catch (error) {
        return { solutions: [], problem: problemOf(error), steps: plan.runtime.steps }
      }
    },
  }
}

/** Places of the expressions that somebody wrote, as they were written: checks may add some and change their order. */
function writtenPlaces({ body }: CheckedQuery): number[] {
  const start = (place: number): number => (body[place] as Literal).location.start
  return [...body.keys()]
    .filter((place) => body[place]?.isGenerated !== true)
    .toSorted((one, other) => start(one) - start(other))
}

function compileQuery(plan: Plan, query: CheckedQuery): Compiled {
  const { body, variables } = query
  const layout = new Layout()
  layout.size = 1
  const scope = new Scope(layout)
  const slotsOfBody = body.map(() => layout.temporary())
  const values = writtenPlaces(query).map((place) => slotsOfBody[place] as number)
  const step = plan.body(
    body,
    scope,
    () => {
      const slots = variables.map((name) => [name, layout.slot(name)] as const)
      return (frame) => {
        const bindings = new Map<string, Value>()
        for (const [name, slot] of slots) {
          const value = frame[slot]
          if (value !== undefined) bindings.set(name, value as Value)
        }
        plan.runtime.keep(1)
        ;(frame[SOLUTIONS] as Solution[]).push({ bindings, values: values.map((slot) => frame[slot] as Value) })
        return false
      }
    },
    slotsOfBody,
  )
  return { step, size: layout.size }
}

function run(plan: Plan, { step, size }: Compiled, options: EvaluateOptions): Evaluation {
  const { runtime } = plan
  const before = runtime.isBusy ? Object.assign({}, runtime) : undefined
  const { steps, memory, depth } =
    options.limits === undefined ? DEFAULT_LIMITS : { ...DEFAULT_LIMITS, ...options.limits }
  runtime.begin(steps, memory, depth)
  const effort = bound(Math.max(steps, LEAST_PARTS))
  runtime.input = options.input
  runtime.data = options.data ?? {}
  runtime.isStrict = options.strictBuiltinErrors === true
  runtime.print = options.print
  runtime.isCancelled = options.isCancelled
  runtime.context = contextOf(options, (units) => {
    runtime.spend(units)
  })
  runtime.hooks = hooksFor(runtime, options)
  const frame: Frame = []
  frame.length = size
  const solutions: Solution[] = []
  frame[SOLUTIONS] = solutions
  try {
    step(frame)
    return { solutions, steps: runtime.steps }
  } catch (error) {
    return { solutions: [], problem: problemOf(error), steps: runtime.steps }
  } finally {
    // An evaluation inside of `print` of another goes on as it was; nothing of the documents is held.
    resume(effort)
    if (before === undefined) runtime.end()
    else Object.assign(runtime, before)
  }
}

function contextOf(options: EvaluateOptions, spend: (units: number) => void): BuiltinContext {
  const { now = 0n, seed = 0, runtime = {}, send } = options
  let source: ReturnType<typeof randomSource> | undefined
  const randomBytes = (count: number): Uint8Array => (source ??= randomSource(seed))(count)
  const context = { now, randomBytes, spend, kept: new Map<unknown, unknown>(), runtime }
  return send === undefined ? context : { ...context, send }
}

/** An error as a problem: running out of stack is a limit like others. */
function problemOf(error: unknown): RegoProblem {
  if (error instanceof EvaluationError) {
    const { code, message, location } = error
    return location === undefined ? { code, message } : { code, message, location }
  }
  if (error instanceof RangeError) {
    return {
      code: 'eval_limit_error',
      message: `the evaluation is nested too deep, or a value is too large: ${error.message}`,
    }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'eval_internal_error', message, hint: 'This is a bug in kubescape: please report it.' }
}
