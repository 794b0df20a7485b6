/** What there is to say about a resource, brought together by place: each stretch of source with everything that is wrong there. */
import type { Ref, Verdict } from '@kubescape/results'

import type { LocatedFinding } from '../evidence.ts'
import type { Page } from './page.ts'

/** One control at one stretch of source. */
export interface Note {
  readonly verdict: Verdict
  /** The first note of a verdict carries what concerns all of it. */
  readonly isFirst: boolean
  readonly findings: readonly (LocatedFinding & { readonly isExcepted: boolean })[]
}

/** Lines of one document that are close together, with what is to be said about them. */
export interface Stretch {
  readonly ref: Ref
  /** Empty when the object came from no file, or no field is at fault. */
  readonly file: string
  /** The lines at fault, ascending, with the column of the field on each; none when there is no source. */
  readonly lines: ReadonlyMap<number, number>
  readonly notes: readonly Note[]
}

/** Lines at fault with at most so many others between them share an excerpt. */
const NEAR = 3
/** An excerpt has no more lines at fault than this. */
const MOST_LINES = 12

interface Spot {
  readonly ref: Ref
  readonly file: string
  readonly line: number
  readonly column: number
  readonly said: Map<Verdict, (LocatedFinding & { isExcepted: boolean })[]>
}

/** Stretches of a resource: its own first, then those of related objects, each in the order of lines. */
export function stretchesOf(page: Page, verdicts: readonly Verdict[]): Stretch[] {
  const spots = new Map<string, Spot>()
  for (const verdict of verdicts) placeVerdict(page, verdict, spots)
  const sorted = [...spots.values()].toSorted(
    (a, b) => Number(b.line > 0) - Number(a.line > 0) || a.ref - b.ref || a.line - b.line || a.column - b.column,
  )
  const seen = new Set<Verdict>()
  return neighbours(sorted).map((group) => {
    const lines = new Map<number, number>()
    const said = new Map<Verdict, (LocatedFinding & { isExcepted: boolean })[]>()
    for (const spot of group) {
      if (spot.line > 0 && !lines.has(spot.line)) lines.set(spot.line, spot.column)
      for (const [verdict, findings] of spot.said) said.set(verdict, [...(said.get(verdict) ?? []), ...findings])
    }
    const notes = [...said].map(([verdict, findings]) => {
      const isFirst = !seen.has(verdict)
      seen.add(verdict)
      return { verdict, isFirst, findings }
    })
    const [first] = group
    return { ref: first?.ref ?? 0, file: first?.file ?? '', lines, notes }
  })
}

function placeVerdict(page: Page, verdict: Verdict, spots: Map<string, Spot>): void {
  const seen = new Set<string>()
  const add = (located: LocatedFinding, isExcepted: boolean): void => {
    const { path, fix } = located.finding
    const same = `${path}\n${fix?.action}\n${fix?.path}\n${fix?.action === 'set' ? fix.value : ''}`
    if (seen.has(same)) return
    seen.add(same)
    const { ref, file, line, column } = located
    said(spots, verdict, { ref, file: line > 0 ? file : '', line, column }).push({ ...located, isExcepted })
  }
  for (const rule of verdict.rules) {
    for (const finding of rule.findings) add(page.evidence.place(verdict.ref, finding), verdict.status === 'excluded')
    for (const finding of rule.excepted) add(page.evidence.place(verdict.ref, finding), true)
  }
  if (seen.size === 0) said(spots, verdict, { ref: verdict.ref, file: '', line: 0, column: 0 })
}

/** What a spot says of a verdict so far. */
function said(
  spots: Map<string, Spot>,
  verdict: Verdict,
  place: Omit<Spot, 'said'>,
): (LocatedFinding & { isExcepted: boolean })[] {
  const key = `${place.ref}:${place.line}`
  const spot = spots.get(key) ?? { ...place, said: new Map() }
  spots.set(key, spot)
  const findings = spot.said.get(verdict) ?? []
  spot.said.set(verdict, findings)
  return findings
}

function neighbours(spots: readonly Spot[]): Spot[][] {
  const groups: Spot[][] = []
  for (const spot of spots) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    const isNear = last?.ref === spot.ref && last.line > 0 && spot.line - last.line <= NEAR + 1 && spot.line > 0
    const isWhole = last?.ref === spot.ref && last.line === 0 && spot.line === 0
    if (group !== undefined && (isWhole || (isNear && group.length < MOST_LINES))) group.push(spot)
    else groups.push([spot])
  }
  return groups
}
