/** Lines of the scanned files, redacted, kept for as many documents as fit a budget. */
import type { Origin, Ref, Report } from '@kubescape/results'

import type { Evidence } from './evidence.ts'

/** Lines kept at most, of all documents together; the last document is always kept. */
const BUDGET_LINES = 100_000

/** Reads lines by object and line number; every document is read once as long as it is kept. */
export class SourceLines {
  readonly #report: Report
  readonly #evidence: Evidence
  /** Least recently used first. */
  readonly #documents = new Map<string, readonly string[]>()
  #kept = 0

  constructor(report: Report, evidence: Evidence) {
    this.#report = report
    this.#evidence = evidence
  }

  /** A line, as it is in the file, of the document that the object is in; undefined when there is none. */
  line(ref: Ref, line: number): string | undefined {
    const origin = this.#report.subjects[ref]?.origin
    return origin === undefined ? undefined : this.#document(ref, origin)[line - origin.line]
  }

  /** The line on which an object begins, behind comments and the document marker; 0 when it came from no file. */
  start(ref: Ref): number {
    const origin = this.#report.subjects[ref]?.origin
    if (origin === undefined) return 0
    const at = this.#document(ref, origin).findIndex((line) => !/^\s*(?:#.*|---\s*(?:#.*)?)?$/.test(line))
    return origin.line + Math.max(0, at)
  }

  #document(ref: Ref, origin: Origin): readonly string[] {
    const key = `${origin.file}\n${origin.start}`
    const known = this.#documents.get(key)
    const lines = known ?? this.#evidence.excerpt(ref, origin.line, Infinity)
    this.#documents.delete(key)
    this.#documents.set(key, lines)
    if (known === undefined) this.#kept += lines.length
    for (const [oldest, old] of this.#documents) {
      if (this.#kept <= BUDGET_LINES || oldest === key) break
      this.#documents.delete(oldest)
      this.#kept -= old.length
    }
    return lines
  }
}
