/** A report cut to a range of severities: for reading, not for gates. */
import { severityOf, SEVERITIES, type Severity } from '@kubescape/controls'
import type { Report, SeverityCounters } from '@kubescape/results'

import { meanCompliance } from './score.ts'

/**
 * The report with controls from `min` to `max` only (lower case, empty for no limit). Compliance scores and severity counters
 * are computed anew over what remains; risk scores, resource counters and coverage stay.
 */
export function filterBySeverity(report: Report, min: string, max: string): Report {
  if (min === '' && max === '') return report
  const wanted = SEVERITIES.filter((severity) => isWithin(severity, min, max))
  const isWanted = ({ control }: Report['controls'][number]): boolean => wanted.includes(severityOf(control.baseScore))
  const controls = report.controls.filter(isWanted)
  return {
    ...report,
    controls,
    frameworks: report.frameworks.map((framework) => {
      const own = framework.controls.filter(isWanted)
      return {
        ...framework,
        controls: own,
        complianceScore: meanCompliance(own.map((result) => result.complianceScore)),
        complianceWithoutExceptions: meanCompliance(own.map((result) => result.complianceWithoutExceptions)),
      }
    }),
    resourcesBySeverity: only(report.resourcesBySeverity, wanted),
    controlsBySeverity: only(report.controlsBySeverity, wanted),
    complianceScore: meanCompliance(controls.map((result) => result.complianceScore)),
    complianceWithoutExceptions: meanCompliance(controls.map((result) => result.complianceWithoutExceptions)),
    *bySubject(ref) {
      for (const verdict of report.bySubject(ref)) if (isWanted(verdict.control)) yield verdict
    },
  }
}

function isWithin(severity: Severity, min: string, max: string): boolean {
  return (min === '' || rank(severity) <= rank(min)) && (max === '' || rank(severity) >= rank(max))
}

function rank(name: string): number {
  return SEVERITIES.findIndex((each) => each.toLowerCase() === name.toLowerCase())
}

function only(counters: SeverityCounters, wanted: readonly Severity[]): SeverityCounters {
  const count = (severity: Severity): number =>
    wanted.includes(severity) ? counters[severity.toLowerCase() as keyof SeverityCounters] : 0
  return {
    critical: count('Critical'),
    high: count('High'),
    medium: count('Medium'),
    low: count('Low'),
    unknown: count('Unknown'),
  }
}
