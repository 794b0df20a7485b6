/** Which rows were reached, in the layout of `opa test --coverage`. */
import type { CoverageReport, RowRange } from '@kubescape/rego'

import { Members } from './value-json.ts'

/** The report as JSON: by file, and of all of them. */
export function coverageJson({ files, ...all }: CoverageReport): Members {
  const byFile = Object.entries(files).map(([file, { covered, not_covered: missed, ...figures }]) => [
    file,
    new Members({ covered: covered?.map(rangeJson), not_covered: missed?.map(rangeJson), ...figures }),
  ])
  return new Members({ files: new Members(Object.fromEntries(byFile) as Record<string, Members>), ...all })
}

function rangeJson({ start, end }: RowRange): Members {
  return new Members({ start: new Members({ ...start }), end: new Members({ ...end }) })
}
