/** Collections within each other, while they are written or read. */

import { LimitError } from '@kubescape/go-template'
import { EncodingError } from './encoding-error.ts'

/** Levels that are written and read: more than any manifest has, and than readers of YAML take here. */
export const DEEPEST = 500

/** The collections that are open. */
export class Nesting {
  readonly #open: object[] = []

  /** How many there are. */
  get depth(): number {
    return this.#open.length
  }

  /**
   * Opens one more.
   * @throws {EncodingError} where the collections contain themselves, which Go sees, too
   * @throws {LimitError} where they are merely too many
   */
  enter(collection: object): void {
    if (this.#open.length >= DEEPEST) {
      if (new Set(this.#open).size < DEEPEST) throw new EncodingError('json: unsupported value: encountered a cycle')
      throw new LimitError(`a value nests more than ${DEEPEST} levels`)
    }
    this.#open.push(collection)
  }

  /** Closes the innermost. */
  leave(): void {
    this.#open.pop()
  }
}
