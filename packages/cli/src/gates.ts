/** Gates: conditions on the report that end the command with exit code 1. They see the whole report, whatever is shown of it. */
import type { Report, SeverityCounters } from '@kubescape/results'

import { count } from './terminal.ts'

/** The conditions that a user can set. */
export interface Gates {
  /** Least overall compliance, 0 to 100; 0 does not gate. */
  readonly complianceThreshold: number
  /** Nothing of this severity or worse may fail; empty does not gate. */
  readonly severityThreshold: string
}

const ORDER: readonly (keyof SeverityCounters)[] = ['low', 'medium', 'high', 'critical']

/** The gate that failed first, in words; undefined when the report passes all of them. */
export function failedGate(report: Report, { complianceThreshold, severityThreshold }: Gates): string | undefined {
  if (report.complianceScore < complianceThreshold) {
    const score = report.complianceScore.toFixed(2)
    return `gate failed: --compliance-threshold ${complianceThreshold}: the overall compliance score is ${score}`
  }
  if (severityThreshold === '') return undefined
  const from = ORDER.indexOf(severityThreshold as keyof SeverityCounters)
  // Failures without a severity breach too: nobody has said that they are harmless.
  const counted: (keyof SeverityCounters)[] = [...ORDER.slice(from), 'unknown']
  const failures = counted.reduce((sum, severity) => sum + report.resourcesBySeverity[severity], 0)
  return failures === 0
    ? undefined
    : `gate failed: --severity-threshold ${severityThreshold}: ${count(failures, 'failure')} of that severity or worse`
}
