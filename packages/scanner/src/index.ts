/** Plans, judges, joins, scores and covers. */
export type { ControlPlanePlace } from './absence.ts'
export { applicableFrameworks, applies, type ScanTarget } from './applicability.ts'
export { ControlLimit } from './control-time.ts'
export type { ExceptionSettings } from './exceptions/exception-book.ts'
export { isBroad } from './exceptions/exception-uses.ts'
export {
  tryExceptions,
  type ReportedControl,
  type ReportedResource,
  type ReportedScan,
  type Trial,
} from './exceptions/trial.ts'
export { IGNORE_WORD } from './exceptions/inline.ts'
export { EXCEPTION_MAP, EXCEPTION_TYPES } from './exceptions/in-clusters.ts'
export { loadExceptionForms } from './exceptions/forms.ts'
export type { ExceptionProblem } from './exceptions/forms/notes.ts'
export type { ReadExceptions } from './exceptions/forms/read-exceptions.ts'
export type { ExceptionRule, PolicyScope, ResourceScope } from './exceptions/rule.ts'
export { isFact } from './facts.ts'
export { isTarget, narrowNeeds, type ResourceFilter, type TargetWorkload } from './filter.ts'
export { failedGates, makeGates, type FailedGate, type Gate, type GateKind, type Thresholds } from './gates.ts'
export { makeInputs } from './inputs.ts'
export { isLacking } from './lacking.ts'
export { listedTypes, type ListedType } from './listed-types.ts'
export { nearest } from './nearest.ts'
export { Plan } from './plan.ts'
export { scan, type ScanRequest } from './scan.ts'
export { makeScope, needsOf, type Scope } from './scope.ts'
export { filterBySeverity } from './severity-filter.ts'
export type { Needs, ResourceSource, SourceCoverage } from './source.ts'
export { selectControls, SelectionError, type Selection, type SelectionRequest } from './selection.ts'
