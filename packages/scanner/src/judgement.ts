/** From what checks said to what a control says of a subject. */
import type { Check, ControlDeclaration, ControlInputs } from '@kubescape/controls'
import type { Ref } from '@kubescape/resources'
import { combine, type Outcome, type RuleVerdict } from '@kubescape/results'

import type { Column } from './column.ts'

const PASSED: Outcome = { status: 'passed', subStatus: '' }
const FAILED: Outcome = { status: 'failed', subStatus: '' }
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
}

/** Ties a control to the columns of its checks. */
export function judged(
  control: ControlDeclaration,
  columns: ReadonlyMap<Check, Column>,
  inputs: ControlInputs,
): JudgedControl {
  return {
    control,
    columns: control.checks.flatMap((check) => columns.get(check) ?? []),
    unconfigured: new Set(
      control.actionRequired === 'configuration'
        ? control.checks.filter((check) => (check.inputs ?? []).every((name) => inputs[name].length === 0))
        : [],
    ),
  }
}

/** What the control says of the subject; `undefined` when none of its checks tested it. */
export function outcomeOf({ control, columns, unconfigured }: JudgedControl, ref: Ref): Outcome | undefined {
  let outcome: Outcome | undefined
  for (const column of columns) {
    const state = column.get(ref)
    if (state === undefined) continue
    // Nearly every verdict: the one check of a control passed.
    if (state === 'passed' && unconfigured.size === 0 && outcome === undefined && columns.length === 1) return PASSED
    const next = ruleOutcome(control, column.check, state, unconfigured)
    outcome = outcome === undefined ? next : combine(outcome, next)
  }
  return outcome
}

/** What each check of the control says of the subject. */
export function rulesOf({ control, columns, unconfigured }: JudgedControl, ref: Ref): RuleVerdict[] {
  return columns.flatMap((column) => {
    const state = column.get(ref)
    if (state === undefined) return []
    const failure = column.failures.get(ref)
    const outcome = ruleOutcome(control, column.check, state, unconfigured)
    const silent = outcome.subStatus === 'configuration'
    return [
      {
        ...outcome,
        check: column.check,
        findings: silent ? [] : (failure?.findings ?? []),
        related: silent ? [] : (failure?.related ?? []),
      },
    ]
  })
}

function ruleOutcome(
  control: ControlDeclaration,
  check: Check,
  state: 'passed' | 'failed' | 'skipped',
  unconfigured: ReadonlySet<Check>,
): Outcome {
  if (unconfigured.has(check)) return UNCONFIGURED
  if (state === 'skipped') return NOT_EVALUATED
  if (state === 'passed') return PASSED
  const action = control.actionRequired
  return action === 'requires review' || action === 'manual review' ? { status: 'skipped', subStatus: action } : FAILED
}
