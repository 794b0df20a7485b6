/** A comparison for the terminal: what is new, what cannot be compared and what is resolved; of the rest only how much. */
import { countBuckets, type Bucket, type ComparedFailure, type Comparison } from '@kubescape/results/comparison'

import { visible } from '../visible.ts'
import { faultOf, HEADINGS, placeOf, summaryLine } from './wording.ts'

const LISTED: readonly Bucket[] = ['new', 'incomparable', 'resolved']
/** More than this nobody reads on a terminal. */
const MOST = 200
const COLOURS: Readonly<Record<Bucket, number>> = { new: 31, incomparable: 33, resolved: 32, unchanged: 0 }

/** Renders the comparison. */
export function* renderPrettyDiff(comparison: Comparison, colour: boolean): Generator<string> {
  const counts = countBuckets(comparison)
  for (const warning of comparison.warnings) yield `${visible(warning)}\n`
  if (comparison.warnings.length > 0) yield '\n'
  for (const bucket of LISTED) {
    if (counts[bucket] === 0) continue
    const heading = `${HEADINGS[bucket]} (${counts[bucket]})`
    yield `${colour ? `\u001B[1;${COLOURS[bucket]}m${heading}\u001B[0m` : heading}\n`
    yield* list(comparison.failures.filter((failure) => failure.bucket === bucket))
    yield '\n'
  }
  yield `${summaryLine(counts)}\n`
}

function* list(failures: readonly ComparedFailure[]): Generator<string> {
  let above = ''
  for (const failure of failures.slice(0, MOST)) {
    // Reasons are those of a control on a resource, and mostly of all that it fails.
    const reason = failure.reason === '' ? '' : `            ${visible(failure.reason)}\n`
    const heading = `  ${failure.severity.padEnd(8)}  ${visible(`${failure.controlID}  ${failure.controlName}`)}\n${reason}`
    if (heading !== above) yield heading
    above = heading
    const parts = [visible(failure.resource), placeOf(failure), faultOf(failure)].filter((part) => part !== '')
    yield `      ${parts.join('  ')}\n`
  }
  if (failures.length > MOST) yield `      and ${failures.length - MOST} more; --format json lists all of them\n`
}
