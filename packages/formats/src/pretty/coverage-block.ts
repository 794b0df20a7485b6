/** What the scan could not read or judge, in a few lines. */
import type { Coverage, NodeCoverage, Unjudged, UnreadType } from '@kubescape/results'

import { count, type Page } from './page.ts'
import { visible } from '../visible.ts'
import { paragraph } from './wrap.ts'

/** Reasons that are given one by one without `--verbose`. */
const MOST_REASONS = 3
/** Ids that are listed without `--verbose`. */
const MOST_IDS = 5
const BULLET = '  - '

/** The block; empty when everything was read and judged. */
export function* renderCoverage(page: Page): Generator<string> {
  const { report, paints, textWidth } = page
  const { coverage } = report
  const lines = [...gapsOf(page)]
  if (lines.length === 0) return
  const { evaluatedControls, totalControls } = coverage
  yield paints.bold(`Coverage: ${evaluatedControls} of ${count(totalControls, 'control')} evaluated`)
  for (const line of lines) {
    yield* paragraph(BULLET, line, textWidth)
  }
}

function* gapsOf({ report, context }: Page): Generator<string> {
  const { coverage } = report
  yield* unreadLines(coverage)
  yield* unreadTypeLines(coverage.unreadTypes, context.verbose)
  yield* nodeLines(coverage.nodes, context.verbose)
  yield* notEvaluatedLines(coverage.notEvaluated, context.verbose)
  const { notApplicable, unknownWorkloads, vacuousFrameworks } = coverage
  yield* notApplicableLines(notApplicable, context.verbose)
  if (unknownWorkloads.length > 0) {
    const kinds = unknownWorkloads.map((each) => `${visible(each.kind)} (${each.count})`).join(', ')
    yield `no control knows these kinds, which have a pod template: ${kinds}`
  }
  if (vacuousFrameworks.length > 0) {
    yield `nothing of the input concerns ${vacuousFrameworks.map(visible).join(', ')}; that score says nothing`
  }
}

/** One line for each reason: what the controls apply to (`applies to ...`), or why nobody can judge them here. */
function* notApplicableLines(unjudged: readonly Unjudged[], verbose: boolean): Generator<string> {
  for (const [reason, controls] of Map.groupBy(unjudged, (each) => visible(each.reason))) {
    const amount = count(controls.length, 'control')
    const which = ids(
      controls.map(({ controlID }) => controlID),
      verbose,
    )
    const phrase = controls.length === 1 ? reason : reason.replace(/^applies /, 'apply ')
    yield reason.startsWith('applies ')
      ? `${amount} ${phrase}${which}`
      : `${reason}: ${amount} about it cannot be judged${which}`
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

/** One line for types that could not be read at all, one for those of which some namespaces were read. */
function* unreadTypeLines(types: readonly UnreadType[], verbose: boolean): Generator<string> {
  const [part = [], whole = []] = [true, false].map((inPart) =>
    types.filter(({ partOf }) => (partOf !== undefined) === inPart),
  )
  const named = (some: readonly UnreadType[]): string =>
    listed(
      some.map(({ resource }) => resource),
      verbose,
    )
  const [first] = whole
  if (first !== undefined)
    yield `${count(whole.length, 'type')} could not be read: ${named(whole)} (${visible(first.error)})`
  if (part.length > 0) yield `${count(part.length, 'type')} could be read in some namespaces only: ${named(part)}`
}

/** One line about the nodes that gave no facts, by what kept them from it. */
function* nodeLines(nodes: readonly NodeCoverage[], verbose: boolean): Generator<string> {
  const without = nodes.filter(({ reason }) => reason !== undefined)
  if (without.length === 0) return
  const reasons = Array.from(
    Map.groupBy(without, ({ reason = '' }) => reason),
    ([reason, some]) =>
      `${listed(
        some.map(({ name }) => name),
        verbose,
      )} (${visible(reason)})`,
  )
  const most = verbose || reasons.length === MOST_REASONS + 1 ? reasons.length : MOST_REASONS
  const more = reasons.length > most ? [`${reasons.length - most} more reasons, see them with -v`] : []
  const verb = without.length === 1 ? 'gave no facts and is' : 'gave no facts and are'
  yield `${without.length} of ${count(nodes.length, 'node')} ${verb} not judged: ${[...reasons.slice(0, most), ...more].join('; ')}`
}

/** One line for each reason, the most frequent first. */
function* notEvaluatedLines(unjudged: readonly Unjudged[], verbose: boolean): Generator<string> {
  const reasons = [...Map.groupBy(unjudged, ({ reason }) => reasonText(reason, verbose))]
  reasons.sort(([, a], [, b]) => b.length - a.length)
  const most = verbose || reasons.length === MOST_REASONS + 1 ? reasons.length : MOST_REASONS
  for (const [reason, controls] of reasons.slice(0, most)) {
    const phrase = controls.length === 1 ? reason : reason.replace(/^needs /, 'need ')
    yield `${count(controls.length, 'control')} ${phrase}: ${listed(
      controls.map(({ controlID }) => controlID),
      verbose,
    )}`
  }
  const rest = reasons.slice(most).flatMap(([, controls]) => controls)
  if (rest.length > 0) yield `${count(rest.length, 'more control')} not evaluated; see the reasons with -v`
}

/**
 * The reason as the rest of a sentence about controls. In a short block it goes without the kinds that carry what is
 * missing, which stand in parentheses at its end.
 */
function reasonText(reason: string, verbose: boolean): string {
  const text = visible(reason).replace(/\.$/, '')
  const short = verbose ? text : text.replace(/ \([^()]*\)$/, '')
  return /^(?:It|needs) /.test(short) ? short.replace(/^It /, '') : `not evaluated (${short})`
}

function listed(controlIDs: readonly string[], verbose: boolean): string {
  const most = verbose || controlIDs.length === MOST_IDS + 1 ? controlIDs.length : MOST_IDS
  const names = controlIDs.slice(0, most).map(visible)
  return [...names, ...(controlIDs.length > most ? [`${controlIDs.length - most} more`] : [])].join(', ')
}

function ids(controlIDs: readonly string[], verbose: boolean): string {
  return verbose ? `: ${controlIDs.map(visible).join(', ')}` : ''
}
