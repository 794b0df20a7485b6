/** Pages: what was scanned, the scores, the frameworks, every control in a table, and what there is to know of them. */
import type { ControlResult, Report } from '@kubescape/results'

import { allResources, controlUrl, worstFirst } from '../listing.ts'
import { displayScore } from '../score.ts'
import { COLOURS, MARGIN, Sheet, SIZE } from './sheet.ts'
import { Table, type Cell } from './table.ts'
import { PageText, UNKNOWN } from './text.ts'

/** Renders the report. Only controls are listed, so that the pages do not grow with the resources. */
export function* render(report: Report): Generator<Uint8Array> {
  const { generationTime, version } = report.metadata
  const text = new PageText()
  const sheet = new Sheet('Kubescape report', new Date(generationTime))
  writeHead(report, sheet, text)
  writeFrameworks(report, sheet, text)
  const notes = writeControls(report, sheet, text)
  writeNotes(report, notes, sheet, text)
  yield* sheet.end(text.of(`Kubescape ${version}, ${inputName(report)}`))
}

function writeHead(report: Report, sheet: Sheet, text: PageText): void {
  const { metadata, frameworks, counters, coverage, complianceScore, complianceWithoutExceptions } = report
  sheet.document.outline.addItem('Summary')
  sheet.paragraph('Kubescape report', 22, COLOURS.ink, true)
  const names = frameworks.map(({ name }) => name)
  const asked = names.length === 0 ? metadata.targetNames : names
  sheet.paragraph(text.of(asked.join(', ')), 11, COLOURS.ink)
  sheet.paragraph(text.of(`${inputName(report)}, scanned at ${dateOf(metadata.generationTime)}`), SIZE, COLOURS.faint)
  sheet.move(6)
  writeFigures(sheet, [
    [`${displayScore(complianceScore)}%`, 'compliance'],
    [`${displayScore(coverage.coverageScore)}%`, 'coverage'],
    [String(counters.failed), 'resources failed'],
    [String(counters.excluded), 'excluded'],
    [String(counters.skipped), 'action required'],
    [String(counters.passed), 'passed'],
  ])
  const excluded = report.controls.reduce((sum, control) => sum + control.counters.excluded, 0)
  if (excluded > 0 || complianceScore !== complianceWithoutExceptions) {
    sheet.paragraph(
      `Exceptions accept ${count(excluded, 'failure')}. Without them the compliance score would be ${displayScore(complianceWithoutExceptions)}%.`,
      SIZE,
      COLOURS.ink,
    )
  }
}

/** Large numbers side by side. */
function writeFigures(sheet: Sheet, figures: readonly (readonly [string, string])[]): void {
  const { document, y } = sheet
  const width = sheet.width / figures.length
  for (const [at, [figure, meaning]] of figures.entries()) {
    const x = MARGIN + at * width
    document.font('Helvetica-Bold').fontSize(20).fillColor(COLOURS.ink).text(figure, x, y, { width })
    document
      .font('Helvetica')
      .fontSize(SIZE)
      .fillColor(COLOURS.faint)
      .text(meaning, x, y + 23, { width })
  }
  sheet.move(46)
}

function writeFrameworks({ frameworks }: Report, sheet: Sheet, text: PageText): void {
  if (frameworks.length === 0) return
  sheet.section('Frameworks')
  const table = new Table(sheet, [
    { title: 'Framework', share: 40, align: 'left' },
    { title: 'Controls failed', share: 15, align: 'right' },
    { title: 'Resources failed', share: 16, align: 'right' },
    { title: 'Excluded', share: 13, align: 'right' },
    { title: 'Compliance', share: 16, align: 'right' },
  ])
  for (const { name, controls, counters, complianceScore } of frameworks) {
    const failed = controls.filter(({ status }) => status === 'failed').length
    const numbers = [
      `${failed} of ${controls.length}`,
      counters.failed,
      counters.excluded,
      `${displayScore(complianceScore)}%`,
    ]
    table.row([{ text: text.of(name) }, ...numbers.map((number) => ({ text: String(number) }))])
  }
}

/** The table of controls, the worst first; gives the texts that its marks stand for. */
function writeControls(report: Report, sheet: Sheet, text: PageText): string[] {
  sheet.section('Controls')
  const table = new Table(sheet, [
    { title: 'Ref', share: 9, align: 'left' },
    { title: 'Control', share: 44, align: 'left' },
    { title: 'Severity', share: 10, align: 'left' },
    { title: 'Failed', share: 8, align: 'right' },
    { title: 'Excluded', share: 10, align: 'right' },
    { title: 'All', share: 7, align: 'right' },
    { title: 'Compliance', share: 17, align: 'right' },
  ])
  const notes: string[] = []
  for (const result of worstFirst(report.controls)) table.row(controlCells(result, notes, text))
  return notes
}

function controlCells(result: ControlResult, notes: string[], text: PageText): Cell[] {
  const { control, severity, counters } = result
  const isBad = counters.failed > 0
  const url = controlUrl(control)
  return [
    { text: text.of(control.id), ...(url === '' ? {} : { link: url }) },
    { text: text.of(control.name) },
    { text: severity, ...(isBad ? { colour: COLOURS[severity] } : {}) },
    { text: String(counters.failed), ...(isBad ? { colour: COLOURS[severity] } : {}) },
    { text: String(counters.excluded) },
    { text: String(allResources(result)) },
    { text: scoreText(result, notes) },
  ]
}

/** The score; of a control that could not be judged, what to do, with the number of the note that says why. */
function scoreText({ status, subStatus, info, complianceScore }: ControlResult, notes: string[]): string {
  if (status !== 'skipped') return `${displayScore(complianceScore)}%`
  const note = info === '' ? subStatus : info
  if (!notes.includes(note)) notes.push(note)
  return `Action required [${notes.indexOf(note) + 1}]`
}

function writeNotes({ coverage }: Report, notes: readonly string[], sheet: Sheet, text: PageText): void {
  const { notEvaluated, notApplicable, documents } = coverage
  const lines = notes.map((note, at) => `[${at + 1}] ${note}`)
  const unread = documents.unread + documents.unreadableFiles
  if (unread > 0)
    lines.push(
      `${count(unread, 'document or file', 'documents or files')} could not be read, and nothing in them is judged.`,
    )
  for (const [reason, controls] of Map.groupBy(notEvaluated, (each) => each.reason)) {
    lines.push(
      `${idsOf(controls)} not evaluated: ${controls.length === 1 ? reason : reason.replace(/^needs /, 'need ')}`,
    )
  }
  if (notApplicable.length > 0) lines.push(`Not about this kind of input: ${count(notApplicable.length, 'control')}.`)
  const shown = lines.map((line) => text.of(line))
  if (text.isLossy)
    shown.push(`Characters that the fonts of this document do not have lost their marks, or stand as "${UNKNOWN}".`)
  if (shown.length === 0) return
  sheet.section('Notes')
  for (const line of shown) sheet.paragraph(line, SIZE, COLOURS.ink)
}

function idsOf(controls: readonly { readonly controlID: string }[]): string {
  return controls.map(({ controlID }) => controlID).join(', ')
}

function inputName({ metadata }: Report): string {
  const { input } = metadata
  if (input.kind === 'cluster') return `Cluster ${input.context}`
  return input.kind === 'stdin' ? 'Standard input' : input.paths.join(', ')
}

/** RFC 3339 as people read it: `2026-01-02 03:04 UTC`. */
function dateOf(time: string): string {
  return time.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z$/, '$1 $2 UTC')
}

function count(amount: number, noun: string, plural = `${noun}s`): string {
  return amount === 1 ? `1 ${noun}` : `${amount} ${plural}`
}
