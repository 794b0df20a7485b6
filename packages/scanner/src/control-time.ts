/** The time that controls take by the clock, held against the most that each of them may take in a scan. */
import type { Check, ControlDeclaration } from '@kubescape/controls'

/** The most time that each control may take, and the clock that says so. */
export class ControlLimit {
  readonly limitMs: number
  readonly #nowMs: () => number
  #endMs = Infinity
  #hasStopped = false

  /** `nowMs` is a clock that never jumps, in milliseconds. */
  constructor(limitMs: number, nowMs: () => number) {
    this.limitMs = limitMs
    this.#nowMs = nowMs
  }

  /** For policies to ask while they are evaluated: true where what is judged now has no time left, and has to end. */
  readonly isOver = (): boolean => {
    if (!this.isLate) return false
    this.#hasStopped = true
    return true
  }

  /** What is judged now has no time left. */
  get isLate(): boolean {
    return this.#nowMs() > this.#endMs
  }

  /** What is judged now asked, and was told to end. */
  get hasStopped(): boolean {
    return this.#hasStopped
  }

  /** Something is judged from now on, for so long at most. Gives the time by the clock. */
  begin(leftMs: number): number {
    const now = this.#nowMs()
    this.#endMs = now + leftMs
    this.#hasStopped = false
    return now
  }

  /** It is judged. Gives the time by the clock. */
  end(): number {
    this.#endMs = Infinity
    return this.#nowMs()
  }
}

interface Budget {
  readonly controlID: string
  leftMs: number
}

/** What the controls of one scan have left. A check has the time of the control that has most of it. */
export class ControlTimes {
  readonly #limit: ControlLimit
  readonly #budgets = new Map<Check, Budget[]>()
  #beganMs = 0

  constructor(limit: ControlLimit, controls: readonly ControlDeclaration[]) {
    this.#limit = limit
    for (const { id: controlID, checks } of controls) {
      const budget = { controlID, leftMs: limit.limitMs }
      for (const check of checks) this.#budgets.set(check, [...(this.#budgets.get(check) ?? []), budget])
    }
  }

  /** The most that a control may take. */
  get limitMs(): number {
    return this.#limit.limitMs
  }

  /** The check that runs has no time left. */
  get isLate(): boolean {
    return this.#limit.isLate
  }

  /** The check that runs has been told to end. */
  get hasStopped(): boolean {
    return this.#limit.hasStopped
  }

  /** The check is about to judge; false where it may not any more. */
  begin(check: Check): boolean {
    let leftMs = 0
    for (const budget of this.#budgetsOf(check)) leftMs = Math.max(leftMs, budget.leftMs)
    if (leftMs === 0) return false
    this.#beganMs = this.#limit.begin(leftMs)
    return true
  }

  /** The check has judged. */
  end(check: Check): void {
    const tookMs = this.#limit.end() - this.#beganMs
    for (const budget of this.#budgetsOf(check)) budget.leftMs -= tookMs
  }

  /** The ids of the controls that the check belongs to. */
  controlsOf(check: Check): readonly string[] {
    return this.#budgetsOf(check).map(({ controlID }) => controlID)
  }

  #budgetsOf(check: Check): readonly Budget[] {
    return this.#budgets.get(check) ?? []
  }
}
