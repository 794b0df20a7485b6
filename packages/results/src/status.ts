/** Statuses of verdicts and how several become one. */

/**
 * What a control says of a resource, and what a report says of a control. A resource is `excluded` when it failed and exceptions
 * accept all of it; a control or framework never is: it has passed `w/exceptions` when nothing else is wrong.
 */
export type Status = 'passed' | 'excluded' | 'skipped' | 'failed'

/** Why a status is what it is. */
export type SubStatus =
  | ''
  | 'w/exceptions'
  | 'irrelevant'
  | 'configuration'
  | 'integration'
  | 'requires review'
  | 'manual review'
  | 'notEvaluated'

/** A status with its reason. */
export interface Outcome {
  readonly status: Status
  readonly subStatus: SubStatus
}

const STATUS_ORDER: readonly Status[] = ['passed', 'excluded', 'skipped', 'failed']
const SKIP_ORDER: readonly SubStatus[] = [
  'manual review',
  'requires review',
  'integration',
  'configuration',
  'notEvaluated',
]
const PASS_ORDER: readonly SubStatus[] = ['', 'irrelevant', 'w/exceptions']

/** Failed outweighs skipped, skipped outweighs excluded, excluded outweighs passed; of equal statuses the weightier reason stays. */
export function combine(a: Outcome, b: Outcome): Outcome {
  if (a.status !== b.status) return STATUS_ORDER.indexOf(a.status) > STATUS_ORDER.indexOf(b.status) ? a : b
  if (a.status === 'failed') return { status: 'failed', subStatus: '' }
  const order = a.status === 'skipped' ? SKIP_ORDER : PASS_ORDER
  return order.indexOf(a.subStatus) >= order.indexOf(b.subStatus) ? a : b
}

/** Numbers of resources by status. */
export interface Counters {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly excluded: number
}

/** The counters of nothing, to count with. */
export function noCounters(): Record<Status, number> {
  return { passed: 0, failed: 0, skipped: 0, excluded: 0 }
}

/** Numbers of failures by severity. */
export interface SeverityCounters {
  critical: number
  high: number
  medium: number
  low: number
  unknown: number
}
