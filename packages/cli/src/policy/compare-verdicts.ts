/** Where two policy sets say different things about the same resources. */
import { resourceKeys, type ControlResult, type Report, type Subject } from '@kubescape/results'

/** A verdict that the sets do not agree on; a resource that a set does not test has none there. */
export interface DifferingVerdict {
  readonly control: string
  readonly name: string
  readonly resource: string
  readonly file: string
  readonly line: number
  readonly left: string
  readonly right: string
}

/** What two sets have in common, and what not. */
export interface VerdictComparison {
  readonly differing: readonly DifferingVerdict[]
  /** Verdicts that are the same. */
  readonly same: number
  /** Ids of controls that only one set has, of those that apply. */
  readonly onlyLeft: readonly string[]
  readonly onlyRight: readonly string[]
}

const NONE = 'not tested'

interface Said {
  readonly status: string
  readonly subject: Subject
}

/** Compares two reports on the same resources, control by control. */
export function compareVerdicts(left: Report, right: Report): VerdictComparison {
  const [leftKeys, rightKeys] = [resourceKeys(left), resourceKeys(right)]
  const others = new Map(right.controls.map((control) => [control.control.id, control]))
  const differing: DifferingVerdict[] = []
  let same = 0
  for (const control of left.controls) {
    const { id, name } = control.control
    const other = others.get(id)
    if (other === undefined) continue
    const [here, there] = [verdictsOf(left, control, leftKeys), verdictsOf(right, other, rightKeys)]
    for (const key of new Set([...here.keys(), ...there.keys()])) {
      const [one, two] = [here.get(key), there.get(key)]
      const subject = (one ?? two)?.subject
      if (subject === undefined) continue
      if (one?.status === two?.status) same++
      else {
        differing.push({
          control: id,
          name,
          ...placeOf(subject),
          left: one?.status ?? NONE,
          right: two?.status ?? NONE,
        })
      }
    }
  }
  return { differing, same, onlyLeft: idsWithout(left, right), onlyRight: idsWithout(right, left) }
}

function verdictsOf(report: Report, control: ControlResult, keys: readonly string[]): Map<string, Said> {
  const verdicts = new Map<string, Said>()
  for (const { ref, status } of report.byControl(control)) {
    const subject = report.subjects[ref]
    if (subject !== undefined) verdicts.set(keys[ref] ?? subject.id, { status, subject })
  }
  return verdicts
}

function placeOf({ identity, origin }: Subject): Pick<DifferingVerdict, 'resource' | 'file' | 'line'> {
  const { kind, namespace, name } = identity
  return {
    resource: `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`,
    file: origin?.file ?? '',
    line: origin?.line ?? 0,
  }
}

function idsWithout({ controls }: Report, { controls: others }: Report): string[] {
  const known = new Set(others.map(({ control }) => control.id))
  return controls.map(({ control }) => control.id).filter((id) => !known.has(id))
}
