/** What a scan found, in the words that every format uses. */
export * from './comparison-key.ts'
export * from './coverage.ts'
export * from './exception-audit.ts'
export * from './exception.ts'
export * from './layout.ts'
export * from './priority.ts'
export * from './redact.ts'
export * from './report.ts'
export * from './score-explanation.ts'
export * from './short-hash.ts'
export * from './status.ts'
export { severityOf, SEVERITIES, type ControlDeclaration, type Finding, type Severity } from '@kubescape/controls'
export { apiVersionOf, landingNamespace, MASK, redactText, sensitiveValues } from '@kubescape/resources'
export type {
  ChartValue,
  FileLine,
  Identity,
  Origin,
  Ref,
  SensitiveValue,
  SourcePlace,
  SourceSpan,
  Value,
  ValueMap,
} from '@kubescape/resources'
