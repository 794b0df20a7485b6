/** Exceptions: decisions to accept findings, and what became of them. */
import type { Ref } from '@kubescape/resources'

import type { ControlResult } from './report.ts'

/** A decision to accept findings: by whom, why, until when, and where it stands. What it covers is the scanner's business. */
export interface Exception {
  readonly name: string
  /** Empty where none is given. */
  readonly reason: string
  /** Who answers for it; empty where nobody does. */
  readonly owner: string
  /** When it ends, as RFC 3339; empty for never. */
  readonly expires: string
  /** Where it was written: a file, an object of the cluster, an annotation or a comment. */
  readonly source: string
}

/** What an exception accepted, or failed to. */
export interface ExceptionUse {
  readonly exception: Exception
  readonly isExpired: boolean
  /** It is not bound to any kind, name, label or place. */
  readonly isBroad: boolean
  /** What it names controls by, as it was written; nothing for every control. */
  readonly controls: readonly string[]
  /** What it names controls by that no control answers to. */
  readonly unknownControls: readonly string[]
  readonly matches: readonly ExceptionMatch[]
  /** Controls that people check by hand, and that it accepts as checked. */
  readonly manual: readonly ControlResult[]
}

/** One check of a control on one resource that an exception accepts, in whole or in part. */
export interface ExceptionMatch {
  readonly control: ControlResult
  readonly ref: Ref
  readonly rule: string
}
