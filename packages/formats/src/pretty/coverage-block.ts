/** What the scan could not read or judge, in a few lines. */
import type { Coverage, Unjudged } from '@kubescape/results'

import { count, type Page } from './page.ts'
import { visible } from './visible.ts'
import { paragraph, truncate } from './wrap.ts'

/** Reasons that are given one by one without `--verbose`. */
const MOST_REASONS = 3
const BULLET = '  - '

/** The block; empty when everything was read and judged. */
export function* renderCoverage(page: Page): Generator<string> {
  const { report, context, paints, textWidth } = page
  const { coverage } = report
  const lines = [...gapsOf(page)]
  if (lines.length === 0) return
  const { evaluatedControls, totalControls } = coverage
  yield paints.bold(`Coverage: ${evaluatedControls} of ${count(totalControls, 'control')} evaluated`)
  for (const line of lines) {
    if (context.verbose) yield* paragraph(BULLET, line, textWidth)
    else yield BULLET + truncate(line, page.width - BULLET.length)
  }
}

function* gapsOf({ report, context }: Page): Generator<string> {
  const { coverage } = report
  yield* unreadLines(coverage)
  yield* notEvaluatedLines(coverage.notEvaluated, context.verbose)
  const asked = coverage.totalControls + coverage.notApplicable.length
  const { undeclared, notApplicable, unknownWorkloads, vacuousFrameworks } = coverage
  if (undeclared.length > 0) {
    const names =
      report.frameworks.length === 0 ? 'the scan' : report.frameworks.map(({ name }) => visible(name)).join(', ')
    yield `${undeclared.length} of ${count(asked, 'control')} of ${names} ${be(undeclared.length)} not judged by this version yet${ids(undeclared, context.verbose)}`
  }
  if (notApplicable.length > 0) {
    const verb = notApplicable.length === 1 ? 'applies' : 'apply'
    const which = ids(
      notApplicable.map(({ controlID }) => controlID),
      context.verbose,
    )
    yield `${count(notApplicable.length, 'control')} ${verb} to clusters only; use --as-cluster if these files are a dump of a cluster${which}`
  }
  if (unknownWorkloads.length > 0) {
    const kinds = unknownWorkloads.map((each) => `${visible(each.kind)} (${each.count})`).join(', ')
    yield `no control knows these kinds, which have a pod template: ${kinds}`
  }
  if (vacuousFrameworks.length > 0) {
    yield `nothing of the input concerns ${vacuousFrameworks.map(visible).join(', ')}; that score says nothing`
  }
}

function* unreadLines({ documents, problems }: Coverage): Generator<string> {
  const { unread, unreadableFiles } = documents
  const parts = [
    ...(unread > 0 ? [count(unread, 'document')] : []),
    ...(unreadableFiles > 0 ? [count(unreadableFiles, 'file')] : []),
  ]
  const told = problems.length > 0 ? `${count(problems.length, 'problem')} reported` : ''
  if (parts.length > 0) yield `${parts.join(' and ')} could not be read${told === '' ? '' : ` (${told})`}`
  else if (told !== '') yield told
}

/** One line for each reason, the most frequent first. */
function* notEvaluatedLines(unjudged: readonly Unjudged[], verbose: boolean): Generator<string> {
  const reasons = [...Map.groupBy(unjudged, ({ reason }) => reason)].toSorted(([, a], [, b]) => b.length - a.length)
  const most = verbose || reasons.length === MOST_REASONS + 1 ? reasons.length : MOST_REASONS
  for (const [reason, controls] of reasons.slice(0, most)) {
    const why = visible(reason)
      .replace(/^It needs |^needs /, controls.length === 1 ? 'needs ' : 'need ')
      .replace(/\.$/, '')
    const list = controls.map(({ controlID }) => visible(controlID)).join(', ')
    yield `${count(controls.length, 'control')} ${/^needs? /.test(why) ? why : `not evaluated (${why})`}: ${list}`
  }
  const rest = reasons.slice(most).flatMap(([, controls]) => controls)
  if (rest.length > 0) {
    yield `${count(rest.length, 'more control')} not evaluated, for ${count(reasons.length - most, 'other reason')}; see them with -v`
  }
}

function ids(controlIDs: readonly string[], verbose: boolean): string {
  return verbose ? `: ${controlIDs.map(visible).join(', ')}` : ''
}

function be(amount: number): string {
  return amount === 1 ? 'is' : 'are'
}
