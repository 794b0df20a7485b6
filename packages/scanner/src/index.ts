/** Plans, judges, joins, scores and covers. */
export { applicableFrameworks, applies, type ScanTarget } from './applicability.ts'
export type { ResourceFilter } from './filter.ts'
export { makeInputs } from './inputs.ts'
export { Plan } from './plan.ts'
export { scan, type ScanRequest } from './scan.ts'
export { filterBySeverity } from './severity-filter.ts'
export type { Needs, ResourceSource, SourceCoverage } from './source.ts'
export { selectControls, SelectionError, type Selection, type SelectionRequest } from './selection.ts'
