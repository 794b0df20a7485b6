/** CSV as in RFC 4180, with cells that no spreadsheet takes for formulas. */
import type { ControlResult, Finding, Ref, Report, Verdict } from '@kubescape/results'

import { valueSetOf } from '../finding-text.ts'
import { controlUrl, findingsOf, namedResource, notPassed } from '../listing.ts'

const COLUMNS = [
  'Control Name',
  'Control ID',
  'Severity',
  'Status',
  'Resource Name',
  'Resource Kind',
  'Resource Namespace',
  'API Version',
  'Failed Paths',
  'Fix Paths',
  'Remediation',
  'Control URL',
  'Source Path',
]

/** Renders the report. */
export function* render(report: Report): Generator<string> {
  yield `${COLUMNS.map(cell).join(',')}\r\n`
  const resources = new Map<Ref, { name: string; file: string }>()
  const resourceOf = (ref: Ref): { name: string; file: string } => {
    let written = resources.get(ref)
    if (written === undefined) {
      const { name, kind, namespace, apiVersion, file } = namedResource(report, ref)
      const valueSet = valueSetOf(report, ref)
      const source = valueSet === '' ? file : `${file} (values ${valueSet})`
      written = { name: [name, kind, namespace, apiVersion].map(cell).join(','), file: cell(source) }
      resources.set(ref, written)
    }
    return written
  }
  for (const result of report.controls) {
    const { before, after } = columnsOf(result)
    for (const verdict of notPassed(report, result)) {
      const { name, file } = resourceOf(verdict.ref)
      yield `${before},${verdict.status},${name},${pathCells(verdict)},${after},${file}\r\n`
    }
  }
}

/** What is the same in every row of a control: what stands before the status, and what stands between paths and source. */
function columnsOf({ control, severity }: ControlResult): { before: string; after: string } {
  return {
    before: [control.name, control.id, severity].map(cell).join(','),
    after: [control.repair, controlUrl(control)].map(cell).join(','),
  }
}

/** The fields at fault and the edits. Of an excluded resource they are those that exceptions accept. */
function pathCells(verdict: Verdict): string {
  const { findings, excepted } = findingsOf(verdict)
  const shown = verdict.status === 'excluded' ? excepted : findings
  const failed = new Set(shown.map(({ path }) => path))
  const fixes = new Set(shown.flatMap(fixText))
  return `${cell([...failed].join('; '))},${cell([...fixes].join('; '))}`
}

function fixText({ fix }: Finding): string[] {
  if (fix === undefined) return []
  return [fix.action === 'set' ? `${fix.path}=${fix.value}` : `${fix.path}=(remove)`]
}

/** A spreadsheet takes cells that begin with one of these for formulas. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/
/** Semicolons separate cells where commas are decimal points. */
const QUOTED = /[",;\r\n\t']|^\s|\s$/

/** A cell; an apostrophe in front makes text of what would be a formula. */
function cell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text
  return QUOTED.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
