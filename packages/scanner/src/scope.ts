/** What a scan runs: the controls of a selection that apply to its target, what is judged beside them, and what both look at. */
import type { ControlDeclaration, ControlInputs } from '@kubescape/controls'

import { applies, type ScanTarget } from './applicability.ts'
import { Plan } from './plan.ts'
import { sideControls } from './priorities.ts'
import { SelectionError, type Selection } from './selection.ts'
import type { Needs } from './source.ts'

/** What decides it. */
export interface ScopeRequest {
  readonly selection: Selection
  readonly target: ScanTarget
  /** Whose Kubernetes it is, such as `eks`; empty or absent where it is not known. */
  readonly platform?: string
  /** The kind of the one workload that is judged, where only one is. */
  readonly kind?: string | undefined
}

/** The controls of a scan. */
export interface Scope {
  readonly selection: Selection
  /** Those of the selection that apply to the target. */
  readonly controls: readonly ControlDeclaration[]
  /** Judged beside them, for priorities. */
  readonly side: readonly ControlDeclaration[]
}

/**
 * The controls that a scan runs.
 * @throws {SelectionError} when none of them looks at the kind
 */
export function makeScope({ selection: asked, target, platform = '', kind }: ScopeRequest): Scope {
  const selection = kind === undefined ? asked : { ...asked, controls: about(kind, asked.controls) }
  if (selection.controls.length === 0) {
    throw new SelectionError(
      `none of these controls looks at objects of kind ${kind ?? ''}`,
      'Choose other frameworks or controls.',
    )
  }
  const controls = selection.controls.filter((control) => applies(control, target, selection, platform))
  const side = sideControls(selection, controls)
  return { selection, controls, side: kind === undefined ? side : about(kind, side) }
}

/** What these controls look at. */
export function needsOf({ controls, side }: Scope, inputs: ControlInputs): Needs {
  return new Plan(controls, inputs, side).needs
}

/** The controls with those of their checks that judge objects of the kind and have no need of others of it. */
function about(kind: string, controls: readonly ControlDeclaration[]): ControlDeclaration[] {
  const wanted = kind.toLowerCase()
  return controls.flatMap((control) => {
    const checks = control.checks.filter(
      ({ match, shape, isAboutPlatform }) =>
        !(shape === 'joined' && isAboutPlatform === true) &&
        match.some(({ kinds }) => kinds.some((each) => each === '*' || each.toLowerCase() === wanted)),
    )
    if (checks.length === 0) return []
    return checks.length === control.checks.length ? control : { ...control, checks }
  })
}
