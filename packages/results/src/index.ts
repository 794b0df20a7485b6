/** What a scan found, in the words that every format uses. */
export * from './coverage.ts'
export * from './layout.ts'
export * from './redact.ts'
export * from './report.ts'
export * from './status.ts'
export { severityOf, SEVERITIES, type ControlDeclaration, type Finding, type Severity } from '@kubescape/controls'
export { apiVersionOf } from '@kubescape/resources'
export type { Identity, Origin, Ref, Value, ValueMap } from '@kubescape/resources'
