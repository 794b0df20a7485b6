/** What a check is: a named test of objects, by itself (local) or together with others (joined). */
import type { Match, Ref, Resource } from '@kubescape/resources'

import type { ExplainedFailure, Finding } from './finding.ts'
import type { ControlInputs, InputName, OwnInput } from './inputs.ts'
import type { Projection, Tables } from './projection.ts'

/**
 * What a local check says of an object: `undefined` it passed, a list it failed (empty when no single field is at fault),
 * `not-tested` the check is not about this object. A failure may come with messages.
 */
export type Judgement = readonly Finding[] | ExplainedFailure | undefined | 'not-tested'

interface CheckBase {
  /** Stable name of the rule; conformance cases and reports use it. */
  readonly name: string
  /** The objects that are tested. */
  readonly match: readonly Match[]
  /** The control inputs that are read. */
  readonly inputs?: readonly InputName[]
  /** Inputs that it brings itself. */
  readonly ownInputs?: readonly OwnInput[]
  /** Set where nothing of an object but its metadata is looked at: a cluster need not give more of it. */
  readonly looksAt?: 'metadata'
  /** Of the objects that it matches it tests only the platform's own, such as the Pods of the control plane. */
  readonly isAboutPlatform?: true
}

/** Judges one object at a time. */
export interface LocalCheck extends CheckBase {
  readonly shape: 'local'
  judge(resource: Resource, inputs: ControlInputs): Judgement
}

/** Who a binding gives rights to; a thing to judge that is no object of its own. */
export interface Vector {
  readonly kind: string
  readonly name: string
  readonly namespace: string
  readonly apiGroup: string
  /** The objects that make it: for subjects the binding (0) and the role (1). */
  readonly related: readonly Ref[]
}

/** Another object that has part in a failure, with what is at fault there. */
export interface Related {
  readonly ref: Ref
  readonly findings: readonly Finding[]
}

/** What a joined check says of one object or vector; no findings list means that it passed, unless it is unknown. */
export interface Outcome {
  readonly subject: Ref | Vector
  readonly findings?: readonly Finding[]
  readonly related?: readonly Related[]
  /** What the policy says of the failure, as in `ExplainedFailure`. */
  readonly messages?: readonly string[]
  /** What is needed to judge it is not there. */
  readonly isUnknown?: true
}

/** Judges objects together with others, on what its projections kept of them. */
export interface JoinedCheck extends CheckBase {
  readonly shape: 'joined'
  /**
   * `matched`: every matching object is tested, and only failures need to be reported.
   * `reported`: only what the check reports is tested.
   */
  readonly tests: 'matched' | 'reported'
  readonly needs: readonly Projection<object>[]
  /**
   * Those of `needs` whose objects count in other namespaces than that of the judged object too; all of them where it is left out.
   * What lives outside namespaces always counts.
   */
  readonly across?: readonly Projection<object>[]
  judge(tables: Tables, inputs: ControlInputs): Iterable<Outcome>
}

/** A check of any shape. */
export type Check = LocalCheck | JoinedCheck

/** Where something stands in a file of policies. Line and column from 1. */
export interface PolicyPlace {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/**
 * Thrown by a check that cannot judge, for a reason that is not a bug of ours: a policy that cannot be compiled, that needs more time
 * than it may have, or that says what makes no sense. What it was asked about is skipped.
 */
export class CheckFailure extends Error {
  /** Such as `policy/limit`. */
  readonly code: string
  readonly hint: string
  readonly place: PolicyPlace

  constructor(code: string, message: string, hint: string, place: PolicyPlace) {
    super(message)
    this.code = code
    this.hint = hint
    this.place = place
  }
}

/** The projections whose objects count in every namespace. */
export function acrossOf({ across, needs }: JoinedCheck): readonly Projection<object>[] {
  return across ?? needs
}

/** Findings as a judgement: an empty list means that nothing was found, so the object passed. */
export function failsIfAny(findings: readonly Finding[]): readonly Finding[] | undefined {
  return findings.length === 0 ? undefined : findings
}
