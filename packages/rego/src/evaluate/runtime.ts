/** What changes during an evaluation: documents, caches, counters. One per compiled policy; evaluations take turns. */
import type { BuiltinContext } from '../builtins/builtin.ts'
import { EvaluationError } from '../problem.ts'
import type { Location } from '../syntax/ast.ts'
import type { PlainObject, Value } from '../values/value.ts'
import type { Hooks } from './hooks.ts'
import type { IndexStore } from './item-index.ts'

/** Limits that hold where the caller sets none. */
export const DEFAULT_LIMITS = { steps: 100_000_000, memory: 20_000_000, depth: 2_000 } as const

/** How many steps pass before somebody is asked whether to go on. */
const BREATH = 65_536

/** A function in the place of another, while a `with` holds. */
export type Mock = (args: readonly Value[]) => Value | undefined

/** What `with data...` replaced, by path: the value, or what was replaced further down. */
export interface Replaced {
  readonly value?: Value
  readonly children: ReadonlyMap<Value, Replaced>
}

/** Results that hold as long as the documents are the same: one entry per group of rules. */
export interface Cache {
  /** Values of rules; `null` where there is none yet, and an empty list where the rule is undefined. */
  readonly values: (readonly [] | readonly [Value] | undefined)[]
  /** Results of functions by their arguments, one level of maps for each argument. */
  readonly memos: (Map<unknown, unknown> | undefined)[]
  /** Indexes of lists by what expressions make of their items. */
  indexes?: IndexStore
  /** Results of comprehensions over documents, by the variables outside. */
  comprehensions?: Map<object, Map<unknown, unknown>>
}

/** A fresh cache. */
export function makeCache(): Cache {
  return { values: [], memos: [] }
}

/** The state that closures share. */
export class Runtime {
  input: Value | undefined
  data: PlainObject = {}
  cache: Cache = makeCache()
  replaced: Replaced | undefined
  mocks: ReadonlyMap<string, Mock> | undefined
  context: BuiltinContext | undefined
  isStrict = false
  hooks: Hooks | undefined
  print: ((line: string, location: Location) => void) | undefined
  isCancelled: (() => boolean) | undefined

  steps = 0
  /** Where the next look at limits is due. */
  due = BREATH
  maximalSteps: number = DEFAULT_LIMITS.steps
  memory = 0
  maximalMemory: number = DEFAULT_LIMITS.memory
  depth = 0
  maximalDepth: number = DEFAULT_LIMITS.depth

  /** Counts a step: an item visited, a rule entered. Inlined by hand where it is hottest. */
  step(): void {
    if (++this.steps >= this.due) this.breathe()
  }

  /** Counts work of builtins. */
  spend(units: number): void {
    this.steps += units
    if (this.steps >= this.due) this.breathe()
  }

  /** Counts what is kept: `weightOf` values. */
  keep(units: number): void {
    this.memory += units
    if (this.memory > this.maximalMemory) {
      throw new EvaluationError(
        'eval_limit_error',
        `what it collects takes more than ${this.maximalMemory} units of memory`,
      )
    }
  }

  /** Counts a call within calls. */
  descend(): void {
    if (++this.depth > this.maximalDepth) {
      throw new EvaluationError('eval_limit_error', `calls are nested more than ${this.maximalDepth} deep`)
    }
  }

  /** An evaluation is going on. */
  isBusy = false

  /** Starts counting anew. */
  begin(steps: number, memory: number, depth: number): void {
    this.isBusy = true
    this.steps = 0
    this.memory = 0
    this.depth = 0
    this.maximalSteps = steps
    this.maximalMemory = memory
    this.maximalDepth = depth
    this.due = Math.min(BREATH, steps + 1)
    this.cache = makeCache()
    this.replaced = undefined
    this.mocks = undefined
  }

  /** Lets go of the documents and of everything that was made of them. */
  end(): void {
    this.isBusy = false
    this.input = undefined
    this.data = {}
    this.context = undefined
    this.hooks = undefined
    this.print = undefined
    this.isCancelled = undefined
    this.cache = makeCache()
    this.replaced = undefined
    this.mocks = undefined
  }

  /** Looks at limits, and asks whether to go on. */
  breathe(): void {
    if (this.steps > this.maximalSteps) {
      throw new EvaluationError('eval_limit_error', `more than ${this.maximalSteps} steps were taken`)
    }
    if (this.isCancelled?.() === true) throw new EvaluationError('eval_cancel_error', 'the evaluation was cancelled')
    this.due = Math.min(this.steps + BREATH, this.maximalSteps + 1)
  }
}
