/** What one control says of every subject, counted and scored; and how several are put together. */
import { severityOf } from '@kubescape/controls'
import type { Ref } from '@kubescape/resources'
import {
  combine,
  noCounters,
  type ControlResult,
  type Counters,
  type Outcome,
  type RuleVerdict,
  type SeverityCounters,
  type Status,
  type Subject,
  type SubStatus,
  type Verdict,
} from '@kubescape/results'

import { controlInfo } from './info.ts'
import { MANUAL, NOT_EVALUATED, outcomeOf, rulesOf, type JudgedControl } from './judgement.ts'
import { RANK_OF, STATUS_OF_RANK } from './ranks.ts'
import { complianceWithoutExceptions, controlCompliance, riskScore, type RiskSums } from './score.ts'

/** One control, counted. */
export interface Tally {
  readonly result: ControlResult
  readonly judged: JudgedControl
  readonly sums: RiskSums
  /** A status for every subject, by its rank; 0 where the control says nothing. */
  readonly ranks: Uint8Array
}

/** A verdict that works out what most readers never ask for: the reason of a skip, and the rules. */
class TalliedVerdict implements Verdict {
  readonly ref: Ref
  readonly status: Status
  readonly #tally: Tally

  constructor(tally: Tally, ref: Ref, rank: number) {
    this.ref = ref
    this.status = STATUS_OF_RANK[rank] ?? 'skipped'
    this.#tally = tally
  }

  get control(): ControlResult {
    return this.#tally.result
  }

  get subStatus(): SubStatus {
    if (this.status === 'excluded') return 'w/exceptions'
    return this.status === 'skipped' ? (outcomeOf(this.#tally.judged, this.ref)?.subStatus ?? '') : ''
  }

  get rules(): readonly RuleVerdict[] {
    return rulesOf(this.#tally.judged, this.ref)
  }
}

/** What a rank of a tally stands for. */
export function verdictOf(tally: Tally, ref: Ref, rank: number): Verdict {
  return new TalliedVerdict(tally, ref, rank)
}

/** Counts and scores a control that the named frameworks ask for. */
export function tallyControl(
  judgedControl: JudgedControl,
  subjects: readonly Subject[],
  frameworks: readonly string[],
  isManualAccepted: boolean,
): Tally {
  const { control } = judgedControl
  const counters = noCounters()
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
  if (control.checks.length === 0) skip = isManualAccepted ? undefined : MANUAL
  else if (judgedControl.columns.some((column) => column.isBroken)) skip ??= NOT_EVALUATED
  const outcome = isManualAccepted && control.checks.length === 0 ? ACCEPTED : controlOutcome(counters, skip)
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
      score: riskScore(sums),
      complianceScore: controlCompliance(outcome.status, counters),
      complianceWithoutExceptions: complianceWithoutExceptions(outcome, counters),
      frameworks,
    },
  }
}

const ACCEPTED: Outcome = { status: 'passed', subStatus: 'w/exceptions' }

function controlOutcome({ passed, failed, excluded }: Counters, skip: Outcome | undefined): Outcome {
  if (failed > 0) return { status: 'failed', subStatus: '' }
  if (skip !== undefined) return skip
  if (excluded > 0) return ACCEPTED
  return { status: 'passed', subStatus: passed === 0 ? 'irrelevant' : '' }
}

/** The worst status of every subject that was judged at all. */
export function worstStatuses(tallies: readonly Tally[], subjects: readonly Subject[]): Status[] {
  const worst = new Uint8Array(subjects.length)
  for (const { ranks } of tallies) {
    for (let ref = 0; ref < ranks.length; ref++) {
      const rank = ranks[ref] ?? 0
      if (rank > (worst[ref] ?? 0)) worst[ref] = rank
    }
  }
  return Array.from(worst, (rank) => STATUS_OF_RANK[rank]).filter((status) => status !== undefined)
}

/** How many of each status. */
export function countStatuses(statuses: readonly Status[]): Counters {
  const counters = noCounters()
  for (const status of statuses) counters[status]++
  return counters
}

/** What a framework or a scan is: the worst of its controls, and irrelevant when all of them had nothing to check. */
export function combineControls(results: readonly ControlResult[]): Outcome {
  if (results.every((result) => result.subStatus === 'irrelevant')) return { status: 'passed', subStatus: 'irrelevant' }
  return results
    .map(({ status, subStatus }): Outcome => ({ status, subStatus: subStatus === 'irrelevant' ? '' : subStatus }))
    .reduce(combine)
}

/** Sums over the controls of each severity. */
export function countBySeverity(
  results: readonly ControlResult[],
  count: (result: ControlResult) => number,
): SeverityCounters {
  const counters: SeverityCounters = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 }
  for (const result of results) {
    counters[result.severity.toLowerCase() as keyof SeverityCounters] += count(result)
  }
  return counters
}

/** The risk sums of several controls together. */
export function addSums(tallies: readonly Tally[]): RiskSums {
  const sums: RiskSums = { failed: 0, all: 0 }
  for (const tally of tallies) {
    sums.failed += tally.sums.failed
    sums.all += tally.sums.all
  }
  return sums
}
