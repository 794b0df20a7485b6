/** From what checks said to what a control says of a subject. */
import { ownValues, type Check, type ControlDeclaration, type ControlInputs, type Finding } from '@kubescape/controls'
import type { Ref } from '@kubescape/resources'
import { combine, type Outcome, type RuleVerdict } from '@kubescape/results'

import type { Column } from './column.ts'
import type { Acceptance, Accepted } from './exceptions/exception-book.ts'

const PASSED: Outcome = { status: 'passed', subStatus: '' }
const FAILED: Outcome = { status: 'failed', subStatus: '' }
const EXCLUDED: Outcome = { status: 'excluded', subStatus: 'w/exceptions' }
const UNCONFIGURED: Outcome = { status: 'skipped', subStatus: 'configuration' }
/** The check could not be run. */
export const NOT_EVALUATED: Outcome = { status: 'skipped', subStatus: 'notEvaluated' }
/** What a control without checks says: a person has to look. */
export const MANUAL: Outcome = { status: 'skipped', subStatus: 'manual review' }

/** A control with the columns of its checks. */
export interface JudgedControl {
  readonly control: ControlDeclaration
  readonly columns: readonly Column[]
  /** Checks that cannot be judged because every one of their inputs is empty. */
  readonly unconfigured: ReadonlySet<Check>
  /** What exceptions accept; undefined when none names the control. */
  readonly acceptance?: Acceptance | undefined
}

/** Ties a control to the columns of its checks. */
export function judged(
  control: ControlDeclaration,
  columns: ReadonlyMap<Check, Column>,
  inputs: ControlInputs,
  acceptance?: Acceptance,
): JudgedControl {
  return {
    control,
    columns: control.checks.flatMap((check) => columns.get(check) ?? []),
    unconfigured: new Set(
      control.actionRequired === 'configuration' ? control.checks.filter((check) => isUnconfigured(check, inputs)) : [],
    ),
    acceptance,
  }
}

function isUnconfigured({ inputs: names = [], ownInputs = [] }: Check, inputs: ControlInputs): boolean {
  return (
    names.every((name) => inputs[name].length === 0) &&
    ownInputs.every((input) => ownValues(inputs, input).length === 0)
  )
}

/** What the control says of the subject; `undefined` when none of its checks tested it. */
export function outcomeOf(judgedControl: JudgedControl, ref: Ref): Outcome | undefined {
  const { columns, unconfigured } = judgedControl
  let outcome: Outcome | undefined
  for (const column of columns) {
    const state = column.get(ref)
    if (state === undefined) continue
    // Nearly every verdict: the one check of a control passed.
    if (state === 'passed' && unconfigured.size === 0 && outcome === undefined && columns.length === 1) return PASSED
    const next = ruleOutcome(judgedControl, column, ref, acceptedOf(judgedControl, column, ref))
    outcome = outcome === undefined ? next : combine(outcome, next)
  }
  return outcome
}

/** What each check of the control says of the subject. */
export function rulesOf(judgedControl: JudgedControl, ref: Ref): RuleVerdict[] {
  return judgedControl.columns.flatMap((column) => {
    if (column.get(ref) === undefined) return []
    const failure = column.failures.get(ref)
    const accepted = acceptedOf(judgedControl, column, ref)
    const outcome = ruleOutcome(judgedControl, column, ref, accepted)
    const silent = outcome.subStatus === 'configuration'
    return [
      {
        ...outcome,
        check: column.check,
        findings: silent ? NONE : (accepted?.remaining ?? failure?.findings ?? NONE),
        excepted: accepted?.excepted ?? NONE,
        exceptions: accepted?.exceptions ?? [],
        related: silent ? [] : (failure?.related ?? []),
        messages: silent || accepted?.isWhole === true ? NO_MESSAGES : (failure?.messages ?? NO_MESSAGES),
      },
    ]
  })
}

const NONE: readonly Finding[] = []
const NO_MESSAGES: readonly string[] = []

/** What exceptions accept of a failure of the check; undefined for nothing, or when it did not fail. */
function acceptedOf({ acceptance, unconfigured }: JudgedControl, column: Column, ref: Ref): Accepted | undefined {
  if (acceptance === undefined || unconfigured.has(column.check)) return undefined
  const failure = column.failures.get(ref)
  return failure === undefined ? undefined : acceptance.of(ref, column.check, failure.findings)
}

function ruleOutcome(
  { control, unconfigured }: JudgedControl,
  column: Column,
  ref: Ref,
  accepted: Accepted | undefined,
): Outcome {
  if (unconfigured.has(column.check)) return UNCONFIGURED
  const state = column.get(ref)
  if (state === 'skipped') return NOT_EVALUATED
  if (state === 'passed') return PASSED
  if (accepted?.isWhole === true) return EXCLUDED
  const action = control.actionRequired
  return action === 'requires review' || action === 'manual review' ? { status: 'skipped', subStatus: action } : FAILED
}
