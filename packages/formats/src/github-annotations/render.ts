/** A workflow command for each failed control and resource, the worst first: `::error file=a.yaml,line=3,col=5,title=C-0057 ...::text`. */
import { severityOf, type Finding, type Report, type Severity, type Verdict } from '@kubescape/results'

import type { LocatedFinding } from '../evidence.ts'
import { clipped, findingText, resourceText, sentence } from '../finding-text.ts'
import type { RenderContext } from '../format.ts'
import { findingsOf, messagesOf, worstFirst } from '../listing.ts'
import { SourceNames } from '../source-names.ts'
import { visible } from '../visible.ts'

/** GitHub shows no more of a job. */
const MOST = 50
/** Fields that an annotation names. */
const MOST_NAMED = 5
const LONGEST = 4000
/** The object itself, as a finding. */
const WHOLE: Finding = { role: 'failed', path: '' }
const LEVELS: Readonly<Record<Severity, string>> = {
  Critical: 'error',
  High: 'error',
  Medium: 'warning',
  Low: 'notice',
  Unknown: 'notice',
}

/** Renders the report. */
export function* render(report: Report, { evidence, roots }: RenderContext): Generator<string> {
  evidence.prepare({ wholeObjects: true })
  const names = new SourceNames(roots)
  let count = 0
  for (const verdict of failures(report)) {
    if (count++ >= MOST) continue
    const { findings } = findingsOf(verdict)
    const places = findings.slice(0, MOST_NAMED).map((finding) => evidence.place(verdict.ref, finding))
    const place = places[0] ?? evidence.place(verdict.ref, WHOLE)
    yield annotation(report, verdict, { names, place, places, more: findings.length - places.length })
  }
  if (count > MOST) {
    yield `::notice title=kubescape::${escaped(`${count - MOST} of ${count} failures are not marked here: the worst ${MOST} are. The report has all.`)}\n`
  }
}

function* failures(report: Report): Generator<Verdict> {
  for (const control of worstFirst(report.controls)) {
    if (control.counters.failed === 0) continue
    for (const verdict of report.byControl(control)) if (verdict.status === 'failed') yield verdict
  }
}

interface Place {
  readonly names: SourceNames
  readonly place: LocatedFinding
  readonly places: readonly LocatedFinding[]
  readonly more: number
}

function annotation(report: Report, verdict: Verdict, { names, place, places, more }: Place): string {
  const { control, ref } = verdict
  const { id, name, baseScore, repair } = control.control
  const file = names.relative(place.file)
  const properties = [
    ...(file === undefined ? [] : [`file=${escapedProperty(visible(file))}`]),
    ...(file === undefined || place.line === 0 ? [] : [`line=${place.line}`, ...columns(place)]),
    `title=${escapedProperty(visible(`${id} ${name}`))}`,
  ]
  const fields = places.map((each) => findingText(report, ref, each))
  if (more > 0) fields.push(`and ${more} more`)
  const said = messagesOf(verdict).map((message) => ` ${sentence(message)}`)
  const what = visible(
    `${resourceText(report, ref)}${fields.length === 0 ? '' : ': '}${fields.join(', ')}.${said.join('')}`,
  )
  const text = clipped(what, LONGEST)
  return `::${LEVELS[severityOf(baseScore)]} ${properties.join(',')}::${escaped(`${text}\n${visible(repair)}`)}\n`
}

/** Columns mark a part of one line only. */
function columns({ line, endLine, column, endColumn, exact, path }: LocatedFinding): string[] {
  if (!exact || path === '') return [`col=${column}`]
  if (endLine > line) return [`endLine=${endLine}`]
  return [`col=${column}`, `endColumn=${endColumn}`]
}

/** The escapes of workflow commands. */
function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
