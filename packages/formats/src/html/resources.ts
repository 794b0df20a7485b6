/** The view by resource: its source, annotated with everything that is wrong, what is there and what should be. */
import { SEVERITIES, type Finding, type Ref, type Scalar, type Verdict } from '@kubescape/results'

import type { LocatedFinding } from '../evidence.ts'
import { exceptionsOf, messagesOf } from '../listing.ts'
import { callText, valueText } from '../value-text.ts'
import { excerpt } from './excerpt.ts'
import { count, escape, grouped } from './markup.ts'
import { stretchesOf, type Note, type Stretch } from './notes.ts'
import { hasEntry, linkToControl, linkToException, objectName, severityTag, subjectName, type Page } from './page.ts'

const MOST_RELATED = 5
const LONGEST_VALUE = 160

/** The section, in the order in which objects were read, so that each file is opened once. */
export function* renderResources(page: Page): Generator<string> {
  const { passed, failed, skipped, excluded } = page.report.counters
  const judged = passed + failed + skipped + excluded
  yield `<section id="resources" class="wide part"><div class="aside"><h2>Resources</h2><p>${grouped(failed)} of ${count(judged, 'resource')} failed. Each is shown with its source: what is there, and what should be.</p><p class="folds" hidden><label for="order">Order</label> <select id="order"><option value="">As read</option><option value="worst">Worst first</option><option value="namespace">By namespace</option><option value="kind">By kind</option><option value="file">By file</option></select> <button type="button" id="open">Open all</button> <button type="button" id="close">Close all</button></p></div><div class="body list" id="entries">\n`
  for (const ref of [...page.entries].toSorted((a, b) => a - b)) {
    const verdicts = [...page.report.bySubject(ref)].filter(hasEntry)
    yield* renderResource(page, ref, verdicts.toSorted(worstFirst))
  }
  if (page.entries.size === 0) yield '<p>No resource failed.</p>'
  yield '</div></section>\n'
}

function worstFirst(a: Verdict, b: Verdict): number {
  return SEVERITIES.indexOf(a.control.severity) - SEVERITIES.indexOf(b.control.severity)
}

function* renderResource(page: Page, ref: Ref, verdicts: readonly Verdict[]): Generator<string> {
  const subject = page.report.subjects[ref]
  if (subject === undefined) return
  const { kind, namespace } = subject.identity
  const owner = subject.related?.[0] ?? ref
  const { file = '', rendered } = page.report.subjects[owner]?.origin ?? {}
  const builtBy = rendered?.kind === 'kustomization' ? `, built by ${rendered.path}` : ''
  const place = file === '' ? '' : `${file}:${page.sources.start(owner)}${builtBy}`
  const failed = verdicts.filter(({ status }) => status === 'failed')
  const worst = failed.reduce(
    (sum, { control }) => sum + 10 ** (SEVERITIES.length - SEVERITIES.indexOf(control.severity)),
    0,
  )
  yield `<details class="resource" data-r="${ref}" data-n="${escape(namespace)}" data-k="${escape(kind)}" data-p="${escape(file)}" data-w="${worst}"><summary><span class="name">${subjectName(page, ref)}</span><span class="tally">${tally(verdicts)}</span>${place === '' ? '' : `<span class="place"><bdi>${escape(place)}</bdi></span>`}</summary>\n<div class="inner" id="r${ref}">`
  for (const stretch of stretchesOf(page, verdicts)) yield renderStretch(page, stretch, owner)
  yield '</div></details>\n'
}

/** How many failures of each severity, and what is not a failure. */
function tally(verdicts: readonly Verdict[]): string {
  const parts = SEVERITIES.flatMap((severity) => {
    const amount = verdicts.filter(({ status, control }) => status === 'failed' && control.severity === severity).length
    return amount === 0 ? [] : [`<b class="tag ${severity.toLowerCase()}">${amount} ${severity}</b>`]
  })
  for (const [status, name] of [
    ['excluded', 'excluded'],
    ['skipped', 'to review'],
  ] as const) {
    const amount = verdicts.filter((verdict) => verdict.status === status).length
    if (amount > 0) parts.push(`<b class="tag ${status}">${amount} ${name}</b>`)
  }
  return parts.join('')
}

function renderStretch(page: Page, stretch: Stretch, owner: Ref): string {
  const { ref, file, lines, notes } = stretch
  const [first = 0] = lines.keys()
  const of = ref === owner ? '' : `<small>${objectName(page.report, ref, true)}</small> `
  const where =
    file === '' ? '' : `<p class="where">${of}<bdi>${escape(file)}:${first}:${lines.get(first) ?? 1}</bdi></p>`
  const items = notes.map((note) => renderNote(page, note, lines.size > 1))
  return `<div class="stretch">${where}${excerpt(stretch, page.sources)}<ul class="notes">${items.join('')}</ul></div>\n`
}

function renderNote(page: Page, { verdict, isFirst, findings }: Note, withLines: boolean): string {
  const { control, status } = verdict
  const number = page.numbers.get(control.control.id) ?? 0
  const state =
    status === 'failed'
      ? severityTag(control.severity)
      : `${severityTag(control.severity)}<b class="tag ${status}">${status === 'excluded' ? 'Excluded' : 'To review'}</b>`
  const rows = findings.map((located) => {
    const line = withLines && located.line > 0 ? `<span class="at">${located.line}:${located.column}</span> ` : ''
    const accepted = located.isExcepted && status !== 'excluded' ? ' <b class="tag excluded">Excluded</b>' : ''
    const path = located.path === '' ? located.finding.path : located.path
    return `<p class="fix">${line}${path === '' ? '' : `<code>${escape(path)}</code> `}${presentText(located.finding, located.present, located.exact)}${wantedText(located.finding)}${accepted}</p>${valueNote(located)}`
  })
  return `<li class="note" data-c="${number}" data-s="${status}"><p class="what">${state}${linkToControl(page, control)}</p>${rows.join('')}${isFirst ? concernsAll(page, verdict) : ''}</li>`
}

/** What of a chart's values to change, and what the template called. */
function valueNote(located: LocatedFinding): string {
  const texts = [valueText(located), callText(located)].filter((text) => text !== '')
  return texts.length === 0 ? '' : `<p class="with">${escape(texts.join('; '))}</p>`
}

/** Related objects, exceptions, and why a person has to look. */
function concernsAll(page: Page, verdict: Verdict): string {
  const { report } = page
  const { ref, rules, status, control } = verdict
  const own = new Set([ref, ...(report.subjects[ref]?.related ?? [])])
  const related = [...new Set(rules.flatMap((rule) => rule.related.map((each) => each.ref)))].filter(
    (each) => !own.has(each),
  )
  const names = related.slice(0, MOST_RELATED).map((each) => {
    const file = report.subjects[each]?.origin?.file ?? ''
    return objectName(report, each, true) + (file === '' ? '' : ` <small>(${escape(file)})</small>`)
  })
  if (related.length > names.length) names.push(`${related.length - names.length} more`)
  const exceptions = exceptionsOf(verdict)
  return [
    ...messagesOf(verdict).map((message) => `<p class="with">${escape(message)}</p>`),
    ...(names.length > 0 ? [`<p class="with">With ${names.join(', ')}</p>`] : []),
    ...exceptions.map((each) => {
      const terms = [
        ...(each.reason === '' ? [] : [`“${escape(each.reason)}”`]),
        ...(each.owner === '' ? [] : [`by ${escape(each.owner)}`]),
        each.expires === '' ? 'without end' : `until ${escape(each.expires.slice(0, 10))}`,
      ]
      return `<p class="with">Accepted by the exception ${linkToException(page, each)}: ${terms.join(', ')}</p>`
    }),
    ...(status === 'skipped' && control.info !== '' ? [`<p class="with">${escape(control.info)}</p>`] : []),
  ].join('')
}

function presentText({ role }: Finding, present: Scalar | undefined, exact: boolean): string {
  if (present !== undefined) return `<span class="now">is <code>${value(present)}</code></span>`
  return role === 'missing' && !exact ? '<span class="now">is not set</span>' : ''
}

function value(present: Scalar): string {
  const text = String(present)
  return typeof present === 'string' && text === '' ? '""' : escape(clip(text))
}

function wantedText({ role, path, fix }: Finding): string {
  if (fix === undefined) {
    return ` <span class="want">${role === 'review' ? 'review it' : role === 'failed' ? 'change it' : 'set it'}</span>`
  }
  const where = fix.path === path || fix.path === '' ? '' : `<code>${escape(fix.path)}</code>`
  if (fix.action === 'remove') return ` <span class="want">remove ${where === '' ? 'it' : where}</span>`
  const isChoice = /^YOUR_|^<.*>$/.test(fix.value)
  if (isChoice) return ` <span class="want">choose a value${where === '' ? '' : ` for ${where}`}</span>`
  return ` <span class="want">set ${where === '' ? 'it' : where} to <code>${escape(clip(fix.value))}</code></span>`
}

function clip(text: string): string {
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text
}
