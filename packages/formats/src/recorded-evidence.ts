/** Places of findings as a report has recorded them, where the sources are not at hand. */
import type { Finding, Ref } from '@kubescape/results'
import type { RegressionReport } from '@kubescape/results/comparison'

import { Evidence, type LocatedFinding } from './evidence.ts'

/** Knows what was recorded, and nothing more: no edits, no objects, no lines of source. */
export class RecordedEvidence extends Evidence {
  readonly #recorded: RegressionReport

  constructor(recorded: RegressionReport) {
    super(recorded.report, { text: () => undefined, document: () => undefined })
    this.#recorded = recorded
  }

  override place(ref: Ref, finding: Finding): LocatedFinding {
    const { file, line, column, stablePath } = this.#recorded.evidenceOf(ref, finding) ?? {}
    const place = super.place(ref, finding)
    return {
      ...place,
      file: file || place.file,
      line: line ?? 0,
      column: Math.max(1, column ?? 0),
      // The end is not recorded: such a place is no more than a beginning.
      endLine: (line ?? 0) + 1,
      endColumn: 1,
      exact: false,
      stablePath: finding.path === '' ? '' : (stablePath ?? finding.path),
    }
  }
}
