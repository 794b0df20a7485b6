/** Why a comparison does not pass a gate. */
import type { Bucket } from '@kubescape/results/comparison'

import { count } from '../terminal.ts'

/** `2 new failures and 1 that cannot be compared`, of those that count. */
export function regressionMessage(counts: Readonly<Record<Bucket, number>>, severity: string): string {
  const parts = [
    ...(counts.new === 0 ? [] : [count(counts.new, 'new failure')]),
    ...(counts.incomparable === 0 ? [] : [`${count(counts.incomparable, 'failure')} that cannot be compared`]),
  ]
  return `${parts.join(' and ')}${severity === '' ? '' : `, of severity ${severity} or worse`}`
}
