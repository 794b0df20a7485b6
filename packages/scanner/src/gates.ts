/** Gates: conditions that a pipeline sets on a report. They see the whole report, whatever is shown of it. */
import type { Report, SeverityCounters } from '@kubescape/results'

/** What failing a gate means: a score or number out of bounds, gaps in what was read, fallbacks, or worse than before. */
export type GateKind = 'threshold' | 'coverage' | 'degraded-config' | 'baseline'

/** A condition on a report. */
export interface Gate {
  /** As it was set, such as `--compliance-threshold 80`. */
  readonly name: string
  readonly kind: GateKind
  /** Why the report does not meet it, in words; undefined when it does. */
  check(report: Report): string | undefined
}

/** The conditions that a user can set on a report alone. */
export interface Thresholds {
  /** Least overall compliance, 0 to 100; 0 does not gate. */
  readonly compliance: number
  /** Nothing of this severity (lower case) or worse may fail; empty does not gate. */
  readonly severity: string
  /** Least coverage, 0 to 100; 0 does not gate. */
  readonly coverage: number
  /** Control inputs and exceptions must be those that were asked for. */
  readonly noDegradedConfig: boolean
  /** Least compliance of frameworks, by their names. */
  readonly frameworks: Readonly<Record<string, number>>
  /** Least compliance of controls, by their ids. */
  readonly controls: Readonly<Record<string, number>>
}

/** A gate that a report does not meet. */
export interface FailedGate {
  readonly kind: GateKind
  /** The gate and why, such as `--compliance-threshold 80: the overall compliance score is 71.25`. */
  readonly message: string
}

const ORDER: readonly (keyof SeverityCounters)[] = ['low', 'medium', 'high', 'critical']

/** The gates that are set, in the order in which they are told: overall ones before those of a framework or control. */
export function makeGates(thresholds: Thresholds): Gate[] {
  const { compliance, severity, coverage, noDegradedConfig, frameworks, controls } = thresholds
  return [
    ...(compliance > 0 ? [complianceGate(compliance)] : []),
    ...(severity === '' ? [] : [severityGate(severity)]),
    ...(coverage > 0 ? [coverageGate(coverage)] : []),
    ...(noDegradedConfig ? [DEGRADED_CONFIG] : []),
    ...positive(frameworks).map(([name, least]) => frameworkGate(name, least)),
    ...positive(controls).map(([id, least]) => controlGate(id, least)),
  ]
}

/** The gates that the report does not meet, in their order. */
export function failedGates(gates: readonly Gate[], report: Report): FailedGate[] {
  return gates.flatMap((gate) => {
    const why = gate.check(report)
    return why === undefined ? [] : [{ kind: gate.kind, message: `${gate.name}: ${why}` }]
  })
}

function complianceGate(least: number): Gate {
  return {
    name: `--compliance-threshold ${least}`,
    kind: 'threshold',
    check: ({ complianceScore }) => below('the overall compliance score', complianceScore, least),
  }
}

function severityGate(severity: string): Gate {
  const from = ORDER.indexOf(severity as keyof SeverityCounters)
  // Failures without a severity breach too: nobody has said that they are harmless.
  const counted: readonly (keyof SeverityCounters)[] = [...ORDER.slice(from), 'unknown']
  return {
    name: `--severity-threshold ${severity}`,
    kind: 'threshold',
    check: ({ resourcesBySeverity }) => {
      const failures = counted.reduce((sum, each) => sum + resourcesBySeverity[each], 0)
      return failures === 0
        ? undefined
        : `${failures} ${failures === 1 ? 'failure' : 'failures'} of that severity or worse`
    },
  }
}

function coverageGate(least: number): Gate {
  return {
    name: `--fail-coverage-below ${least}`,
    kind: 'coverage',
    check: ({ coverage }) => {
      const { coverageScore, evaluatedControls, totalControls } = coverage
      const why = below('the coverage score', coverageScore, least)
      return why === undefined ? undefined : `${why} (${evaluatedControls} of ${totalControls} controls evaluated)`
    },
  }
}

const DEGRADED_CONFIG: Gate = {
  name: '--fail-on-degraded-config',
  kind: 'degraded-config',
  check: ({ coverage: { policyDegradations } }) => {
    const [first] = policyDegradations
    if (first === undefined) return undefined
    const more = policyDegradations.length > 1 ? ` (and ${policyDegradations.length - 1} more)` : ''
    return `${first.component}: ${first.reason}${more}`
  },
}

function frameworkGate(name: string, least: number): Gate {
  return {
    name: `thresholds.frameworks.${name} ${least}`,
    kind: 'threshold',
    check: (report) => {
      const framework = report.frameworks.find((each) => isSame(each.name, name))
      // What was not judged has not passed.
      if (framework === undefined) return 'this scan does not judge by it'
      if (framework.controls.length === 0) return 'none of its controls was evaluated'
      return below('its compliance score', framework.complianceScore, least)
    },
  }
}

function controlGate(id: string, least: number): Gate {
  return {
    name: `thresholds.controls.${id} ${least}`,
    kind: 'threshold',
    check: ({ controls, coverage }) => {
      const unjudged = coverage.notEvaluated.find(({ controlID }) => isSame(controlID, id))
      if (unjudged !== undefined) return `it was not evaluated: ${unjudged.reason}`
      const result = controls.find(({ control }) => isSame(control.id, id))
      if (result !== undefined) return below('its compliance score', result.complianceScore, least)
      const isApplicable = coverage.notApplicable.every(({ controlID }) => !isSame(controlID, id))
      return isApplicable ? 'this scan does not judge by it' : undefined
    },
  }
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function positive(thresholds: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(thresholds).filter(([, least]) => least > 0)
}

function below(what: string, score: number, least: number): string | undefined {
  return score < least ? `${what} is ${shownBelow(score, least)}` : undefined
}

/** Two decimals, or as many as it takes to be seen to be below. */
function shownBelow(score: number, least: number): string {
  for (let digits = 2; digits < 6; digits++) {
    const text = score.toFixed(digits)
    if (Number(text) < least) return text
  }
  return String(score)
}
