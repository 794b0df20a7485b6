/** Two sets of policies over the same resources: where their verdicts differ. */
import type { Identity } from '@kubescape/resources'

import type { ControlResult, Report } from '../report.ts'
import type { Status } from '../status.ts'

/** What a set says of a control on a resource; `untested` when the control is not about it. */
export type SetVerdict = Status | 'untested'

/** A resource on which a control says something else in the one set than in the other. */
export interface VerdictDifference {
  readonly controlID: string
  readonly controlName: string
  /** Unique in the report. */
  readonly resourceID: string
  readonly identity: Identity
  /** The file of the resource; empty for objects of clusters. */
  readonly file: string
  readonly left: SetVerdict
  readonly right: SetVerdict
}

/** A control that only one of the sets has. */
export interface LoneControl {
  readonly controlID: string
  readonly controlName: string
  readonly failed: number
}

/** Two sets side by side. */
export interface PolicyDifference {
  /** Controls that both have. */
  readonly common: number
  /** Verdicts on which both agree. */
  readonly agreed: number
  /** In the order of controls, then of resources. */
  readonly differences: readonly VerdictDifference[]
  readonly onlyLeft: readonly LoneControl[]
  readonly onlyRight: readonly LoneControl[]
}

/** Compares two reports about the same resources. Controls are the same when their ids are, whatever their case. */
export function policyDifference(left: Report, right: Report): PolicyDifference {
  const ours = byId(left)
  const theirs = byId(right)
  const differences: VerdictDifference[] = []
  let common = 0
  let agreed = 0
  const places = new Map(right.subjects.map(({ id }, ref) => [id, ref]))
  for (const [id, control] of ours) {
    const other = theirs.get(id)
    if (other === undefined) continue
    common++
    const there = verdictsOf(right, other)
    const seen = new Set<string>()
    for (const { ref, status } of left.byControl(control)) {
      const subject = left.subjects[ref]
      if (subject === undefined) continue
      seen.add(subject.id)
      const opposite = there.get(subject.id) ?? 'untested'
      if (opposite === status) agreed++
      else differences.push(differenceOf(control, left, ref, status, opposite))
    }
    for (const [resourceID, status] of there) {
      const ref = seen.has(resourceID) ? undefined : places.get(resourceID)
      if (ref !== undefined) differences.push(differenceOf(other, right, ref, 'untested', status))
    }
  }
  return { common, agreed, differences, onlyLeft: lone(ours, theirs), onlyRight: lone(theirs, ours) }
}

function byId({ controls }: Report): Map<string, ControlResult> {
  return new Map(controls.map((result) => [result.control.id.toLowerCase(), result]))
}

function verdictsOf(report: Report, control: ControlResult): Map<string, Status> {
  const verdicts = new Map<string, Status>()
  for (const { ref, status } of report.byControl(control)) verdicts.set(report.subjects[ref]?.id ?? '', status)
  return verdicts
}

function differenceOf(
  { control }: ControlResult,
  report: Report,
  ref: number,
  left: SetVerdict,
  right: SetVerdict,
): VerdictDifference {
  const subject = report.subjects[ref]
  return {
    controlID: control.id,
    controlName: control.name,
    resourceID: subject?.id ?? '',
    identity: subject?.identity ?? { group: '', version: '', kind: '', namespace: '', name: '' },
    file: subject?.origin?.file ?? report.subjects[subject?.related?.[0] ?? ref]?.origin?.file ?? '',
    left,
    right,
  }
}

function lone(
  from: ReadonlyMap<string, ControlResult>,
  other: ReadonlyMap<string, ControlResult>,
): readonly LoneControl[] {
  return [...from]
    .filter(([id]) => !other.has(id))
    .map(([, { control, counters }]) => ({ controlID: control.id, controlName: control.name, failed: counters.failed }))
}
