/** A summary in GitHub's Markdown: scores, a table of controls, and what failed where, as far as a comment has room for it. */
import type { ControlResult, Report } from '@kubescape/results'

import type { RenderContext } from '../format.ts'
import { notPassed, worstFirst } from '../listing.ts'
import { displayScore } from '../score.ts'
import { detailsOf, excludedTable } from './details.ts'
import { code, prose } from './escape.ts'
import { Room } from './room.ts'

/** What is kept free for the lines that say how much was left out, and of the table of controls for the details. */
const FOR_CUT_LINES = 600
const FOR_DETAILS = 30_000

/** Renders the report. */
export function* render(report: Report, context: RenderContext): Generator<string> {
  const room = new Room()
  const head = [...heading(report), ...frameworkTable(report)].join('')
  room.takes(head)
  yield head
  const told = worstFirst(
    report.controls.filter(({ status, counters }) => status !== 'passed' || counters.excluded > 0),
  )
  yield* controlTable(told, report, room)
  yield* excludedTable(report, told, room, FOR_CUT_LINES)
  yield* failures(told, report, context, room)
}

function* heading(report: Report): Generator<string> {
  const { complianceScore, complianceWithoutExceptions, coverage, counters, metadata } = report
  const { passed, failed, skipped, excluded } = counters
  const owed =
    complianceScore === complianceWithoutExceptions
      ? ''
      : ` (${displayScore(complianceWithoutExceptions)}% without exceptions)`
  const { evaluatedControls, totalControls } = coverage
  yield `# Kubescape report\n\n`
  yield `**Compliance score: ${displayScore(complianceScore)}%**${owed}, `
  yield `**coverage: ${displayScore(coverage.coverageScore)}%** (${evaluatedControls} of ${count(totalControls, 'control')} evaluated)\n\n`
  yield `${count(passed + failed + skipped + excluded, 'resource')} of ${inputName(report)}: **${failed} failed**, ${skipped} need a look, ${excluded} excluded by exceptions, ${passed} passed. `
  yield `Scanned at ${code(metadata.generationTime)} by Kubescape ${code(metadata.version)}.\n\n`
  const { unread, unreadableFiles } = coverage.documents
  if (unread + unreadableFiles > 0) {
    yield `**Not judged:** ${count(unread, 'document')} and ${count(unreadableFiles, 'file')} could not be read.\n\n`
  }
}

const MOST_FRAMEWORKS = 40

function* frameworkTable({ frameworks }: Report): Generator<string> {
  if (frameworks.length === 0) return
  yield '| Framework | Compliance | Failed controls | Failed resources | Excluded resources |\n'
  yield '| :-- | --: | --: | --: | --: |\n'
  for (const { name, complianceScore, controls, counters } of frameworks.slice(0, MOST_FRAMEWORKS)) {
    const failed = controls.filter(({ status }) => status === 'failed').length
    yield `| ${prose(name)} | ${displayScore(complianceScore)}% | ${failed} of ${controls.length} | ${counters.failed} | ${counters.excluded} |\n`
  }
  const more = frameworks.length - MOST_FRAMEWORKS
  yield more > 0 ? `\n${count(more, 'more framework')} not shown.\n\n` : '\n'
}

/** Every control that did not simply pass. */
function* controlTable(told: readonly ControlResult[], report: Report, room: Room): Generator<string> {
  const clean = `${count(report.controls.length - told.length, 'control')} passed.\n\n`
  room.takes(clean)
  if (told.length > 0) {
    const head = `| Severity | Control | ID | Status | Failed | Excluded | Passed |\n| :-- | :-- | :-- | :-- | --: | --: | --: |\n`
    room.takes(head)
    yield head
    let shown = 0
    for (const result of told) {
      const row = controlRow(result)
      if (!room.takes(row, FOR_DETAILS)) break
      yield row
      shown++
    }
    yield shown === told.length ? '\n' : `\n${count(told.length - shown, 'more control')} not shown.\n\n`
  }
  yield clean
}

function controlRow({ severity, control, status, counters }: ControlResult): string {
  const { failed, excluded, passed } = counters
  const shown = status === 'skipped' ? 'action required' : status
  return `| ${severity} | ${prose(control.name)} | ${prose(control.id)} | ${shown} | ${failed} | ${excluded} | ${passed} |\n`
}

/** What failed where, the worst first, and how much of it had no room. */
function* failures(
  told: readonly ControlResult[],
  report: Report,
  context: RenderContext,
  room: Room,
): Generator<string> {
  const failed = told.filter(({ status }) => status === 'failed')
  if (failed.length === 0) return
  yield '## Failures\n\n'
  room.takes('## Failures\n\n')
  let shown = 0
  for (const result of failed) {
    const block = detailsOf(result, notPassed(report, result), report, context)
    if (!room.takes(block, FOR_CUT_LINES)) break
    yield block
    shown++
  }
  const rest = failed.slice(shown)
  if (rest.length === 0) return
  const amount = rest.reduce((sum, { counters }) => sum + counters.failed, 0)
  yield `**Cut to fit a comment:** ${count(rest.length, 'failed control')} with ${count(amount, 'failure')}, none worse than these, ${rest.length === 1 ? 'is' : 'are'} not shown in detail. Another format holds all of it, such as ${code(`${context.program} scan --format html`)}.\n`
}

function inputName({ metadata }: Report): string {
  const { input } = metadata
  if (input.kind === 'cluster') return `the cluster ${code(input.context)}`
  return input.kind === 'stdin' ? 'standard input' : code(input.paths.join(', '))
}

function count(amount: number, noun: string): string {
  return amount === 1 ? `1 ${noun}` : `${amount} ${noun}s`
}
