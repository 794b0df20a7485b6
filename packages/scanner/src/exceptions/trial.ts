/** What exceptions would cover of a report, without scanning again. */
import { BUILT_IN, wrong, type ControlDeclaration, type Framework } from '@kubescape/controls'
import type { Ref, Resource } from '@kubescape/resources'
import type { Counters, Exception, Status, Subject } from '@kubescape/results'

import { controlCompliance, meanCompliance } from '../score.ts'
import { ExceptionBook, type ExceptionSettings } from './exception-book.ts'

/** A resource of a report. */
export interface ReportedResource {
  readonly id: string
  readonly resource: Resource
  /** Places, in the list of resources, of the objects that make a subject of role bindings. */
  readonly related?: readonly Ref[]
}

/** A control of a report. */
export interface ReportedControl {
  readonly id: string
  readonly status: Status
  readonly counters: Counters
  readonly compliance: number
  /** The resources that failed, by their places, with the paths that are at fault. */
  readonly failures: readonly { readonly ref: Ref; readonly paths: readonly string[] }[]
}

/** What a report says, as far as exceptions have to do with it. */
export interface ReportedScan {
  /** Names. */
  readonly frameworks: readonly string[]
  readonly resources: readonly ReportedResource[]
  readonly controls: readonly ReportedControl[]
}

/** A failure that would be accepted. */
interface Covered {
  readonly controlID: string
  readonly ref: Ref
  /** Nothing of it would be left. */
  readonly isWhole: boolean
  readonly exceptions: readonly Exception[]
}

/** What would come of the exceptions. */
export interface Trial {
  readonly covered: readonly Covered[]
  /** Controls that people check by hand, and that would be accepted as checked. */
  readonly manual: readonly { readonly controlID: string; readonly exceptions: readonly Exception[] }[]
  /** Failures of resources by controls, before. */
  readonly failures: number
  /** Compliance scores. */
  readonly before: number
  readonly after: number
  /** Exceptions that would accept nothing. */
  readonly idle: readonly Exception[]
}

/** Tries the exceptions on a report. */
export function tryExceptions(scan: ReportedScan, settings: ExceptionSettings): Trial {
  const book = new ExceptionBook(settings)
  const { known = BUILT_IN } = settings
  const subjects: Subject[] = scan.resources.map(({ id, resource, related }) => ({
    id,
    identity: resource.identity,
    weight: 1,
    replicas: 1,
    judged: true,
    ...(related === undefined ? {} : { related }),
  }))
  for (const { resource } of scan.resources) book.see(resource)
  for (const [ref, { id, resource, related }] of scan.resources.entries()) {
    if (related === undefined) book.take(ref, resource, id)
  }
  const covered: Covered[] = []
  const manual: { controlID: string; exceptions: readonly Exception[] }[] = []
  const scores = scan.controls.map((reported) => {
    const control = known.controls.find(({ id }) => id === reported.id)
    if (control === undefined) return reported.compliance
    const frameworks = frameworksOf(control, scan.frameworks, known.frameworks)
    if (control.checks.length === 0) {
      const exceptions = reported.status === 'skipped' ? book.acceptManual(control, frameworks) : []
      if (exceptions.length > 0) manual.push({ controlID: control.id, exceptions })
      return exceptions.length > 0 ? 100 : reported.compliance
    }
    const acceptance = book.forControl(control, frameworks, subjects)
    if (acceptance === undefined) return reported.compliance
    const own = reported.failures.flatMap(({ ref, paths }): Covered[] => {
      // The report does not say which check found what: all of them have to agree.
      const accepted = control.checks.map((check) => acceptance.of(ref, check, paths.map(wrong)))
      const exceptions = [...new Set(accepted.flatMap((each) => each?.exceptions ?? []))]
      const isWhole = accepted.every((each) => each?.isWhole === true)
      return exceptions.length === 0 ? [] : [{ controlID: control.id, ref, isWhole, exceptions }]
    })
    covered.push(...own)
    return complianceAfter(reported, own.filter(({ isWhole }) => isWhole).length)
  })
  const used = new Set([...covered, ...manual].flatMap(({ exceptions }) => exceptions))
  return {
    covered,
    manual,
    failures: scan.controls.reduce((sum, { failures }) => sum + failures.length, 0),
    before: meanCompliance(scan.controls.map(({ compliance }) => compliance)),
    after: meanCompliance(scores),
    idle: settings.rules.map(({ exception }) => exception).filter((exception) => !used.has(exception)),
  }
}

function complianceAfter({ counters, compliance }: ReportedControl, accepted: number): number {
  if (accepted === 0) return compliance
  const { failed, skipped, excluded } = counters
  const after = { ...counters, failed: failed - accepted, excluded: excluded + accepted }
  return controlCompliance(after.failed > 0 ? 'failed' : skipped > 0 ? 'skipped' : 'passed', after)
}

function frameworksOf(
  { id }: ControlDeclaration,
  names: readonly string[],
  known: readonly Framework[],
): readonly Framework[] {
  return known.filter(({ name, controls }) => names.includes(name) && controls.includes(id))
}
