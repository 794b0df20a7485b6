/** What there is to say about a resource, brought together by place: each stretch of source with everything that is wrong there. */
import type { Ref, Verdict } from '@kubescape/results'

import type { LocatedFinding } from '../evidence.ts'
import { findingsOf } from '../listing.ts'
import type { Page } from './page.ts'

/** A finding with its place. */
interface PlacedFinding extends LocatedFinding {
  /** Exceptions accept it. */
  readonly isExcepted: boolean
}

/** One control at one stretch of source. */
export interface Note {
  readonly verdict: Verdict
  /** The first note of a verdict carries what concerns all of it. */
  readonly isFirst: boolean
  readonly findings: readonly PlacedFinding[]
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
  readonly said: Map<Verdict, PlacedFinding[]>
}

/** Stretches of a resource: its own first, then those of related objects, each in the order of lines. */
export function stretchesOf(page: Page, verdicts: readonly Verdict[]): Stretch[] {
  const spots = new Map<string, Spot>()
  for (const verdict of verdicts) placeVerdict(page, verdict, spots)
  const sorted = [...spots.values()].toSorted(
    (a, b) =>
      Number(b.line > 0) - Number(a.line > 0) ||
      a.ref - b.ref ||
      compareFiles(a, b) ||
      a.line - b.line ||
      a.column - b.column,
  )
  const seen = new Set<Verdict>()
  return neighbours(sorted).map((group) => {
    const lines = new Map<number, number>()
    const said = new Map<Verdict, PlacedFinding[]>()
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

/** Most objects are in one file. */
function compareFiles(a: Spot, b: Spot): number {
  return a.file === b.file ? 0 : a.file < b.file ? -1 : 1
}

function placeVerdict(page: Page, verdict: Verdict, spots: Map<string, Spot>): void {
  const { findings, excepted } = findingsOf(verdict)
  for (const finding of [...findings, ...excepted]) {
    const located = page.evidence.place(verdict.ref, finding)
    const { ref, file, line, column } = located
    const isExcepted = excepted.includes(finding)
    saidAt(spots, verdict, { ref, file: line > 0 ? file : '', line, column }).push({ ...located, isExcepted })
  }
  if (findings.length + excepted.length === 0)
    saidAt(spots, verdict, { ref: verdict.ref, file: '', line: 0, column: 0 })
}

/** What a spot says of a verdict so far. */
function saidAt(spots: Map<string, Spot>, verdict: Verdict, place: Omit<Spot, 'said'>): PlacedFinding[] {
  const key = `${place.ref}:${place.line}:${place.file}`
  const spot = spots.get(key) ?? { ...place, said: new Map<Verdict, PlacedFinding[]>() }
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
    const isNear =
      last?.ref === spot.ref &&
      last.file === spot.file &&
      last.line > 0 &&
      spot.line - last.line <= NEAR + 1 &&
      spot.line > 0
    const isWhole = last?.ref === spot.ref && last.line === 0 && spot.line === 0
    if (group !== undefined && (isWhole || (isNear && group.length < MOST_LINES))) group.push(spot)
    else groups.push([spot])
  }
  return groups
}
