/** How many requests may be under way at once: as many as the server bears. */

/** Successes after which one more request may be under way, after the server had asked to slow down. */
const SUCCESSES_PER_STEP = 8

interface Waiting {
  readonly enter: () => void
}

/** Lets requests in, in the order in which they came. */
export class Gate {
  readonly #most: number
  #limit: number
  #inside = 0
  #successes = 0
  readonly #waiting = new Set<Waiting>()

  constructor(most: number) {
    this.#most = Math.max(1, most)
    this.#limit = this.#most
  }

  /** How many may be inside now. */
  get limit(): number {
    return this.#limit
  }

  /** Waits for a place. Rejects with the signal's reason. Every entry needs its `leave`. */
  enter(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason as Error)
    if (this.#inside < this.#limit) {
      this.#inside++
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#waiting.delete(waiting)
        reject(signal.reason as Error)
      }
      const waiting = {
        enter: () => {
          signal.removeEventListener('abort', abort)
          resolve()
        },
      }
      this.#waiting.add(waiting)
      signal.addEventListener('abort', abort, { once: true })
    })
  }

  /** Gives the place to the next one. */
  leave(): void {
    this.#inside--
    this.#admit()
  }

  /** The server has too much to do: half as many from now on. */
  slowDown(): void {
    this.#limit = Math.max(1, Math.floor(this.#limit / 2))
    this.#successes = 0
  }

  /** The server answered: after some of these, one more. */
  succeeded(): void {
    if (this.#limit === this.#most || ++this.#successes < SUCCESSES_PER_STEP) return
    this.#successes = 0
    this.#limit++
    this.#admit()
  }

  #admit(): void {
    for (const waiting of this.#waiting) {
      if (this.#inside >= this.#limit) return
      this.#waiting.delete(waiting)
      this.#inside++
      waiting.enter()
    }
  }
}
