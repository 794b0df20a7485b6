/** How much a rendering may do. */
import { LimitError } from '../go/value.ts'

/** Steps of a rendering, counted over all of its templates. */
export class Budget {
  readonly #limit: number
  #spent = 0

  /** One step is a node that is executed, or a character or an item that a function makes. */
  constructor(limit = 10_000_000) {
    this.#limit = limit
  }

  /** @throws {LimitError} when more is spent than there was */
  spend(steps: number): void {
    this.#spent += steps
    if (this.#spent > this.#limit) throw new LimitError(`the templates take more than ${this.#limit} steps`)
  }
}
