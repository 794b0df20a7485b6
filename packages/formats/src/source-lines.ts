/** Lines of the scanned files, redacted, kept for as many documents as fit a budget. */
import type { Ref, Report } from '@kubescape/results'

import type { Evidence } from './evidence.ts'
import type { SourceExcerpt } from './masked-lines.ts'

/** Lines kept at most, of all documents together; the last document is always kept. */
const BUDGET_LINES = 100_000

/** Reads lines by object and line number; every document is read once as long as it is kept. */
export class SourceLines {
  readonly #report: Report
  readonly #evidence: Evidence
  /** Least recently used first. */
  readonly #documents = new Map<string, SourceExcerpt>()
  #kept = 0

  constructor(report: Report, evidence: Evidence) {
    this.#report = report
    this.#evidence = evidence
  }

  /** A line, as it is in the file, of what the object comes from; undefined when there is none. */
  line(ref: Ref, file: string, line: number): string | undefined {
    const excerpt = this.#excerpt(ref, file)
    return excerpt?.lines[line - excerpt.first]
  }

  /** The line on which an object begins, behind comments and the document marker; 0 when it came from no file. */
  start(ref: Ref): number {
    const origin = this.#report.subjects[ref]?.origin
    if (origin === undefined) return 0
    if (origin.rendered !== undefined) return origin.line
    const lines = this.#excerpt(ref, origin.file)?.lines ?? []
    const at = lines.findIndex((line) => !/^\s*(?:#.*|---\s*(?:#.*)?)?$/.test(line))
    return origin.line + Math.max(0, at)
  }

  #excerpt(ref: Ref, file: string): SourceExcerpt | undefined {
    const origin = this.#report.subjects[ref]?.origin
    if (origin === undefined) return undefined
    // What is hidden in a file depends on what was rendered from it.
    const { rendered, start, ordinal } = origin
    const part =
      rendered === undefined ? start : `${rendered.path}\n${rendered.template || ordinal}\n${rendered.valueSet}`
    const key = `${file}\n${part}`
    const known = this.#documents.get(key)
    const excerpt = known ?? this.#evidence.excerpt(ref, file)
    this.#documents.delete(key)
    this.#documents.set(key, excerpt)
    if (known === undefined) this.#kept += excerpt.lines.length
    for (const [oldest, old] of this.#documents) {
      if (this.#kept <= BUDGET_LINES || oldest === key) break
      this.#documents.delete(oldest)
      this.#kept -= old.lines.length
    }
    return excerpt
  }
}
