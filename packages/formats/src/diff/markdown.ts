/** A comparison as Markdown that fits a comment on a pull request: tables of what is new, not comparable and resolved. */
import { countBuckets, type Bucket, type ComparedFailure, type Comparison } from '@kubescape/results/comparison'

import { faultOf, HEADINGS, placeOf, summaryLine } from './wording.ts'
import { visible } from '../visible.ts'

const LISTED: readonly Bucket[] = ['new', 'incomparable', 'resolved']
/** Comments of code hosts end at 65,536 characters. */
const ROOM = 60_000

/** Renders the comparison. */
export function* renderMarkdownDiff(comparison: Comparison): Generator<string> {
  const counts = countBuckets(comparison)
  const [title] = counts.new > 0 ? ['New failures'] : ['No new failures']
  yield `## Kubescape: ${title}\n\n${summaryLine(counts)}\n`
  for (const warning of comparison.warnings) yield `\n> ${escaped(warning)}\n`
  let room = ROOM
  for (const bucket of LISTED) {
    const failures = comparison.failures.filter((failure) => failure.bucket === bucket)
    if (failures.length === 0) continue
    yield `\n### ${HEADINGS[bucket]} (${failures.length})\n\n`
    yield '| Severity | Control | Resource | Where | Why |\n| --- | --- | --- | --- | --- |\n'
    for (const [at, failure] of failures.entries()) {
      const line = row(failure)
      room -= line.length
      if (room < 0) {
        yield `\nand ${failures.length - at} more\n`
        break
      }
      yield line
    }
  }
}

function row(failure: ComparedFailure): string {
  const control = `${escaped(failure.controlID)} ${escaped(failure.controlName)}`
  const why = failure.reason === '' ? code(faultOf(failure)) : escaped(failure.reason)
  return `| ${failure.severity} | ${control} | ${code(failure.resource)} | ${code(placeOf(failure))} | ${why} |\n`
}

/** Text that means nothing in Markdown or HTML, and does not end a cell. */
function escaped(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_{}[\]()#+!|>~@-]/g, (char) => `&#${char.charCodeAt(0)};`)
}

/** Code without backticks and bars: names in tables end at them. */
function code(text: string): string {
  return text === '' ? '' : `<code>${escaped(text)}</code>`
}
