/** The nearest names to a misspelt one. */

/** Up to three known names within a few edits of `name`, nearest first. */
export function nearest(name: string, known: readonly string[]): string[] {
  const wanted = name.trim().toLowerCase()
  const limit = Math.max(2, Math.floor(wanted.length / 3))
  return known
    .map((candidate) => ({ candidate, distance: distanceBetween(wanted, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}

/** Levenshtein's distance. */
function distanceBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > Math.max(a.length, 8)) return Infinity
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost))
    }
    row = next
  }
  return row[b.length] ?? Infinity
}
