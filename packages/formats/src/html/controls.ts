/** The view by control: what failed, why it matters, how to repair it, and which resources it concerns. */
import {
  SEVERITIES,
  type ControlResult,
  type Counters,
  type FrameworkResult,
  type Ref,
  type Status,
  type Verdict,
} from '@kubescape/results'

import { allResources, exceptionsOf, notPassed } from '../listing.ts'
import { displayScore } from '../score.ts'
import { bar } from './charts.ts'
import { count, escape, grouped, prose } from './markup.ts'
import { linkToException, severityTag, STATUS_NAMES, hasEntry, nameKey, plainName, type Page } from './page.ts'

const ORDER: readonly Status[] = ['failed', 'skipped', 'excluded', 'passed']

/** The section. */
export function* renderControls(page: Page): Generator<string> {
  const { controls } = page.report
  const groups = Map.groupBy(controls.toSorted(worstFirst), groupOf)
  yield `<section id="controls" class="wide part"><div class="aside"><h2>Controls</h2><p>${count(controls.length, 'control')}, worst first. Open one to read why it matters, how to repair it, and which resources it concerns.</p></div><div class="body list">\n`
  for (const status of ORDER) {
    const results = groups.get(status) ?? []
    if (results.length === 0) continue
    const isOpen = status === 'failed' || groups.get('failed') === undefined
    yield `<details class="group" data-group${isOpen ? ' open' : ''}><summary><h3>${HEADINGS[status]}</h3> <span class="amount">${results.length}</span></summary>\n`
    for (const result of results) yield* renderControl(page, result)
    yield '</details>\n'
  }
  if (controls.length === 0) yield '<p>No control was asked for.</p>'
  yield '</div></section>\n'
}

const HEADINGS: Readonly<Record<Status, string>> = {
  failed: 'Failed',
  excluded: 'Accepted by exceptions',
  skipped: 'Action required',
  passed: 'Passed',
}

/** Controls whose failures are all accepted are a group of their own, not among those that passed. */
function groupOf({ status, counters }: ControlResult): Status {
  return status === 'passed' && counters.excluded > 0 ? 'excluded' : status
}

function worstFirst(a: ControlResult, b: ControlResult): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    b.counters.failed - a.counters.failed ||
    (a.control.id < b.control.id ? -1 : 1)
  )
}

function* renderControl(page: Page, result: ControlResult): Generator<string> {
  const { control, severity, info, complianceScore } = result
  const number = page.numbers.get(control.id) ?? 0
  const frameworks = page.report.frameworks.flatMap(({ name }, at) => (result.frameworks.includes(name) ? [at] : []))
  const all = allResources(result)
  yield `<details class="control" data-c="${number}" data-v="${severity.toLowerCase()}" data-s="${groupOf(result)}" data-f="${frameworks.join(' ')}"><summary>${severityTag(severity)}<span class="name"><span class="id">${escape(control.id)}</span> ${escape(control.name)}</span><span class="counts">${countsOf(result)}</span><span class="share">${all === 0 ? '' : bar(partsOf(result), all)}</span><span class="percent">${result.status === 'skipped' || all === 0 ? '' : `${displayScore(complianceScore)}%<span class="away"> compliant</span>`}</span></summary>\n`
  yield `<div class="inner" id="c${number}">`
  if (info !== '')
    yield `<p class="info"><strong>${result.status === 'skipped' ? 'Not judged' : 'Note'}:</strong> ${escape(info)}</p>`
  yield `<div class="texts"><div><h4>Why it matters</h4><p>${prose(control.why)}</p></div><div><h4>How to repair</h4><p>${prose(control.repair)}</p></div></div>`
  yield `<dl class="facts">${factsOf(page, result, all)}</dl>`
  yield* renderConcerned(page, result)
  yield '</div></details>\n'
}

function countsOf({ counters, status, subStatus }: ControlResult): string {
  const { passed, failed, skipped, excluded } = counters
  const all = passed + failed + skipped + excluded
  if (all === 0)
    return status === 'skipped' ? 'not judged' : subStatus === 'irrelevant' ? 'nothing to judge' : 'no resources'
  const parts = [
    ...(failed > 0 ? [`<b>${grouped(failed)} failed</b>`] : []),
    ...(excluded > 0 ? [`${grouped(excluded)} excluded`] : []),
    ...(skipped > 0 ? [`${grouped(skipped)} skipped`] : []),
    ...(failed + excluded + skipped === 0 ? [`${grouped(passed)} passed`] : []),
  ]
  return `${parts.join(', ')} of ${grouped(all)}`
}

function partsOf({ counters }: ControlResult): { amount: number; look: string }[] {
  return (['failed', 'excluded', 'skipped', 'passed'] as const).map((status) => ({
    amount: counters[status],
    look: status,
  }))
}

function factsOf({ report }: Page, result: ControlResult, all: number): string {
  const { control, counters, complianceScore, complianceWithoutExceptions } = result
  const category = [control.category, control.subCategory].filter((each) => each !== undefined)
  const listing = report.frameworks.filter(({ name }) => result.frameworks.includes(name))
  const entries: [string, string][] = [['Resources', all === 0 ? noneText(result) : allCounts(counters, all)]]
  if (result.status !== 'skipped' && all > 0) {
    const own =
      complianceWithoutExceptions === complianceScore
        ? ''
        : `, ${displayScore(complianceWithoutExceptions)}% without exceptions`
    entries.push(['Compliance', `${displayScore(complianceScore)}%${own}`])
  }
  if (category.length > 0) entries.push(['Category', category.map(escape).join(' / ')])
  entries.push(['Base score', String(control.baseScore)])
  if (listing.length > 0) {
    entries.push(['Frameworks', listing.map((each) => placeIn(each, control.id)).join('<br>')])
  }
  return entries.map(([term, text]) => `<div><dt>${term}</dt><dd>${text}</dd></div>`).join('')
}

function noneText({ status }: ControlResult): string {
  return status === 'skipped' ? 'None was judged' : 'No resource of this scan concerns it'
}

function allCounts({ passed, failed, skipped, excluded }: Counters, all: number): string {
  return `${grouped(failed)} failed, ${grouped(excluded)} excluded, ${grouped(skipped)} skipped, ${grouped(passed)} passed, ${grouped(all)} in all`
}

/** `CIS 1.2.7, API Server`: the number of a control in a framework, and the section that it stands in. */
function placeIn({ name, numbers, sections }: FrameworkResult, id: string): string {
  const number = numbers[id]
  if (number === undefined) return escape(name)
  const section = sections[number.slice(0, Math.max(0, number.lastIndexOf('.')))]
  return `${escape(name)} ${escape(number)}${section === undefined ? '' : `, ${escape(section)}`}`
}

/** The resources that did not pass, as links to their entries; those without findings as mere names. */
function* renderConcerned(page: Page, result: ControlResult): Generator<string> {
  const verdicts = [...notPassed(page.report, result)]
  for (const [status, some] of Map.groupBy(verdicts, (verdict) => verdict.status)) {
    yield `<h4>${STATUS_NAMES[status]}: ${count(some.length, 'resource')}</h4><ul class="concerned">`
    for (const verdict of some) yield `<li data-r="${verdict.ref}">${concerned(page, verdict)}</li>`
    yield '</ul>'
  }
}

function concerned(page: Page, verdict: Verdict): string {
  const { ref, status } = verdict
  const file = fileOf(page, ref)
  const where = file === '' ? '' : ` <small>${escape(file)}</small>`
  // Of all elements of the page these are the most: no more of them than is needed.
  const name = hasEntry(verdict) ? `<a href="#r${ref}">${plainName(page, ref)}</a>` : plainName(page, ref)
  if (status !== 'excluded') return name + where
  return `${name}${where} <small>accepted by ${exceptionsOf(verdict)
    .map((each) => linkToException(page, each))
    .join(', ')}</small>`
}

/** The file, where other resources of the report have the same name. */
function fileOf({ report, twins }: Page, ref: Ref): string {
  const subject = report.subjects[ref]
  if (subject === undefined || !twins.has(nameKey(subject))) return ''
  return (report.subjects[subject.related?.[0] ?? ref]?.origin ?? subject.origin)?.file ?? ''
}
