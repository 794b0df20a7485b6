/** Builds the report: statuses, counters, scores and coverage from the columns of a finished plan. */
import type { ControlDeclaration, ControlInputs, Framework } from '@kubescape/controls'
import type { FrameworkResult, Report, ScanMetadata, ScanProblem } from '@kubescape/results'

import { absenceOf, type ControlPlanePlace } from './absence.ts'
import { isAboutFacts, type ScanTarget } from './applicability.ts'
import { describeCoverage, type LeftOut } from './coverage.ts'
import type { ExceptionBook } from './exceptions/exception-book.ts'
import { exceptionUses } from './exceptions/exception-uses.ts'
import { judged } from './judgement.ts'
import { isLacking } from './lacking.ts'
import type { Plan } from './plan.ts'
import { prioritise } from './priorities.ts'
import { meanCompliance, riskScore } from './score.ts'
import type { Selection } from './selection.ts'
import type { SourceCoverage } from './source.ts'
import {
  addSums,
  combineControls,
  countBySeverity,
  countStatuses,
  tallyControl,
  verdictOf,
  worstStatuses,
  type Tally,
} from './tally.ts'

/** What the report is made of. */
export interface ReportParts {
  readonly plan: Plan
  readonly selection: Selection
  /** Those of the selection that apply to the target. */
  readonly controls: readonly ControlDeclaration[]
  /** Judged beside them, for priorities. */
  readonly side: readonly ControlDeclaration[]
  readonly inputs: ControlInputs
  readonly exceptions: ExceptionBook | undefined
  readonly policyProblems: readonly ScanProblem[]
  readonly target: ScanTarget
  readonly platform: string
  readonly controlPlane: ControlPlanePlace | undefined
  readonly metadata: ScanMetadata
  readonly source: SourceCoverage
  /** Only one workload is judged: controls about parts of the platform that it is not say nothing. */
  readonly isOneWorkload: boolean
}

/** Makes the report of a scan whose joins have run. */
export function makeReport(parts: ReportParts): Report {
  const { plan, inputs } = parts
  const subjects = plan.subjects.list
  const tallies: Tally[] = []
  const leftOut: LeftOut[] = []
  const unconcerned = new Set<ControlDeclaration>()
  const unreadTypes = parts.source.unreadTypes ?? []
  for (const control of parts.controls) {
    const tally = tallyFor(control, frameworksOf(control, parts.selection), parts)
    const { passed, failed, skipped, excluded } = tally.result.counters
    const isSilent = passed + failed + skipped + excluded === 0
    if (isSilent && parts.isOneWorkload && isAboutFacts(control)) {
      unconcerned.add(control)
      continue
    }
    const isFact = isAboutFacts(control) && !control.scope.includes('file')
    // Without the data that it needs a control says nothing, so it takes no part in scores either.
    const unread = failed + excluded > 0 ? [] : unreadTypes.filter((type) => isLacking(control, type))
    if (unread.length > 0 || lacksData(control, plan) || (isSilent && (control.needs !== undefined || isFact))) {
      const absence = isSilent ? absenceOf(control, parts.platform, parts.controlPlane) : undefined
      leftOut.push({ control, unread, absence })
    } else tallies.push(tally)
  }
  const selection = {
    ...parts.selection,
    controls: parts.selection.controls.filter((control) => !unconcerned.has(control)),
  }
  const results = tallies.map(({ result }) => result)
  const worst = worstStatuses(tallies, subjects)
  const frameworks = selection.frameworks.map((framework) => tallyFramework(framework, tallies, parts))
  const byResult = new Map(
    [...tallies, ...frameworks.flatMap((framework) => framework.tallies)].map((tally) => [tally.result, tally]),
  )
  return {
    ...combineControls(results),
    metadata: parts.metadata,
    subjects,
    controls: results,
    frameworks: frameworks.map(({ result }) => result),
    counters: countStatuses(worst),
    resourcesBySeverity: countBySeverity(results, (result) => result.counters.failed),
    controlsBySeverity: countBySeverity(results, (result) => (result.status === 'failed' ? 1 : 0)),
    score: riskScore(addSums(tallies)),
    complianceScore: meanCompliance(results.map((result) => result.complianceScore)),
    complianceWithoutExceptions: meanCompliance(results.map((result) => result.complianceWithoutExceptions)),
    coverage: describeCoverage({ ...parts, selection, results, leftOut, doubts: parts.exceptions?.problems ?? [] }),
    priorities: () =>
      selection.frameworks.length === 0
        ? []
        : prioritise(
            subjects,
            tallies,
            parts.side.map((control) => judged(control, plan.columns, inputs)),
          ),
    exceptions: () =>
      parts.exceptions === undefined
        ? []
        : exceptionUses(parts.exceptions, tallies, (control) => frameworksOf(control, parts.selection)),
    present: (ref, path) => plan.presents.get(ref, path),
    *byControl(result) {
      const tally = byResult.get(result)
      if (tally === undefined) return
      for (let ref = 0; ref < subjects.length; ref++) {
        const rank = tally.ranks[ref] ?? 0
        if (rank !== 0) yield verdictOf(tally, ref, rank)
      }
    },
    *bySubject(ref) {
      for (const tally of tallies) {
        const rank = tally.ranks[ref] ?? 0
        if (rank !== 0) yield verdictOf(tally, ref, rank)
      }
    },
  }
}

function frameworksOf({ id }: ControlDeclaration, { frameworks }: Selection): readonly Framework[] {
  return frameworks.filter(({ controls }) => controls.includes(id))
}

/** What the control says of everything, as the frameworks see it: they may differ in what exceptions accept. */
function tallyFor(
  control: ControlDeclaration,
  frameworks: readonly Framework[],
  { plan, inputs, exceptions }: ReportParts,
): Tally {
  const subjects = plan.subjects.list
  const acceptance = exceptions?.forControl(control, frameworks, subjects)
  const names = frameworks.map(({ name }) => name)
  const manual = exceptions?.acceptManual(control, frameworks) ?? []
  return tallyControl(judged(control, plan.columns, inputs, acceptance), subjects, names, manual.length > 0)
}

/** True when none of the kinds that carry the control's data was in the input, whatever else it matches. */
function lacksData({ needs }: ControlDeclaration, plan: Plan): boolean {
  return (
    needs !== undefined && needs.kinds.length > 0 && !needs.kinds.some((kind) => plan.seenKinds.has(kind.toLowerCase()))
  )
}

function tallyFramework(
  framework: Framework,
  all: readonly Tally[],
  parts: ReportParts,
): { readonly result: FrameworkResult; readonly tallies: readonly Tally[] } {
  const { name, numbers = {}, sections = {} } = framework
  const tallies = all
    .filter(({ result }) => framework.controls.includes(result.control.id))
    .map((tally) =>
      parts.exceptions?.isLimited(tally.result.control) === true
        ? tallyFor(tally.result.control, [framework], parts)
        : tally,
    )
  const controls = tallies.map(({ result }) => result)
  return {
    tallies,
    result: {
      ...combineControls(controls),
      name,
      numbers,
      sections,
      controls,
      counters: countStatuses(worstStatuses(tallies, parts.plan.subjects.list)),
      score: riskScore(addSums(tallies)),
      complianceScore: meanCompliance(controls.map((control) => control.complianceScore)),
      complianceWithoutExceptions: meanCompliance(controls.map((control) => control.complianceWithoutExceptions)),
    },
  }
}
