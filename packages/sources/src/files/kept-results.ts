/** Results that were made and may be asked for again: as many as fit a budget, the last one always. */

interface Kept<Result> {
  readonly result: Result
  readonly weight: number
}

/** Keeps what was used last. */
export class KeptResults<Result> {
  readonly #budget: number
  /** Least recently used first. */
  readonly #kept = new Map<string, Kept<Result>>()
  #weight = 0

  /** `budget` is how heavy the results together may be. */
  constructor(budget: number) {
    this.#budget = budget
  }

  /** The result of that name, made where it is not at hand. */
  get(name: string, make: () => Result, weigh: (result: Result) => number): Result {
    const known = this.#kept.get(name)
    this.#kept.delete(name)
    const entry = known ?? weighed(make(), weigh)
    this.#kept.set(name, entry)
    if (known === undefined) this.#weight += entry.weight
    for (const [oldest, { weight }] of this.#kept) {
      if (this.#weight <= this.#budget || oldest === name) break
      this.#kept.delete(oldest)
      this.#weight -= weight
    }
    return entry.result
  }
}

function weighed<Result>(result: Result, weigh: (result: Result) => number): Kept<Result> {
  return { result, weight: weigh(result) }
}
