/** The overview of a bare scan: what failed by category, scores, and where to look next. */
import type { ControlResult } from '@kubescape/results'

import { preciseScore } from '../score.ts'
import { command, quoted, type Page } from './page.ts'
import { renderRiskiest } from './riskiest.ts'
import { inputName, judgedResources, place, renderExcluded } from './summary.ts'
import type { Column } from './table-layout.ts'
import { renderTable } from './table.ts'
import { visible } from '../visible.ts'
import { widthOf } from './width.ts'
import { pad, paragraph } from './wrap.ts'

/** Categories that a sub-category decides, in their order; others follow by name. */
const ORDER = ['Workload', 'Access control', 'Secrets', 'Network', 'Control plane']
const OTHER = 'Other'

const COLUMNS: readonly Column[] = [
  { header: 'Control name', flexible: true },
  { header: 'Resources', align: 'right' },
  { header: 'View details', whole: true },
]

/** Heading, the riskiest workloads, a table for each category with failures, scores, next steps. */
export function* renderSecurityView(page: Page): Generator<string> {
  const { report, paints } = page
  yield paints.bold(`Security overview of ${inputName(report)}`)
  yield `${judgedResources(report)} ${place(report)}`
  yield ''
  const failed = report.controls.filter(({ status }) => status === 'failed')
  if (failed.length === 0) yield* renderNoFailures(page)
  yield* renderRiskiest(page)
  const alike = failed.map((each) => rowOf(each, page))
  for (const [category, results] of byCategory(failed)) {
    yield paints.bold(category)
    const rows = results.map((each) => rowOf(each, page))
    yield* renderTable({ columns: COLUMNS, rows, alike, width: page.width, header: paints.dim })
    yield ''
  }
  yield* renderUndecided(page)
  yield* renderScores(page)
  yield* renderNextSteps(page, failed)
}

function* renderNoFailures({ report, paints }: Page): Generator<string> {
  const { passed, failed, skipped, excluded } = report.counters
  const decided = report.controls.filter(({ status }) => status === 'passed').length
  if (passed + failed + skipped + excluded === 0) {
    yield paints.warning('Nothing was judged: there is no resource that these controls look at.')
  } else {
    yield paints.good(
      decided === 1
        ? 'No failures: the one decided control passed.'
        : `No failures: all ${decided} decided controls passed.`,
    )
  }
  yield ''
}

/** Categories in their order, controls by name. */
function byCategory(results: readonly ControlResult[]): [string, ControlResult[]][] {
  const groups = Map.groupBy(results, categoryOf)
  return [...groups]
    .map(([category, each]): [string, ControlResult[]] => [
      category,
      each.toSorted((a, b) => compare(a.control.name, b.control.name)),
    ])
    .toSorted(([a], [b]) => rank(a) - rank(b) || compare(a, b))
}

function categoryOf({ control }: ControlResult): string {
  const { category = OTHER, subCategory } = control
  return subCategory !== undefined && ORDER.includes(subCategory) ? subCategory : category
}

function rank(category: string): number {
  const at = ORDER.indexOf(category)
  return at < 0 ? ORDER.length + (category === OTHER ? 1 : 0) : at
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function rowOf({ control, counters }: ControlResult, page: Page): { text: string; paint?: (text: string) => string }[] {
  return [
    { text: control.name },
    { text: String(counters.failed), paint: page.paints.bold },
    { text: command(page, `scan control ${control.id}`, '-v'), paint: page.paints.dim },
  ]
}

/** Controls that need something from a person, with what that is. */
function* renderUndecided({ report, paints, textWidth }: Page): Generator<string> {
  const undecided = report.controls.filter(({ status }) => status === 'skipped')
  if (undecided.length === 0) return
  yield paints.bold('Action required')
  for (const [info, results] of Map.groupBy(undecided, (result) => result.info)) {
    const ids = results.map(({ control }) => visible(control.id)).join(', ')
    yield* paragraph('  - ', `${ids}${info === '' ? '' : `: ${visible(info)}`}`, textWidth)
  }
  yield ''
}

function* renderScores({ report, paints, textWidth }: Page): Generator<string> {
  if (report.frameworks.length === 0) return
  yield paints.bold('Compliance scores')
  const names = report.frameworks.map(({ name }) => visible(name))
  const width = Math.max(...names.map(widthOf))
  for (const [at, { complianceScore }] of report.frameworks.entries()) {
    yield `  ${pad(names[at] ?? '', width)}  ${pad(preciseScore(complianceScore), 6, 'right')}%`
  }
  yield* renderExcluded(report, textWidth)
  yield ''
}

function* renderNextSteps(page: Page, failed: readonly ControlResult[]): Generator<string> {
  const worst = failed.toSorted((a, b) => b.control.baseScore - a.control.baseScore)[0]
  const steps = [
    ...(worst === undefined
      ? []
      : [[command(page, `scan control ${worst.control.id}`, '-v'), 'one control, resource by resource']]),
    [command(page, `scan framework ${frameworkOf(page)}`), 'every control of a framework'],
    [command(page, 'scan', '--format json'), 'the whole report for programs'],
  ]
  yield page.paints.bold('What next')
  const width = Math.max(...steps.map(([text = '']) => widthOf(text)))
  const fits = steps.every(([, why = '']) => width + widthOf(why) + 4 <= page.width)
  for (const [text = '', why = ''] of steps) yield fits ? `  ${pad(text, width)}  ${page.paints.dim(why)}` : `  ${text}`
}

/** One that there is: published policies may stand instead of the built-in ones. */
function frameworkOf({ report, context }: Page): string {
  const [first] = report.frameworks
  return first === undefined || (context.policyFlags ?? []).length === 0 ? 'nsa' : quoted(first.name)
}
