/** The parts of the summary about single resources: what failed where, and what exceptions accept. */
import type { ControlResult, Finding, Report, Verdict } from '@kubescape/results'

import type { Evidence } from '../evidence.ts'
import type { RenderContext } from '../format.ts'
import { controlUrl, exceptionsOf, findingsOf, messagesOf, namedResource, notPassed } from '../listing.ts'
import { valueText } from '../value-text.ts'
import { code, htmlText, prose } from './escape.ts'
import type { Room } from './room.ts'

const MOST_RESOURCES = 20
const MOST_FINDINGS = 3
const MOST_EXCLUDED = 50

/** A block that opens: why and how to repair, and the resources that failed. */
export function detailsOf(
  { control, severity, counters }: ControlResult,
  verdicts: Iterable<Verdict>,
  report: Report,
  { evidence }: RenderContext,
): string {
  const amounts = `${counters.failed} failed${counters.excluded > 0 ? `, ${counters.excluded} excluded by exceptions` : ''}`
  const url = controlUrl(control)
  const lines = [
    `<details>\n<summary><b>${htmlText(control.id)} ${htmlText(control.name)}</b> (${severity}): ${amounts}</summary>\n`,
    `${prose(control.why)}\n`,
    `**Repair:** ${prose(control.repair)}${url === '' ? '' : ` [Documentation](${url})`}\n`,
    '| Resource | Kind | Namespace | Where | What |',
    '| :-- | :-- | :-- | :-- | :-- |',
  ]
  let shown = 0
  for (const verdict of verdicts) {
    if (verdict.status !== 'failed') continue
    if (shown === MOST_RESOURCES) break
    lines.push(resourceRow(verdict, report, evidence))
    shown++
  }
  if (shown < counters.failed) lines.push(`\n${counters.failed - shown} more of the same control not shown.`)
  return `${lines.join('\n')}\n\n</details>\n\n`
}

function resourceRow(verdict: Verdict, report: Report, evidence: Evidence): string {
  const { kind, namespace, name, file, line } = namedResource(report, verdict.ref)
  const { findings } = findingsOf(verdict)
  const [first] = findings
  const place = first === undefined ? undefined : evidence.place(verdict.ref, first)
  const where =
    place === undefined || place.line === 0 ? (file === '' ? '' : `${file}:${line}`) : `${place.file}:${place.line}`
  const shown = findings.slice(0, MOST_FINDINGS).map((finding) => {
    const values = valueText(evidence.place(verdict.ref, finding))
    return `${findingText(finding)}${values === '' ? '' : ` (${code(values)})`}`
  })
  if (findings.length > shown.length) shown.push(`${findings.length - shown.length} more`)
  shown.push(...messagesOf(verdict).map((message) => htmlText(message)))
  return `| ${[code(name), code(kind), code(namespace), code(where), shown.join('<br>')].join(' | ')} |`
}

function findingText({ path, fix }: Finding): string {
  const where = code(path)
  if (fix === undefined) return where
  const target = fix.path === path ? '' : ` ${code(fix.path)}`
  if (fix.action === 'remove') return `${where}: remove${target}`
  return fix.value.startsWith('YOUR_') ? `${where}: choose a value` : `${where}: set${target} to ${code(fix.value)}`
}

/** What exceptions accept, and why; `reserve` bytes of the room stay free. */
export function* excludedTable(
  report: Report,
  controls: readonly ControlResult[],
  room: Room,
  reserve: number,
): Generator<string> {
  const amount = controls.reduce((sum, { counters }) => sum + counters.excluded, 0)
  if (amount === 0) return
  const head = `<details>\n<summary><b>Excluded by exceptions</b>: ${amount}</summary>\n\n| Control | Resource | Kind | Namespace | Exception | Reason | Until |\n| :-- | :-- | :-- | :-- | :-- | :-- | :-- |\n`
  if (!room.takes(head, reserve)) return
  yield head
  let shown = 0
  for (const row of excludedRows(report, controls)) {
    if (shown === MOST_EXCLUDED || !room.takes(row, reserve)) break
    yield row
    shown++
  }
  yield `${shown < amount ? `\n${amount - shown} more not shown.\n` : ''}\n</details>\n\n`
}

function* excludedRows(report: Report, controls: readonly ControlResult[]): Generator<string> {
  for (const result of controls) {
    if (result.counters.excluded === 0) continue
    for (const verdict of notPassed(report, result)) {
      if (verdict.status !== 'excluded') continue
      const { kind, namespace, name } = namedResource(report, verdict.ref)
      const [exception] = exceptionsOf(verdict)
      const { name: title = '', reason = '', expires = '' } = exception ?? {}
      const cells = [result.control.id, name, kind, namespace, title, reason, expires].map(code)
      yield `| ${cells.join(' | ')} |\n`
    }
  }
}
