/** One evaluation: what it has bound, and what it may cost. */
import { compile, PatternError, type Regex } from '@kubescape/regex'

import { CelError, type Value } from './values/value.ts'

/** What evaluations may cost, in steps: about one for each operation, and one for ten characters that are gone over. */
export interface CostLimits {
  /** Of one expression. */
  readonly expression: number
  /** Of all expressions of a policy on one object. */
  readonly policy: number
}

/** What API servers allow, in units like theirs. */
const COST_LIMITS: CostLimits = { expression: 1_000_000, policy: 10_000_000 }

/** Ends an evaluation that costs too much; no `||` goes on after it. */
export class CostExceeded extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'CostExceeded'
  }
}

/** Patterns that are kept, and how long they may be. */
const KEPT_PATTERNS = 200
const PATTERN_LENGTH = 10_000
const patterns = new Map<string, Regex | CelError>()

/** The state of one evaluation of a policy. */
export class Run {
  /** Values of variables, by the place that compilation gave them; undefined where none was needed yet. */
  readonly slots: (Value | undefined)[]
  readonly #limits: CostLimits
  #spent = 0
  #end: number

  constructor(slots: (Value | undefined)[], limits: CostLimits = COST_LIMITS) {
    this.slots = slots
    this.#limits = limits
    this.#end = Math.min(limits.expression, limits.policy)
  }

  /** Steps that were taken. */
  get spent(): number {
    return this.#spent
  }

  /** Evaluates an expression within a budget of its own. */
  evaluate(evaluate: (run: Run) => Value): Value {
    const outer = this.#end
    const before = this.#spent
    this.#end = Math.min(before + this.#limits.expression, this.#limits.policy)
    const value = evaluate(this)
    this.#end = Math.min(outer + this.#spent - before, this.#limits.policy)
    return value
  }

  /** Looks at an evaluation that is over, within the budget of a policy of its own. */
  explain<Result>(look: () => Result): Result {
    const before = this.#spent
    const end = this.#end
    this.#end = before + this.#limits.policy
    try {
      return look()
    } finally {
      this.#spent = before
      this.#end = end
    }
  }

  /** Counts steps. */
  readonly spend = (steps: number): void => {
    this.#spent += steps
    if (this.#spent > this.#end) {
      throw new CostExceeded(`the evaluation was stopped after ${this.#end} steps: the expression costs too much`)
    }
  }

  /** Counts characters that are gone over. */
  readonly spendText = (characters: number): void => this.spend(1 + Math.ceil(characters / 10))

  /** A pattern in the syntax of RE2, or what is wrong with it. Its matching is counted. */
  pattern(text: string): Regex | CelError {
    const known = patterns.get(text) ?? keepPattern(text)
    return known instanceof CelError ? known : known.metered(this.spend)
  }
}

/** A pattern, or what is wrong with it. */
export function keepPattern(text: string): Regex | CelError {
  let pattern: Regex | CelError
  try {
    pattern = compile(text, { length: PATTERN_LENGTH })
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    pattern = new CelError(error.message)
  }
  if (patterns.size >= KEPT_PATTERNS) patterns.clear()
  patterns.set(text, pattern)
  return pattern
}
