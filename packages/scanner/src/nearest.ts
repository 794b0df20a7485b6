/** The nearest names to a misspelt one. */
import { editDistance } from '@kubescape/resources'

/** Up to three known names within a few edits of `name`, nearest first. */
export function nearest(name: string, known: readonly string[]): string[] {
  const wanted = name.trim().toLowerCase()
  const limit = Math.max(2, Math.floor(wanted.length / 3))
  return known
    .map((candidate) => ({ candidate, distance: editDistance(wanted, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}
