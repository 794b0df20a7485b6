/** What every part of the page needs: the report, the sources, and how things are called and linked. */
import type { Exception, Ref, Report, Severity, Status, Subject, Verdict } from '@kubescape/results'

import type { Evidence } from '../evidence.ts'
import { valueSetOf } from '../finding-text.ts'
import type { RenderContext } from '../format.ts'
import { notPassed } from '../listing.ts'
import { SourceLines } from '../source-lines.ts'
import { escape } from './markup.ts'

/** One rendering. */
export interface Page {
  readonly report: Report
  readonly evidence: Evidence
  readonly sources: SourceLines
  /** Where a control stands in the report; links and the script speak of controls by this number. */
  readonly numbers: ReadonlyMap<string, number>
  /** The same for exceptions. */
  readonly exceptions: ReadonlyMap<Exception, number>
  /** The resources that have an entry of their own. */
  readonly entries: ReadonlySet<Ref>
  /** What more than one resource is called by. */
  readonly twins: ReadonlySet<string>
}

/** Prepares a rendering. */
export function makePage(report: Report, { evidence }: RenderContext): Page {
  return {
    report,
    evidence,
    sources: new SourceLines(report, evidence),
    numbers: new Map(report.controls.map(({ control }, at) => [control.id, at])),
    exceptions: new Map(report.exceptions().map(({ exception }, at) => [exception, at])),
    entries: new Set(
      report.controls.flatMap((control) => [...notPassed(report, control)].filter(hasEntry).map(({ ref }) => ref)),
    ),
    twins: twinsOf(report),
  }
}

/** True when the entry of the resource shows the verdict: what was skipped and says nothing is shown at the control only. */
export function hasEntry({ status, rules }: Verdict): boolean {
  if (status === 'passed') return false
  return status !== 'skipped' || rules.some(({ findings }) => findings.length > 0)
}

function twinsOf({ subjects }: Report): Set<string> {
  const [seen, twins] = [new Set<string>(), new Set<string>()]
  for (const subject of subjects) {
    const key = nameKey(subject)
    if (subject.judged && seen.has(key)) twins.add(key)
    seen.add(key)
  }
  return twins
}

/** Kind, namespace and name. */
export function nameKey({ identity: { kind, namespace, name } }: Subject): string {
  return `${kind}\n${namespace}\n${name}`
}

/** The words for statuses. */
export const STATUS_NAMES: Readonly<Record<Status, string>> = {
  failed: 'Failed',
  excluded: 'Excluded',
  skipped: 'Action required',
  passed: 'Passed',
}

/** Severity in a coloured tag; the word says it too. */
export function severityTag(severity: Severity): string {
  return `<b class="tag ${severity.toLowerCase()}">${severity}</b>`
}

/** `Deployment shop/cart`, and for subjects of bindings the way to their rights. */
export function subjectName({ report }: Page, ref: Ref): string {
  const related = report.subjects[ref]?.related ?? []
  const way = related.map((each) => objectName(report, each, false)).join(' → ')
  const valueSet = valueSetOf(report, ref)
  const set = valueSet === '' ? '' : ` <small>values ${escape(valueSet)}</small>`
  return objectName(report, ref, true) + set + (way === '' ? '' : ` <small>through ${way}</small>`)
}

/** The same as mere text: `Deployment shop/cart`. */
export function plainName({ report }: Page, ref: Ref): string {
  const { kind = '', namespace = '', name = '' } = report.subjects[ref]?.identity ?? {}
  const valueSet = valueSetOf(report, ref)
  const set = valueSet === '' ? '' : ` (values ${valueSet})`
  return escape(`${kind} ${namespace === '' ? '' : `${namespace}/`}${name === '' ? '(no name)' : name}${set}`)
}

/** `Service shop/cart`, or without the namespace. */
export function objectName(report: Report, ref: Ref, withNamespace: boolean): string {
  const { kind = '', namespace = '', name = '' } = report.subjects[ref]?.identity ?? {}
  const shown = name === '' ? '(no name)' : name
  const full = withNamespace && namespace !== '' ? `${namespace}/${shown}` : shown
  return `<span class="kind">${escape(kind)}</span> <bdi>${escape(full)}</bdi>`
}

/** The name of a resource, as a link to its entry where it has one. */
export function linkToResource(page: Page, ref: Ref): string {
  return page.entries.has(ref) ? `<a href="#r${ref}">${subjectName(page, ref)}</a>` : subjectName(page, ref)
}

/** The name of a control as a link to what is said about it. */
export function linkToControl(
  { numbers }: Page,
  { control }: { readonly control: { readonly id: string; readonly name: string } },
): string {
  const number = numbers.get(control.id)
  const name = `${escape(control.id)} ${escape(control.name)}`
  return number === undefined ? name : `<a href="#c${number}">${name}</a>`
}

/** The name of an exception as a link to its row. */
export function linkToException({ exceptions }: Page, exception: Exception): string {
  const number = exceptions.get(exception)
  const name = `<bdi>${escape(exception.name === '' ? '(no name)' : exception.name)}</bdi>`
  return number === undefined ? name : `<a href="#x${number}">${name}</a>`
}
