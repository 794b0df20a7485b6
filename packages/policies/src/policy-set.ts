/** What is read from policies of users and from published bundles: controls and frameworks like the built-in ones. */
import type { Catalogue, ControlDeclaration, Framework, OwnInput } from '@kubescape/controls'

/** A file of policies, as text. */
export interface PolicyFile {
  /** As people should see it, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** Something that is wrong with a policy file; what it concerns is left out of the set, or skipped, and never passes. */
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
export interface PolicySet extends Catalogue {
  /** In the order of their ids. Programs are compiled when `checks` is read: what cannot be compiled throws `CheckFailure` when it judges. */
  readonly controls: readonly ControlDeclaration[]
  readonly frameworks: readonly Framework[]
  /** What is wrong with the files, as far as it shows without compiling. */
  readonly problems: readonly PolicyProblem[]
  readonly sources: readonly PolicySource[]
  /** Inputs that the controls read beside the built-in ones. */
  readonly ownInputs: readonly OwnInput[]
  /** Values of inputs that a bundle sets, built-in ones among them; values of the user go before them. */
  readonly inputs: Readonly<Record<string, readonly string[]>>
  /** Files of exceptions that a bundle brings, to be read as those of users are. */
  readonly exceptions: readonly PolicyFile[]
}

/** A set without anything. */
export const NO_POLICIES: PolicySet = {
  controls: [],
  frameworks: [],
  problems: [],
  sources: [],
  ownInputs: [],
  inputs: {},
  exceptions: [],
}
