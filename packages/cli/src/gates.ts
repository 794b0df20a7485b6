/** Which gates a scan has, and how failing them is told. */
import { failedGates, makeGates, type FailedGate, type Gate, type Thresholds } from '@kubescape/scanner'
import type { Report } from '@kubescape/results'

import type { GateOptions } from './gate-options.ts'
import { visible, type Log } from './terminal.ts'

/** A gate that one of the inputs does not meet. */
export interface Failing extends FailedGate {
  /** Which input, where there are several; else empty. */
  readonly input: string
}

/** The gates that are set for a report, in the order in which they are told. */
export function gatesFor(report: Report, { thresholds }: GateOptions, isNarrowed: boolean, log: Log): Gate[] {
  return makeGates(isNarrowed ? narrow(thresholds, report, log) : thresholds)
}

/** The gates that the report does not meet, in their order. */
export function checkGates(gates: readonly Gate[], report: Report, input: string): Failing[] {
  return failedGates(gates, report).map((failed) => ({ ...failed, input }))
}

/** Lists the gates that failed. The first of them comes last, where pipelines look. */
export function tellGates(failing: readonly Failing[], log: Log): void {
  for (const { message, input } of failing.toReversed()) {
    log.write('fatal', visible(`gate failed: ${input === '' ? '' : `${input}: `}${message}`))
  }
}

/** A command line that names what to judge by wins over thresholds of a file for anything else; it is said, though. */
function narrow(thresholds: Thresholds, report: Report, log: Log): Thresholds {
  const { controls, frameworks, coverage } = report
  const judged = new Set([
    ...controls.map(({ control }) => control.id),
    ...[...coverage.notEvaluated, ...coverage.notApplicable].map(({ controlID }) => controlID),
  ])
  const names = new Set(frameworks.map(({ name }) => name))
  const [kept, left] = [only(thresholds.frameworks, names), only(thresholds.controls, judged)]
  const dropped = [
    ...Object.keys(thresholds.frameworks).filter((name) => !(name in kept)),
    ...Object.keys(thresholds.controls).filter((id) => !(id in left)),
  ]
  if (dropped.length > 0) {
    log.write(
      'warning',
      visible(`Thresholds not checked, as this scan was told to judge by something else: ${dropped.join(', ')}`),
    )
  }
  return { ...thresholds, frameworks: kept, controls: left }
}

function only(thresholds: Readonly<Record<string, number>>, names: ReadonlySet<string>): Record<string, number> {
  return Object.fromEntries(Object.entries(thresholds).filter(([name]) => names.has(name)))
}
