/** How the scores of a report come about: the formulas with the numbers of the scan, and what costs how much. */
import type { ControlResult, FrameworkResult, Report } from './report.ts'
import type { Status } from './status.ts'

/** What a control costs. */
export interface Contributor {
  readonly controlID: string
  readonly name: string
  readonly status: Status
  /** Its own compliance, 0 to 100. */
  readonly complianceScore: number
  readonly failedResources: number
  readonly skippedResources: number
  readonly allResources: number
  /** Points of the mean that are missing because of it. */
  readonly points: number
}

/** How a compliance score, the mean over controls, comes about: 100 - failures - undecided = score. */
export interface ComplianceExplanation {
  readonly complianceScore: number
  readonly controls: number
  /** Of the scores of the controls. */
  readonly sum: number
  /** Points that failed resources cost. */
  readonly failures: number
  /** Points that skipped resources cost, and controls that a person has to check. */
  readonly undecided: number
  /** Points that rest on exceptions; they are in the score. */
  readonly exceptions: number
  /** Those that cost something, the costliest first. */
  readonly contributors: readonly Contributor[]
}

/** How a risk score comes about: 100 x failed / all. */
export interface RiskExplanation {
  readonly score: number
  /** Sums of the weight of resources times the base score of controls. */
  readonly failedWeight: number
  readonly allWeight: number
}

/** How a framework stands. */
export interface FrameworkExplanation {
  readonly name: string
  readonly compliance: ComplianceExplanation
  readonly risk: RiskExplanation
}

/** How all scores come about. */
export interface ScoreExplanation {
  readonly compliance: ComplianceExplanation
  readonly risk: RiskExplanation
  readonly frameworks: readonly FrameworkExplanation[]
  readonly coverage: {
    readonly coverageScore: number
    readonly evaluatedControls: number
    readonly totalControls: number
    /** Points taken off for what was read in part only, and for fallbacks. */
    readonly deductions: number
  }
}

/** Explains the scores. It goes through every verdict, so it is for those who ask. */
export function explainScores(report: Report): ScoreExplanation {
  const { coverageScore, evaluatedControls, totalControls } = report.coverage
  const share = totalControls === 0 ? 0 : (100 * evaluatedControls) / totalControls
  const weights = new Map<ControlResult, Weights>()
  const weightsOf = (result: ControlResult): Weights => {
    let own = weights.get(result)
    if (own === undefined) weights.set(result, (own = weigh(report, result)))
    return own
  }
  return {
    compliance: explainCompliance(report),
    risk: explainRisk(report, weightsOf),
    frameworks: report.frameworks.map((framework) => ({
      name: framework.name,
      compliance: explainCompliance(framework),
      risk: explainRisk(framework, weightsOf),
    })),
    coverage: { coverageScore, evaluatedControls, totalControls, deductions: Math.max(0, share - coverageScore) },
  }
}

type Scored = Pick<Report | FrameworkResult, 'controls' | 'complianceScore' | 'complianceWithoutExceptions' | 'score'>

interface Weights {
  readonly failed: number
  readonly all: number
}

function explainCompliance({ controls, complianceScore, complianceWithoutExceptions }: Scored): ComplianceExplanation {
  const each = controls.map((result) => costsOf(result, controls.length))
  return {
    complianceScore,
    controls: controls.length,
    sum: sum(controls.map((result) => result.complianceScore)),
    failures: sum(each.map(({ failures }) => failures)),
    undecided: sum(each.map(({ undecided }) => undecided)),
    exceptions: complianceScore - complianceWithoutExceptions,
    contributors: each
      .map(({ contributor }) => contributor)
      .filter(({ points }) => points > 0)
      .toSorted((a, b) => b.points - a.points || (a.controlID < b.controlID ? -1 : 1)),
  }
}

function costsOf(
  { control, status, complianceScore, counters }: ControlResult,
  amount: number,
): { contributor: Contributor; failures: number; undecided: number } {
  const { passed, failed, skipped, excluded } = counters
  const points = (100 - complianceScore) / amount
  const lost = failed + skipped
  const failures = lost === 0 ? 0 : (points * failed) / lost
  const contributor = {
    controlID: control.id,
    name: control.name,
    status,
    complianceScore,
    failedResources: failed,
    skippedResources: skipped,
    allResources: passed + failed + skipped + excluded,
    points,
  }
  return { contributor, failures, undecided: points - failures }
}

function explainRisk({ controls, score }: Scored, weightsOf: (result: ControlResult) => Weights): RiskExplanation {
  const all = controls.map(weightsOf)
  return {
    score,
    failedWeight: sum(all.map(({ failed }) => failed)),
    allWeight: sum(all.map((weights) => weights.all)),
  }
}

function weigh(report: Report, result: ControlResult): Weights {
  let [failed, all] = [0, 0]
  for (const { ref, status } of report.byControl(result)) {
    const weight = (report.subjects[ref]?.weight ?? 1) * result.control.baseScore
    all += weight
    if (status === 'failed') failed += weight
  }
  return { failed, all }
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
