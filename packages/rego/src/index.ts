/** Rego: compile policies once, evaluate them often, within limits. */
export type {
  Coverage,
  EvaluateOptions,
  Evaluation,
  Limits,
  PreparedQuery,
  Policy,
  ProfileLine,
  Solution,
} from './engine-types.ts'
export type { CompileOptions, CompileResult, SourceFile, TraceEvent } from './engine-types.ts'
export { problemText, type RegoProblem } from './problem.ts'
export type { Location, RegoVersion } from './syntax/ast.ts'
