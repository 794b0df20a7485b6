/** From the paths that rules answer with to findings. */
import { missing, removal, replacement, review, wrong, type Finding } from '@kubescape/controls'

/** Fields that one answer may name; a report with more is of use to nobody. */
export const MOST_FINDINGS = 100_000

/** A field, and what it should be set to. */
export interface WantedValue {
  readonly path: string
  readonly value: string
}

/** Paths that are at fault, by what is to be done about them. */
export interface FaultyPaths {
  readonly failed: readonly string[]
  readonly review: readonly string[]
  readonly delete: readonly string[]
  readonly fix: readonly WantedValue[]
}

/** The findings: a path that is wrong and has a fix is one of them. */
export function findingsOf(paths: FaultyPaths): Finding[] {
  const deleted = new Set(paths.delete.map(withoutEnd))
  const wanted = new Map(paths.fix.map(({ path, value }) => [withoutEnd(path), value]))
  const findings = new Map<string, Finding>()
  for (const path of paths.failed.map(withoutEnd)) findings.set(path, faulty(path, deleted, wanted))
  for (const path of deleted) if (!findings.has(path)) findings.set(path, removal(path))
  for (const path of paths.review.map(withoutEnd)) {
    if (!findings.has(path)) findings.set(path, wanted.has(path) ? faulty(path, deleted, wanted) : review(path))
  }
  for (const [path, value] of wanted) if (!findings.has(path)) findings.set(path, missing(path, value))
  return [...findings.values()].filter(({ path }) => path !== '')
}

function faulty(path: string, deleted: ReadonlySet<string>, wanted: ReadonlyMap<string, string>): Finding {
  const value = wanted.get(path)
  if (value !== undefined) return replacement(path, value)
  return deleted.has(path) ? removal(path) : wrong(path)
}

/** Published rules write some paths as if a value followed. */
function withoutEnd(path: string): string {
  return path.endsWith('=') ? path.slice(0, -1) : path
}
