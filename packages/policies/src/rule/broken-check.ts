/** The check of a rule that cannot be run: what it is about is skipped, and the scan has a problem. */
import type { CheckFailure, JoinedCheck } from '@kubescape/controls'
import type { Match } from '@kubescape/resources'

/** A check that fails to judge. */
export class BrokenCheck implements JoinedCheck {
  readonly shape = 'joined'
  readonly tests = 'matched'
  readonly needs = []
  readonly name: string
  readonly match: readonly Match[]
  readonly failure: CheckFailure

  constructor(name: string, match: readonly Match[], failure: CheckFailure) {
    this.name = name
    this.match = match
    this.failure = failure
  }

  judge(): never {
    throw this.failure
  }
}
