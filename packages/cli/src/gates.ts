/** Which gates a scan has, and how failing them is told. */
import { failedGates, makeGates, type FailedGate, type Gate } from '@kubescape/scanner'
import type { Report } from '@kubescape/results'

import type { GateOptions } from './gate-options.ts'
import { visible, type Log } from './terminal.ts'

/** A gate that one of the inputs does not meet. */
export interface Failing extends FailedGate {
  /** Which input, where there are several; else empty. */
  readonly input: string
}

/** The gates of a report that do not hold, in the order in which they are told. */
export function checkGates(report: Report, options: GateOptions, input: string): Failing[] {
  return failedGates(gatesOf(options), report).map((failed) => ({ ...failed, input }))
}

/** Lists the gates that failed. The first of them comes last, where pipelines look. */
export function tellGates(failing: readonly Failing[], log: Log): void {
  for (const { message, input } of failing.toReversed()) {
    log.write('fatal', visible(`gate failed: ${input === '' ? '' : `${input}: `}${message}`))
  }
}

/** The gates that are set, in their order. */
function gatesOf({ thresholds }: GateOptions): Gate[] {
  return makeGates(thresholds)
}
