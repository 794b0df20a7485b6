/** Builds the report: statuses, counters, scores and coverage from the columns of a finished plan. */
import { severityOf, type ControlDeclaration, type ControlInputs, type Framework } from '@kubescape/controls'
import type { Ref } from '@kubescape/resources'
import {
  combine,
  type ControlResult,
  type Counters,
  type FrameworkResult,
  type Outcome,
  type Report,
  type ScanMetadata,
  type SeverityCounters,
  type Status,
  type RuleVerdict,
  type Subject,
  type SubStatus,
  type Verdict,
} from '@kubescape/results'

import { absenceOf, type ControlPlanePlace } from './absence.ts'
import { isAboutFacts, type ScanTarget } from './applicability.ts'
import { describeCoverage, type LeftOut } from './coverage.ts'
import { controlInfo } from './info.ts'
import { judged, MANUAL, NOT_EVALUATED, outcomeOf, rulesOf, type JudgedControl } from './judgement.ts'
import { isLacking } from './lacking.ts'
import type { Plan } from './plan.ts'
import { prioritise } from './priorities.ts'
import { controlCompliance, meanCompliance, riskScore, type RiskSums } from './score.ts'
import type { Selection } from './selection.ts'
import type { SourceCoverage } from './source.ts'

/** What the report is made of. */
export interface ReportParts {
  readonly plan: Plan
  readonly selection: Selection
  /** Those of the selection that apply to the target. */
  readonly controls: readonly ControlDeclaration[]
  /** Judged beside them, for priorities. */
  readonly side: readonly ControlDeclaration[]
  readonly inputs: ControlInputs
  readonly target: ScanTarget
  readonly platform: string
  readonly controlPlane: ControlPlanePlace | undefined
  readonly metadata: ScanMetadata
  readonly source: SourceCoverage
  /** Only one workload is judged: controls about parts of the platform that it is not say nothing. */
  readonly isOneWorkload: boolean
}

interface Tally {
  readonly result: ControlResult
  readonly judged: JudgedControl
  readonly sums: RiskSums
  /** A status for every subject, by its rank; 0 where the control says nothing. */
  readonly ranks: Uint8Array
}

/** Statuses from least to most severe; the rank is the place in this list. */
const RANKED: readonly (Status | undefined)[] = [undefined, 'passed', 'skipped', 'failed']

const RANK_OF: Readonly<Record<Status, number>> = { passed: 1, skipped: 2, failed: 3 }

/** A verdict that works out what most readers never ask for: the reason of a skip, and the rules. */
class TalliedVerdict implements Verdict {
  readonly ref: Ref
  readonly status: Status
  readonly #tally: Tally

  constructor(tally: Tally, ref: Ref, rank: number) {
    this.ref = ref
    this.status = RANKED[rank] ?? 'skipped'
    this.#tally = tally
  }

  get control(): ControlResult {
    return this.#tally.result
  }

  get subStatus(): SubStatus {
    return this.status === 'skipped' ? (outcomeOf(this.#tally.judged, this.ref)?.subStatus ?? '') : ''
  }

  get rules(): readonly RuleVerdict[] {
    return rulesOf(this.#tally.judged, this.ref)
  }
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
    const tally = tallyControl(judged(control, plan.columns, inputs), subjects, parts.selection)
    const { passed, failed, skipped } = tally.result.counters
    const isSilent = passed + failed + skipped === 0
    if (isSilent && parts.isOneWorkload && isAboutFacts(control)) {
      unconcerned.add(control)
      continue
    }
    const isFact = isAboutFacts(control) && !control.scope.includes('file')
    // Without the data that it needs a control says nothing, so it takes no part in scores either.
    const unread = failed > 0 ? [] : unreadTypes.filter((type) => isLacking(control, type))
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
  const byResult = new Map(tallies.map((tally) => [tally.result, tally]))
  return {
    ...combineControls(results),
    metadata: parts.metadata,
    subjects,
    controls: results,
    frameworks: selection.frameworks.map((framework) =>
      tallyFramework(
        framework,
        tallies.filter(({ result }) => framework.controls.includes(result.control.id)),
        subjects,
      ),
    ),
    counters: countStatuses(worst),
    resourcesBySeverity: countBySeverity(results, (result) => result.counters.failed),
    controlsBySeverity: countBySeverity(results, (result) => (result.status === 'failed' ? 1 : 0)),
    score: riskScore(addSums(tallies)),
    complianceScore: meanCompliance(results.map((result) => result.complianceScore)),
    coverage: describeCoverage({ ...parts, selection, results, leftOut }),
    priorities: () =>
      selection.frameworks.length === 0
        ? []
        : prioritise(
            subjects,
            tallies,
            parts.side.map((control) => judged(control, plan.columns, inputs)),
          ),
    present: (ref, path) => plan.presents.get(ref, path),
    *byControl(result) {
      const tally = byResult.get(result)
      if (tally === undefined) return
      for (let ref = 0; ref < subjects.length; ref++) {
        const rank = tally.ranks[ref] ?? 0
        if (rank !== 0) yield new TalliedVerdict(tally, ref, rank)
      }
    },
    *bySubject(ref) {
      for (const tally of tallies) {
        const rank = tally.ranks[ref] ?? 0
        if (rank !== 0) yield new TalliedVerdict(tally, ref, rank)
      }
    },
  }
}

function tallyControl(judgedControl: JudgedControl, subjects: readonly Subject[], selection: Selection): Tally {
  const { control } = judgedControl
  const counters: Record<Status, number> = { passed: 0, failed: 0, skipped: 0 }
  let skip: Outcome | undefined
  const sums: RiskSums = { failed: 0, all: 0 }
  const ranks = new Uint8Array(subjects.length)
  const reach = Math.min(subjects.length, Math.max(0, ...judgedControl.columns.map((column) => column.reach)))
  for (let ref = 0; ref < reach; ref++) {
    const outcome = outcomeOf(judgedControl, ref)
    if (outcome === undefined) continue
    counters[outcome.status]++
    ranks[ref] = RANK_OF[outcome.status]
    if (outcome.status === 'skipped') skip = skip === undefined ? outcome : combine(skip, outcome)
    const weight = (subjects[ref]?.weight ?? 1) * control.baseScore
    sums.all += weight
    if (outcome.status === 'failed') sums.failed += weight
  }
  if (control.checks.length === 0) skip = MANUAL
  else if (judgedControl.columns.some((column) => column.isBroken)) skip ??= NOT_EVALUATED
  const outcome = controlOutcome(counters, skip)
  return {
    judged: judgedControl,
    sums,
    ranks,
    result: {
      ...outcome,
      control,
      severity: severityOf(control.baseScore),
      info: controlInfo(control, outcome),
      counters,
      excepted: 0,
      score: riskScore(sums),
      complianceScore: controlCompliance(outcome.status, counters),
      frameworks: selection.frameworks.filter(({ controls }) => controls.includes(control.id)).map(({ name }) => name),
    },
  }
}

/** True when none of the kinds that carry the control's data was in the input, whatever else it matches. */
function lacksData({ needs }: ControlDeclaration, plan: Plan): boolean {
  return needs !== undefined && needs.kinds.length > 0 && !needs.kinds.some((kind) => plan.seenKinds.has(kind))
}

function controlOutcome({ passed, failed }: Counters, skip: Outcome | undefined): Outcome {
  if (failed > 0) return { status: 'failed', subStatus: '' }
  if (skip !== undefined) return skip
  return { status: 'passed', subStatus: passed === 0 ? 'irrelevant' : '' }
}

function tallyFramework(
  { name, numbers = {}, sections = {} }: Framework,
  tallies: readonly Tally[],
  subjects: readonly Subject[],
): FrameworkResult {
  const controls = tallies.map(({ result }) => result)
  return {
    ...combineControls(controls),
    name,
    numbers,
    sections,
    controls,
    counters: countStatuses(worstStatuses(tallies, subjects)),
    score: riskScore(addSums(tallies)),
    complianceScore: meanCompliance(controls.map((control) => control.complianceScore)),
  }
}

/** The worst status of every subject that was judged at all. */
function worstStatuses(tallies: readonly Tally[], subjects: readonly Subject[]): Status[] {
  const worst = new Uint8Array(subjects.length)
  for (const { ranks } of tallies) {
    for (let ref = 0; ref < ranks.length; ref++) {
      const rank = ranks[ref] ?? 0
      if (rank > (worst[ref] ?? 0)) worst[ref] = rank
    }
  }
  return Array.from(worst, (rank) => RANKED[rank]).filter((status) => status !== undefined)
}

function countStatuses(statuses: readonly Status[]): Counters {
  const counters: Record<Status, number> = { passed: 0, failed: 0, skipped: 0 }
  for (const status of statuses) counters[status]++
  return counters
}

function combineControls(results: readonly ControlResult[]): Outcome {
  if (results.some((result) => result.status === 'failed')) return { status: 'failed', subStatus: '' }
  const skipped = results.filter((result) => result.status === 'skipped')
  if (skipped.length > 0)
    return skipped.map(({ status, subStatus }): Outcome => ({ status, subStatus })).reduce(combine)
  return {
    status: 'passed',
    subStatus: results.every((result) => result.subStatus === 'irrelevant') ? 'irrelevant' : '',
  }
}

function countBySeverity(
  results: readonly ControlResult[],
  count: (result: ControlResult) => number,
): SeverityCounters {
  const counters: SeverityCounters = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 }
  for (const result of results) {
    counters[result.severity.toLowerCase() as keyof SeverityCounters] += count(result)
  }
  return counters
}

function addSums(tallies: readonly Tally[]): RiskSums {
  const sums: RiskSums = { failed: 0, all: 0 }
  for (const tally of tallies) {
    sums.failed += tally.sums.failed
    sums.all += tally.sums.all
  }
  return sums
}
