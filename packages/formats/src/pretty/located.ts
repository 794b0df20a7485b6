/** Findings of one control on one object, brought together by place so that each line of source is shown once. */
import type { Ref, Verdict } from '@kubescape/results'

import type { Evidence, LocatedFinding } from '../evidence.ts'

/** Findings at one position. */
export interface Spot {
  readonly ref: Ref
  readonly file: string
  readonly line: number
  readonly column: number
  readonly findings: LocatedFinding[]
}

const MOST_LINES = 3

/** Locates the findings of a verdict, each once, in the order of files and lines. */
export function spotsOf(verdict: Verdict, evidence: Evidence): Spot[] {
  const spots = new Map<string, Spot>()
  const seen = new Set<string>()
  for (const finding of verdict.rules.flatMap((rule) => rule.findings)) {
    const { role, path, fix } = finding
    const same = `${role}\n${path}\n${fix?.action}\n${fix?.path}\n${fix?.action === 'set' ? fix.value : ''}`
    if (seen.has(same)) continue
    seen.add(same)
    const located = evidence.place(verdict.ref, finding)
    const { ref, file, line, column } = located
    const key = `${ref}\n${line}\n${column}\n${file}`
    const spot = spots.get(key)
    if (spot === undefined) spots.set(key, { ref, file, line, column, findings: [located] })
    else spot.findings.push(located)
  }
  return [...spots.values()].toSorted(compareSpots)
}

/** In the order of objects, files and lines; most objects are in one file. */
function compareSpots(a: Spot, b: Spot): number {
  const byFile = a.file === b.file ? 0 : a.file < b.file ? -1 : 1
  return a.ref - b.ref || byFile || a.line - b.line || a.column - b.column
}

/** Spots on neighbouring lines of one object, up to three lines together. */
export function neighbours(spots: readonly Spot[]): Spot[][] {
  const groups: Spot[][] = []
  for (const spot of spots) {
    const group = groups.at(-1)
    const [first, last] = [group?.[0], group?.at(-1)]
    const isNear =
      first?.ref === spot.ref &&
      first.file === spot.file &&
      spot.line - (last?.line ?? 0) <= 1 &&
      spot.line - first.line < MOST_LINES
    if (group !== undefined && isNear) group.push(spot)
    else groups.push([spot])
  }
  return groups
}
