/** The view of framework and control scans: one table with a row for each control. */
import { SEVERITIES, type ControlResult } from '@kubescape/results'

import { displayScore } from '../score.ts'
import { Footnotes } from './footnotes.ts'
import type { Page } from './page.ts'
import { renderScope, renderTotals } from './summary.ts'
import type { Column } from './table-layout.ts'
import { renderTable, type Cell } from './table.ts'
import { visible } from '../visible.ts'
import { pad, paragraph, truncate } from './wrap.ts'

const COLUMNS: readonly Column[] = [
  { header: 'SEVERITY' },
  { header: 'CONTROL NAME', flexible: true },
  { header: 'FAILED RESOURCES', align: 'right' },
  { header: 'EXCLUDED RESOURCES', align: 'right' },
  { header: 'ALL RESOURCES', align: 'right' },
  { header: 'COMPLIANCE', align: 'right' },
]
const LONGEST_NAME = 72

/** What was scanned, the table with its footnotes, and the totals. */
export function* renderControlView(page: Page): Generator<string> {
  const { paints, width, textWidth } = page
  yield* renderScope(page)
  yield ''
  const controls = rowsOf(page)
  if (controls.length > 0) {
    const notes = new Footnotes(controls.map(({ info }) => info))
    const numbers = numbersOf(page)
    const rows = controls.map((result) => rowOf(result, notes, page))
    if (numbers !== undefined) {
      rows.forEach((row, at) => row.splice(1, 0, { text: visible(numbers[controls[at]?.control.id ?? ''] ?? '') }))
    }
    const columns = numbers === undefined ? COLUMNS : COLUMNS.toSpliced(1, 0, { header: 'NUMBER' })
    yield* renderTable({ columns, rows, width, header: paints.bold })
    for (const { mark, text } of notes.notes()) {
      yield* paragraph(`${pad(mark, 3)} `, `Action required: ${visible(text)}`, textWidth)
    }
    yield ''
  }
  yield* renderTotals(page)
}

/** The numbers of the framework, when it is the only one that was asked for and numbers its controls. */
function numbersOf({ report }: Page): Readonly<Record<string, string>> | undefined {
  const [framework, ...others] = report.frameworks
  if (framework === undefined || others.length > 0) return undefined
  return Object.keys(framework.numbers).length === 0 ? undefined : framework.numbers
}

/** Worst first. What passed is left out when something failed, unless everything is wanted. */
function rowsOf({ report, context }: Page): ControlResult[] {
  const showPassed = context.verbose || report.controls.every(({ status }) => status !== 'failed')
  return report.controls
    .filter(({ status, subStatus }) => showPassed || status !== 'passed' || subStatus === 'w/exceptions')
    .toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || compare(a, b))
}

function compare({ control: a }: ControlResult, { control: b }: ControlResult): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

function rowOf(result: ControlResult, notes: Footnotes, { paints }: Page): Cell[] {
  const { severity, control, counters, status, subStatus, complianceScore, info } = result
  const { passed, failed, skipped, excluded } = counters
  const whole = subStatus === 'irrelevant' ? { paint: paints.dim } : {}
  const mark = notes.markOf(info)
  return [
    {
      text: severity,
      ...(status === 'skipped' ? {} : { paint: status === 'failed' ? paints.severity(severity) : paints.dim }),
    },
    { text: truncate(visible(control.name), LONGEST_NAME), ...whole },
    { text: String(failed), ...(failed > 0 ? { paint: paints.bold } : whole) },
    { text: String(excluded), ...whole },
    { text: String(passed + failed + skipped + excluded), ...whole },
    status === 'skipped'
      ? { text: `Action Required${mark === '' ? '' : ` ${mark}`}`, paint: paints.warning }
      : { text: `${displayScore(complianceScore)}%`, ...whole },
  ]
}
