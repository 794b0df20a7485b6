/** Names that a mistyped one may have meant. */
import { editDistance } from '@kubescape/resources'

const SUGGESTIONS = 3

/** Up to three known names: those that hold the name or are held by it, and those within a few edits; nearest first. */
export function nearestNames(name: string, known: readonly string[]): string[] {
  const wanted = name.trim().toLowerCase()
  if (wanted === '') return []
  const limit = Math.max(2, Math.floor(wanted.length / 3))
  return known
    .map((candidate) => ({ candidate, distance: editDistance(wanted, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= limit || isPartOf(wanted, candidate.toLowerCase()))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, SUGGESTIONS)
    .map(({ candidate }) => candidate)
}

/** Contexts of clouds are long, and people type their last part: `arn:aws:eks:eu-west-1:1234:cluster/shop`. */
function isPartOf(wanted: string, candidate: string): boolean {
  return wanted.length > 2 && candidate.includes(wanted)
}
