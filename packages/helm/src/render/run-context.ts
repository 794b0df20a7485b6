/** What functions may use of one rendering of a chart. */
import { sha256, utf8ToBytes } from '@kubescape/go'

import type { Budget, CallContext, Template } from '@kubescape/go-template'
import type { ValueTracer } from '../source-map/index.ts'

/** The clock, the seed and the modes of a rendering. */
export class RunContext implements CallContext {
  readonly now: number
  readonly lint: boolean
  readonly warn: (warning: string) => void
  /** How many `include`s of a template run in each other, by its name. */
  readonly includes = new Map<string, number>()
  /** What `tpl` was given, read. */
  readonly texts = new Map<string, readonly Template[]>()
  /** Whether the template that runs has used a random function or the clock. */
  isSynthetic = false
  readonly #seed: string
  readonly #budget: Budget
  #calls = 0
  #tracer: ValueTracer | undefined

  constructor(options: {
    readonly now: number
    readonly seed: string
    readonly lint: boolean
    readonly budget: Budget
    readonly warn: (warning: string) => void
  }) {
    this.now = options.now
    this.lint = options.lint
    this.warn = options.warn
    this.#seed = options.seed
    this.#budget = options.budget
  }

  readonly spend = (amount: number): void => this.#budget.spend(amount)

  /** A template begins to run; its tracer hears of what is random. */
  begin(tracer?: ValueTracer): void {
    this.isSynthetic = false
    this.#tracer = tracer
  }

  readonly synthetic = (): void => {
    this.isSynthetic = true
    this.#tracer?.synthetic()
  }

  readonly randomBytes = (count: number): Uint8Array => {
    this.spend(count)
    const bytes = new Uint8Array(count)
    const call = this.#calls++
    for (let at = 0, block = 0; at < count; at += 32, block++) {
      bytes.set(sha256(utf8ToBytes(`${this.#seed}\n${call}\n${block}`)).subarray(0, count - at), at)
    }
    return bytes
  }
}
