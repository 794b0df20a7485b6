/** Lines about the whole scan: what was scanned, failures by severity, numbers of controls, scores of frameworks. */
import { SEVERITIES, type Report, type SeverityCounters } from '@kubescape/results'

import { displayScore } from '../score.ts'
import { count, shownControls, type Page } from './page.ts'
import { visible } from './visible.ts'
import { paragraph, wrap } from './wrap.ts'

const MOST_NAMES = 8

/** What was scanned, in two lines. */
export function* renderScope(page: Page): Generator<string> {
  const { report, paints, textWidth } = page
  const { targetType, targetNames } = report.metadata
  const names = targetNames.map(visible)
  const listed =
    names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES), `${names.length - MOST_NAMES} more`] : names
  const noun = `${targetType === 'framework' ? 'Framework' : 'Control'}${names.length === 1 ? '' : 's'}`
  for (const line of paragraph(`${noun}  `, listed.join(', '), textWidth)) yield paints.bold(line)
  yield `${judgedResources(report)} in ${count(report.coverage.documents.files, 'file')} of ${inputName(report)}`
}

/** The input as people call it. */
export function inputName({ metadata }: Report): string {
  return metadata.input.kind === 'stdin' ? 'standard input' : visible(metadata.input.path)
}

/** How many resources were judged. */
export function judgedResources({ counters }: Report): string {
  return `${count(counters.passed + counters.failed + counters.skipped, 'resource')} judged`
}

/** Numbers below the table. */
export function* renderTotals(page: Page): Generator<string> {
  const { report, context, paints, textWidth } = page
  const by = report.resourcesBySeverity
  const severities = SEVERITIES.filter((severity) => severity !== 'Unknown' || by.unknown > 0).map((severity) => {
    const failed = by[severity.toLowerCase() as keyof SeverityCounters]
    return failed > 0 ? paints.severity(severity)(`${severity} ${failed}`) : `${severity} ${failed}`
  })
  const statuses = { passed: 0, failed: 0, skipped: 0 }
  for (const { status } of report.controls) statuses[status]++
  yield `Controls: ${report.controls.length} (Failed: ${statuses.failed}, Passed: ${statuses.passed}, Action required: ${statuses.skipped})`
  yield `Failed resources by severity: ${severities.join(', ')}`
  if (report.frameworks.length > 1) {
    const scores = report.frameworks.map(
      ({ name, complianceScore }) => `${visible(name)} ${displayScore(complianceScore)}%`,
    )
    yield* scoreLines(scores, textWidth)
  }
  if (context.severities.length > 0) {
    const shown = shownControls(page).length
    yield paints.dim(
      `Shown: ${context.severities.join(', ')} (${shown} of ${count(report.controls.length, 'control')})`,
    )
  }
}

/** Two spaces between scores, none inside of one. */
function scoreLines(scores: readonly string[], width: number): string[] {
  const held = scores.map((score) => score.replaceAll(' ', '\u00a0')).join('  ')
  return wrap(held, width).map((line) => line.trim().replaceAll('\u00a0', ' '))
}
