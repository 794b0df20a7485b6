/** The view by resource: every resource that did not pass, file by file, with everything that is wrong with it. */
import { SEVERITIES, type Origin, type Ref, type Verdict } from '@kubescape/results'

import { renderExcluded } from './excluded-block.ts'
import type { Page } from './page.ts'
import { SourceLines } from '../source-lines.ts'
import { subjectName } from './subject-name.ts'
import { renderScope, renderTotals } from './summary.ts'
import { renderVerdict } from './verdict-block.ts'
import { visible } from '../visible.ts'
import { widthOf } from './width.ts'
import { pad, paragraph, wrap } from './wrap.ts'

/** What was scanned, the resources, and the totals. */
export function* renderResourceView(page: Page): Generator<string> {
  yield* renderScope(page)
  yield ''
  let any = false
  for (const line of renderResources(page)) {
    any = true
    yield line
  }
  if (!any) {
    yield page.paints.good('No resource failed.')
    yield ''
  }
  if (page.context.verbose) yield* renderExcluded(page)
  if (page.context.verbose && page.report.metadata.targetType === 'workload') yield* renderPassed(page)
  yield* renderTotals(page)
}

/** What the one workload of a scan passed; worst first. */
function* renderPassed({ report, paints, textWidth }: Page): Generator<string> {
  const passed = report.controls.filter(({ status, counters }) => status === 'passed' && counters.passed > 0)
  if (passed.length === 0) return
  yield paints.bold('Passed')
  const ranked = passed.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
  for (const { control, severity } of ranked) {
    yield* paragraph(`  ${pad(severity, 8)}  `, visible(`${control.id} ${control.name}`), textWidth)
  }
  yield ''
}

/** The resources with failures. Objects come in the order in which they were read, subjects of bindings after them. */
export function* renderResources(page: Page): Generator<string> {
  const { report, context } = page
  const sources = new SourceLines(report, context.evidence)
  const controls = new Set<string>()
  for (const ref of report.subjects.keys()) {
    const verdicts = verdictsOf(page, ref)
    if (verdicts.length === 0) continue
    yield* renderHeading(page, ref, verdicts, sources)
    const shown = { controls, lines: new Set<string>() }
    for (const verdict of verdicts) {
      yield* renderVerdict(page, verdict, sources, shown)
      yield ''
    }
  }
}

/** What failed, and what a person has to look at; worst first. */
function verdictsOf({ report }: Page, ref: Ref): Verdict[] {
  const verdicts: Verdict[] = []
  for (const verdict of report.bySubject(ref)) {
    if (verdict.status === 'passed' || verdict.status === 'excluded') continue
    if (verdict.status === 'failed' || verdict.rules.some(({ findings }) => findings.length > 0)) verdicts.push(verdict)
  }
  return verdicts.toSorted((a, b) => rank(a) - rank(b))
}

function rank({ control }: Verdict): number {
  return SEVERITIES.indexOf(control.severity)
}

function* renderHeading(page: Page, ref: Ref, verdicts: readonly Verdict[], sources: SourceLines): Generator<string> {
  const { report, paints, width } = page
  const name = subjectName(report, ref)
  const place = placeOf(page, ref, verdicts, sources)
  const used = widthOf(name) + widthOf(place) + 8
  if (used <= width) {
    yield `── ${paints.bold(name)}${place === '' ? '' : `  ${place}`} ${'─'.repeat(width - used + (place === '' ? 4 : 2))}`
  } else {
    for (const [at, line] of wrap(name, width - 3).entries()) yield `${at === 0 ? '── ' : '   '}${paints.bold(line)}`
    if (place !== '') yield* wrap(place, width - 3).map((line) => `   ${line}`)
  }
  yield countsOf(page, verdicts)
  yield ''
}

/** Where the object begins; of an item of a list, where its first finding is. */
function placeOf({ report, context }: Page, ref: Ref, verdicts: readonly Verdict[], sources: SourceLines): string {
  const subject = report.subjects[ref]
  const owner = subject?.related?.[0] ?? ref
  const origin = report.subjects[owner]?.origin
  if (origin === undefined) return ''
  const start = sources.start(owner)
  if (origin.itemPath === '') return `${visible(origin.file)}:${start}${builtBy(origin)}`
  const lines = verdicts
    .flatMap(({ rules }) => rules.flatMap(({ findings }) => findings))
    .map((finding) => context.evidence.place(ref, finding))
    .filter((place) => place.ref === owner && place.line > 0)
    .map(({ line }) => line)
  return `${visible(origin.file)}:${lines.length === 0 ? start : Math.min(...lines)}`
}

/** Which kustomization built the object: several may build on the same file. */
function builtBy({ rendered }: Origin): string {
  return rendered?.kind === 'kustomization' ? `, built by ${visible(rendered.path)}` : ''
}

function countsOf({ paints }: Page, verdicts: readonly Verdict[]): string {
  const failed = verdicts.filter(({ status }) => status === 'failed')
  const parts = SEVERITIES.flatMap((severity) => {
    const amount = failed.filter(({ control }) => control.severity === severity).length
    return amount === 0 ? [] : [paints.severity(severity)(`${severity} ${amount}`)]
  })
  if (failed.length < verdicts.length) parts.push(paints.warning(`Action required ${verdicts.length - failed.length}`))
  return `   ${parts.join(', ')}`
}
