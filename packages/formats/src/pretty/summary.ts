/** Lines about the whole scan: what was scanned, failures by severity, numbers of controls, scores of frameworks. */
import { noCounters, SEVERITIES, type Report, type SeverityCounters } from '@kubescape/results'

import { displayScore } from '../score.ts'
import { count, type Page } from './page.ts'
import { visible } from '../visible.ts'
import { flow, paragraph, wrap } from './wrap.ts'

const MOST_NAMES = 8
const NOUNS = { framework: 'Framework', control: 'Control', workload: 'Workload' } as const

/** What was scanned, in two lines. */
export function* renderScope(page: Page): Generator<string> {
  const { report, paints, textWidth } = page
  const { targetType, targetNames } = report.metadata
  const known = targetType === 'framework' && report.frameworks.length > 0
  const names = (known ? report.frameworks.map(({ name }) => name) : targetNames).map(visible)
  const listed =
    names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES), `${names.length - MOST_NAMES} more`] : names
  const noun = `${NOUNS[targetType]}${names.length === 1 ? '' : 's'}`
  for (const line of paragraph(`${noun} `, listed.join(', '), textWidth)) yield paints.bold(line)
  yield* wrap(`${judgedResources(report)} ${place(report)} of ${inputName(report)}`, textWidth)
}

/** The input as people call it. */
export function inputName({ metadata }: Report): string {
  const { input } = metadata
  if (input.kind === 'cluster') return `the cluster ${visible(input.context)} (${visible(input.version)})`
  return input.kind === 'stdin' ? 'standard input' : visible(input.paths.join(', '))
}

/** In how many files, or of how many objects. */
export function place({ metadata, coverage }: Report): string {
  const { files, read, unchangedFiles } = coverage.documents
  if (metadata.input.kind === 'cluster') return `among ${count(read, 'object')}`
  const left = unchangedFiles === undefined ? '' : ` (${count(unchangedFiles, 'unchanged file')} left out)`
  return `in ${count(files, 'file')}${left}`
}

/** How many resources were judged. */
export function judgedResources({ counters }: Report): string {
  return `${count(counters.passed + counters.failed + counters.skipped + counters.excluded, 'resource')} judged`
}

/** What the scores owe to exceptions; nothing without any. */
export function* renderExcluded(report: Report, width: number): Generator<string> {
  const pairs = report.controls.reduce((sum, { counters }) => sum + counters.excluded, 0)
  if (pairs === 0 && report.complianceScore === report.complianceWithoutExceptions) return
  yield* wrap(
    `Excluded by exceptions: ${count(pairs, 'failure')}; the compliance score is ${displayScore(report.complianceScore)}%, and would be ${displayScore(report.complianceWithoutExceptions)}% without them`,
    width,
  )
}

/** Numbers below the table. */
export function* renderTotals({ report, paints, textWidth }: Page): Generator<string> {
  const statuses = noCounters()
  for (const { status } of report.controls) statuses[status]++
  const { passed, failed, skipped } = statuses
  yield* wrap(
    `Controls: ${report.controls.length} (Failed: ${failed}, Passed: ${passed}, Action required: ${skipped})`,
    textWidth,
  )

  const by = report.resourcesBySeverity
  const severities = SEVERITIES.map((name) => ({ name, amount: by[name.toLowerCase() as keyof SeverityCounters] }))
  const shown = severities.filter(({ name, amount }) => name !== 'Unknown' || amount > 0)
  const pieces = shown.map(({ name, amount }, at) => {
    const text = `${name} ${amount}`
    return { text, paint: amount > 0 ? paints.severity(name) : undefined, after: at < shown.length - 1 ? ',' : '' }
  })
  yield* flow('Failed resources by severity: ', pieces, textWidth, ' ')
  yield* renderExcluded(report, textWidth)

  if (report.frameworks.length > 1) {
    const scores = report.frameworks.map(
      ({ name, complianceScore }) => `${visible(name)} ${displayScore(complianceScore)}%`,
    )
    yield* flow(
      '',
      scores.map((text) => ({ text })),
      textWidth,
      '  ',
    )
  }
}
