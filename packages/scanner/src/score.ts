/** Risk and compliance scores, as published: 32-bit floats, weights by replicas. */
import type { Counters, Outcome, Status } from '@kubescape/results'

/** Sums of weights times base score, over failed and over all resources. */
export interface RiskSums {
  failed: number
  all: number
}

/** Risk: the share of failed weight in percent, 0 when there is nothing to weigh. */
export function riskScore({ failed, all }: RiskSums): number {
  return all === 0 ? 0 : Math.fround((100 * failed) / all)
}

/**
 * Compliance of a control: 100 when it passed, even with nothing to check; else the percentage of resources that passed or are
 * excluded, 0 when there is none.
 */
export function controlCompliance(status: Status, counters: Counters): number {
  if (status === 'passed') return 100
  const { passed, failed, skipped, excluded } = counters
  const all = passed + failed + skipped + excluded
  return all === 0 ? 0 : Math.fround((100 * (passed + excluded)) / all)
}

/** Compliance of a control if nothing had been accepted: what is excluded has failed. */
export function complianceWithoutExceptions({ status, subStatus }: Outcome, counters: Counters): number {
  const { passed, failed, skipped, excluded } = counters
  const all = passed + failed + skipped + excluded
  if (status === 'passed' && subStatus !== 'w/exceptions') return 100
  return all === 0 ? 0 : Math.fround((100 * passed) / all)
}

/** Compliance of a framework or a scan: the mean over its controls; 0 without controls. */
export function meanCompliance(scores: readonly number[]): number {
  if (scores.length === 0) return 0
  let sum = 0
  for (const score of scores) sum = Math.fround(sum + score)
  return Math.fround(sum / scores.length)
}
