/** Statuses as small numbers, from least to most severe: a byte for each resource and control. */
import type { Status } from '@kubescape/results'

/** The status of each rank; rank 0 is for resources that a control says nothing of. */
export const STATUS_OF_RANK: readonly (Status | undefined)[] = [undefined, 'passed', 'excluded', 'skipped', 'failed']

/** The rank of each status. */
export const RANK_OF: Readonly<Record<Status, number>> = { passed: 1, excluded: 2, skipped: 3, failed: 4 }
