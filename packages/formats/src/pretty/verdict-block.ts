/** One failed control of one resource: the fields at fault, where they are, and what to do. */
import type { Verdict } from '@kubescape/results'

import { renderExcerpt, type MarkedLine } from './excerpt.ts'
import { neighbours, spotsOf, type Spot } from './located.ts'
import { count, type Page } from './page.ts'
import { messagesOf } from '../listing.ts'
import type { SourceLines } from '../source-lines.ts'
import { objectName } from './subject-name.ts'
import { callText, valueText } from '../value-text.ts'
import { visible } from '../visible.ts'
import { describeFinding } from './wanted.ts'
import { widthOf } from './width.ts'
import { pad, paragraph, wrap } from './wrap.ts'

/** What is remembered from block to block. */
export interface Shown {
  /** Controls whose texts were given. */
  readonly controls: Set<string>
  /** Lines of source given for the resource at hand. */
  readonly lines: Set<string>
}

const INDENT = '    '
const MOST_RELATED = 5

/** Severity and name, the findings with their excerpts, and the texts of the control. */
export function* renderVerdict(page: Page, verdict: Verdict, sources: SourceLines, shown: Shown): Generator<string> {
  const { paints, textWidth } = page
  const { control, severity } = verdict.control
  const label = verdict.status === 'failed' ? severity : 'Action required'
  const paint = verdict.status === 'failed' ? paints.severity(severity) : paints.warning
  const lead = pad(label, 8)
  const title = wrap(`${visible(control.id)} ${visible(control.name)}`, page.width - lead.length - 4)
  for (const [at, line] of title.entries()) {
    yield `  ${at === 0 ? paint(lead) : ' '.repeat(lead.length)}  ${paints.bold(line)}`
  }
  const spots = spotsOf(verdict, page.context.evidence)
  for (const group of neighbours(spots)) yield* renderGroup(page, group, verdict, sources, shown)
  for (const message of messagesOf(verdict)) yield* paragraph(`${INDENT}Says: `, visible(message), textWidth)
  yield* renderRelated(page, verdict)
  const isFirst = !shown.controls.has(control.id)
  shown.controls.add(control.id)
  const hasEdit = spots.some(({ findings }) => findings.some(({ finding }) => finding.fix !== undefined))
  const isFull = page.context.verbose && isFirst
  if (isFull) yield* paragraph(`${INDENT}Why: `, visible(control.why), textWidth)
  if (isFirst || !hasEdit) {
    yield* paragraph(`${INDENT}Fix: `, visible(isFull ? control.repair : firstSentence(control.repair)), textWidth)
  }
}

function* renderGroup(
  page: Page,
  group: readonly Spot[],
  verdict: Verdict,
  sources: SourceLines,
  shown: Shown,
): Generator<string> {
  const { paints, width } = page
  const lines: MarkedLine[] = []
  for (const { ref, file, line, column, findings } of group) {
    if (line > 0) yield* wrap(visible(`${file}:${line}:${column}`), width - INDENT.length).map((each) => INDENT + each)
    for (const [at, located] of findings.entries()) {
      yield* renderFinding(page, located)
      // What several fields have in common is said once, after the last of them.
      const next = findings[at + 1]
      const texts = [valueText(located), callText(located)]
      if (next !== undefined && texts[0] === valueText(next) && texts[1] === callText(next)) continue
      for (const text of texts) {
        if (text !== '') yield* wrap(visible(text), width - INDENT.length - 4).map((each) => `${INDENT}    ${each}`)
      }
    }
    const key = `${ref}:${line}:${file}`
    const text = shown.lines.has(key) ? undefined : sources.line(ref, file, line)
    shown.lines.add(key)
    if (text !== undefined) lines.push({ line, text, column })
  }
  if (lines.length === 0) return
  const mark = verdict.status === 'failed' ? paints.severity(verdict.control.severity) : paints.warning
  const indent = `${INDENT}  `
  for (const row of renderExcerpt(lines, width - indent.length, paints.dim, mark)) yield indent + row
}

/** Path and phrase on one line if they fit. */
function* renderFinding({ paints, width }: Page, located: Spot['findings'][number]): Generator<string> {
  const indent = `${INDENT}  `
  const { path, phrase } = describeFinding(located)
  if (widthOf(path) + widthOf(phrase) + indent.length + 2 <= width) {
    yield `${indent}${path}: ${paints.bold(phrase)}`
    return
  }
  const paths = wrap(path, width - indent.length - 1)
  yield* paths.map((line, at) => indent + line + (at === paths.length - 1 ? ':' : ''))
  for (const line of wrap(phrase, width - indent.length - 2)) yield `${indent}  ${paints.bold(line)}`
}

/** Other objects that have part in the failure; those that a subject's name gives already are left out. */
function* renderRelated({ report, paints, textWidth }: Page, { ref, rules }: Verdict): Generator<string> {
  const own = new Set([ref, ...(report.subjects[ref]?.related ?? [])])
  const related = [...new Set(rules.flatMap((rule) => rule.related.map((each) => each.ref)))].filter(
    (each) => !own.has(each),
  )
  if (related.length === 0) return
  const names = related.slice(0, MOST_RELATED).map((each) => {
    const origin = report.subjects[each]?.origin
    return objectName(report, each, true) + (origin === undefined ? '' : ` (${visible(origin.file)})`)
  })
  if (related.length > MOST_RELATED) names.push(count(related.length - MOST_RELATED, 'other'))
  yield* paragraph(`${INDENT}With: `, names.join(', '), textWidth).map(paints.dim)
}

function firstSentence(text: string): string {
  return /^.*?[.](?=\s|$)/s.exec(text)?.[0] ?? text
}
