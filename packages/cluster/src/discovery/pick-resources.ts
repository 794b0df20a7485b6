/** Chooses which types to list, so that what is wanted is read once. */
import type { Match } from '@kubescape/resources'

import type { ApiResource, Discovery } from './api-resource.ts'

/** A wanted type that cannot be listed. */
export interface UnreadableType {
  readonly group: string
  /** Empty where it is not known. */
  readonly version: string
  readonly kind: string
  /** The name in paths; the kind where it is not known. */
  readonly resource: string
  readonly error: string
}

/** What to list, and what becomes of the rest of what was wanted. */
export interface PickedResources {
  /** One version of each wanted group and kind, sorted by group and kind. */
  readonly listed: readonly ApiResource[]
  /** Wanted types that the server does not have, one group and kind each. That is no failure. */
  readonly absent: readonly Match[]
  /** Wanted types that the server has, or may have, and that cannot be listed. */
  readonly unreadable: readonly UnreadableType[]
  /** Matches for any kind, as they were given: listing everything is for the caller to decide. */
  readonly anyKind: readonly Match[]
}

/** One way to read each wanted type; kinds are compared without regard to case. */
export function pickResources(discovery: Discovery, wanted: readonly Match[]): PickedResources {
  throw new Error(`not written yet: ${String(discovery)} ${String(wanted)}`)
}
