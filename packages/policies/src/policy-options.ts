/** How policies are evaluated. */
import type { Limits } from '@kubescape/rego'

/** What evaluations may use; the same for all policies of a set. */
export interface PolicyOptions {
  /** The time that policies see, in nanoseconds since 1970; 0 where it is left out. */
  readonly now?: bigint
  /** Bounds of one evaluation. */
  readonly limits?: Partial<Limits>
  /** Takes what policies print, with the file and the line of the call. */
  readonly print?: (line: string, file: string, row: number) => void
  /** Asked now and then while a policy is evaluated; true ends it. */
  readonly isCancelled?: () => boolean
}
