/** What one check said of every subject: a byte each, and the reasons of failures. */
import type { Check, Finding, Related } from '@kubescape/controls'
import type { Ref } from '@kubescape/resources'

/** Why a subject failed a check. */
export interface Failure {
  readonly findings: readonly Finding[]
  readonly related: readonly Related[]
  readonly messages: readonly string[]
}

const UNTESTED = 0
const PASSED = 1
const FAILED = 2
const SKIPPED = 3

/** The verdicts of one check. */
export class Column {
  readonly check: Check
  readonly failures = new Map<Ref, Failure>()
  /** True when the check broke off: what it says nothing of has not been judged. */
  isBroken = false
  #states = new Uint8Array(64)
  #reach = 0

  constructor(check: Check) {
    this.check = check
  }

  /** Records that the subject was tested; a failure stays a failure. */
  pass(ref: Ref): void {
    if (this.#at(ref) === UNTESTED) this.#states[ref] = PASSED
  }

  /** Records a failure; a second one for the same subject adds its findings. */
  fail(ref: Ref, failure: Failure): void {
    const known = this.failures.get(ref)
    this.#at(ref)
    this.#states[ref] = FAILED
    this.failures.set(
      ref,
      known === undefined
        ? failure
        : {
            findings: [...known.findings, ...failure.findings],
            related: [...known.related, ...failure.related],
            messages: [...new Set([...known.messages, ...failure.messages])],
          },
    )
  }

  /** Records that the subject could not be judged. */
  skip(ref: Ref): void {
    this.#at(ref)
    this.#states[ref] = SKIPPED
  }

  /** Takes back every pass: the check broke off, so nothing that it did not fail has been judged. */
  breakOff(): void {
    this.isBroken = true
    this.#states.forEach((state, ref) => {
      if (state === PASSED) this.#states[ref] = SKIPPED
    })
  }

  /** No subject from this one on was tested. */
  get reach(): number {
    return this.#reach
  }

  /** `undefined` when the check did not test the subject. */
  get(ref: Ref): 'passed' | 'failed' | 'skipped' | undefined {
    const state = this.#states[ref]
    if (state === FAILED) return 'failed'
    if (state === SKIPPED) return 'skipped'
    return state === PASSED ? 'passed' : undefined
  }

  #at(ref: Ref): number {
    if (ref >= this.#reach) this.#reach = ref + 1
    if (ref >= this.#states.length) {
      const grown = new Uint8Array(Math.max(ref + 1, this.#states.length * 2))
      grown.set(this.#states)
      this.#states = grown
    }
    return this.#states[ref] ?? UNTESTED
  }
}
