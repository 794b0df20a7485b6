/** Plans, judges, joins, scores and covers. */
export { applies, type ScanTarget } from './applicability.ts'
export type { SourceCoverage } from './coverage.ts'
export type { ResourceFilter } from './filter.ts'
export { makeInputs } from './inputs.ts'
export { Plan } from './plan.ts'
export { scan, type ResourceSource, type ScanRequest } from './scan.ts'
export { filterBySeverity } from './severity-filter.ts'
export { selectControls, SelectionError, type Selection, type SelectionRequest } from './selection.ts'
