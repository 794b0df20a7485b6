/** An admission policy as a check: what it would refuse, were it created, fails. */
import {
  CheckFailure,
  type Check,
  type ControlInputs,
  type ExplainedFailure,
  type InputName,
  type Outcome,
  type OwnInput,
  type PolicyPlace,
  type Projection,
  type Tables,
} from '@kubescape/controls'
import type { Identity, Match, ValueMap } from '@kubescape/resources'

import { messagesAbout } from '../../messages.ts'
import { BrokenCheck } from '../../rule/broken-check.ts'
import type { Gatherings } from '../../rule/whole-objects.ts'
import type { CostLimits } from '../run.ts'
import type { Value } from '../values/value.ts'
import { CompiledPolicy, type ExpressionProblem, type Verdict } from './compiled-policy.ts'
import { findingsOf } from './findings.ts'
import type { PolicyExpressions } from './policy-source.ts'
import { requestOf, withoutNulls } from './request.ts'

/** What is judged: an object, the namespace that it is in where that is known, and the inputs of the scan. */
export interface Subject {
  readonly identity: Identity
  readonly object: ValueMap
  readonly namespace: ValueMap | undefined
  readonly inputs: ControlInputs
}

/**
 * The parameters with which a policy judges an object: each of them must allow it; none where the policy is not about it. A text
 * says why that cannot be told.
 */
export type Aim = (subject: Subject) => readonly Value[] | string

/** What a check of a policy is made of. */
export interface PolicyCheck {
  readonly name: string
  readonly expressions: PolicyExpressions
  /** The types of the objects that it may be about. */
  readonly match: readonly Match[]
  readonly inputs: readonly InputName[]
  readonly ownInputs?: readonly OwnInput[]
  readonly aim: Aim
  /** It cannot judge an object without its namespace. */
  readonly needsNamespace: boolean
  /** Where the expression at a path of the policy stands, and the place within it. */
  readonly placeOf: (path: string, offset: number) => PolicyPlace
}

/** What checks of policies share. */
export interface CheckOptions {
  readonly gatherings: Gatherings
  readonly limits?: CostLimits
}

/** A policy that costs too much for so many objects is not asked about others. */
const MOST_COSTLY = 10
const GIVEN_UP: Verdict = {
  kind: 'unknown',
  path: 'spec',
  message: `it was given up after ${MOST_COSTLY} objects for which it cost too much`,
  isCostly: true,
}

const NAMESPACES: Projection<{ readonly name: string; readonly object: ValueMap }> = {
  name: 'namespaces of admission policies',
  match: [{ groups: [''], versions: ['v1'], kinds: ['Namespace'] }],
  take: ({ identity, object }) => ({ name: identity.name, object }),
}

/** Compiles a policy and makes its check. It throws `CheckFailure` where the policy cannot judge. */
export function admissionCheck(source: PolicyCheck, { gatherings, limits }: CheckOptions): Check {
  const { name, match, inputs, ownInputs = [], needsNamespace, aim, placeOf } = source
  const compiled = CompiledPolicy.compile(source.expressions, limits)
  if ('problems' in compiled) return new BrokenCheck(name, match, failureOf(source, compiled.problems))
  const { policy } = compiled
  let costly = 0
  const judge = (subject: Subject): Verdict => {
    const { identity, namespace } = subject
    const object = withoutNulls(subject.object)
    const params = aim({ ...subject, object })
    if (typeof params === 'string') return { kind: 'unknown', path: 'spec', message: params, isCostly: false }
    if (costly >= MOST_COSTLY) return GIVEN_UP
    const request = requestOf(identity)
    const verdict = merged(
      params.map((each) => policy.judge({ object, request, params: each, namespaceObject: namespace ?? null })),
    )
    if (verdict.kind === 'unknown' && verdict.isCostly) costly++
    return verdict
  }
  const judgement = (verdict: Verdict, object: ValueMap): ExplainedFailure | undefined | 'not-tested' => {
    if (verdict.kind === 'excluded') return 'not-tested'
    if (verdict.kind === 'allowed') return undefined
    if (verdict.kind === 'denied') {
      const { violations } = verdict
      const texts = violations.map(({ message }) => message)
      return {
        findings: findingsOf(violations.flatMap(({ faults }) => faults)),
        messages: messagesAbout([object], texts),
      }
    }
    const { path, message, isCostly } = verdict
    throw new CheckFailure(
      isCostly ? 'policy/limit' : 'policy/evaluation-failed',
      `policy ${name} cannot judge: ${path}: ${message}`,
      isCostly
        ? 'Make it look at less: loops within loops cost the most.'
        : 'Guard fields that need not be there with has(), or use .? and orValue().',
      placeOf(path, 0),
    )
  }
  if (!needsNamespace) {
    return {
      shape: 'local',
      name,
      match,
      inputs,
      ownInputs,
      judge: ({ identity, object }, values) =>
        judgement(judge({ identity, object, namespace: undefined, inputs: values }), object),
    }
  }
  const { projection, gather } = gatherings.of(match)
  return {
    shape: 'joined',
    tests: 'reported',
    name,
    match,
    inputs,
    ownInputs,
    needs: [projection, NAMESPACES],
    across: [],
    *judge(tables: Tables, values: ControlInputs): Iterable<Outcome> {
      const namespaces = tables.once(namespacesIn)
      for (const { ref, identity, object } of gather(tables).rows) {
        const namespace = namespaces.get(identity.namespace)
        const verdict = judge({ identity, object, namespace, inputs: values })
        const judged = verdict.kind === 'unknown' ? 'unknown' : judgement(verdict, object)
        if (judged === 'unknown') yield { subject: ref, isUnknown: true }
        else if (judged === undefined) yield { subject: ref }
        else if (judged !== 'not-tested') yield { subject: ref, ...judged }
      }
    },
  }
}

function namespacesIn(tables: Tables): ReadonlyMap<string, ValueMap> {
  return new Map(tables.rows(NAMESPACES).map(({ name, object }) => [name, object]))
}

/** What several evaluations say together: one that refuses is enough, and none passes what another cannot judge. */
function merged(verdicts: readonly Verdict[]): Verdict {
  const violations = verdicts.flatMap((verdict) => (verdict.kind === 'denied' ? verdict.violations : []))
  if (violations.length > 0) return { kind: 'denied', violations }
  return (
    verdicts.find(({ kind }) => kind === 'unknown') ??
    verdicts.find(({ kind }) => kind === 'allowed') ?? { kind: 'excluded' }
  )
}

/** Why a policy with problems cannot be run. */
function failureOf({ name, placeOf }: PolicyCheck, problems: readonly ExpressionProblem[]): CheckFailure {
  const [first] = problems
  const { path = '', message = '', offset = 0 } = first ?? {}
  if (problems.some((problem) => problem.message.includes('undeclared name "authorizer'))) {
    return new CheckFailure(
      'policy/needs-authorizer',
      `policy ${name} asks the API server who may do what (authorizer), which a scan cannot`,
      'What it is about is skipped.',
      placeOf(path, offset),
    )
  }
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  return new CheckFailure(
    'policy/invalid-cel',
    `policy ${name} cannot be compiled: ${path}: ${message}${more}`,
    'Correct the expression.',
    placeOf(path, offset),
  )
}
