/** How much a rendering may do. */
import { LimitError } from '../go/value.ts'

/** Limits of a rendering. */
export interface BudgetLimits {
  /** Nodes that are executed, and characters and items that functions make. Default: 10 million. */
  readonly steps?: number
  /** UTF-16 units that one template may write. Default: 16 Mi. */
  readonly outputPerTemplate?: number
  /** UTF-16 units that all templates may write together, those that are included too. Default: 64 Mi. */
  readonly output?: number
}

const MIB = 1024 * 1024

/** Counts over all templates of a rendering. */
export class Budget {
  readonly #limits: Required<BudgetLimits>
  #steps = 0
  #output = 0

  constructor({ steps = 10_000_000, outputPerTemplate = 16 * MIB, output = 64 * MIB }: BudgetLimits = {}) {
    this.#limits = { steps, outputPerTemplate, output }
  }

  /** @throws {LimitError} when more steps are taken than there were */
  spend(steps: number): void {
    this.#steps += steps
    if (this.#steps > this.#limits.steps)
      throw new LimitError(`the templates take more than ${this.#limits.steps} steps`)
  }

  /**
   * Counts a piece of text that a template writes; `length` is that of all that it has written.
   * @throws {LimitError} when that is too much
   */
  write(piece: number, length: number): void {
    const { outputPerTemplate, output } = this.#limits
    this.#output += piece
    if (length > outputPerTemplate) throw new LimitError(`a template writes more than ${outputPerTemplate} characters`)
    if (this.#output > output) throw new LimitError(`the templates write more than ${output} characters`)
  }
}
