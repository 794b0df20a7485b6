/** What is read from policies of users and from published bundles: controls and frameworks like the built-in ones. */
import type { ControlDeclaration, Framework } from '@kubescape/controls'

/** A file of policies, as text. */
export interface PolicyFile {
  /** As people should see it. */
  readonly path: string
  readonly text: string
}

/** Something that is wrong with a policy file; what it concerns is left out of the set, and never passes. */
export interface PolicyProblem {
  /** Such as `policy/invalid-rego`, `policy/unknown-control`; documented in docs/policies.md. */
  readonly code: `policy/${string}`
  readonly message: string
  readonly hint: string
  readonly file: string
  /** From 1. */
  readonly line?: number
  readonly column?: number
}

/** Where a set came from, for reports and lock files. */
export interface PolicySource {
  readonly path: string
  /** SHA-256 of its text, in hexadecimal. */
  readonly digest: string
  readonly kind:
    | 'rego'
    | 'cel'
    | 'framework'
    | 'control'
    | 'rule'
    | 'bundle'
    | 'inputs'
    | 'exceptions'
    | 'attack-tracks'
  /** Version that the publisher gives it. */
  readonly version?: string
}

/** Controls and frameworks that were read, beside what could not be. */
export interface PolicySet {
  readonly controls: readonly ControlDeclaration[]
  readonly frameworks: readonly Framework[]
  readonly problems: readonly PolicyProblem[]
  readonly sources: readonly PolicySource[]
}
