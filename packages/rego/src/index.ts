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
export { BuiltinError, define, type Builtin, type BuiltinContext } from './builtins/builtin.ts'
export { compilePolicy } from './engine.ts'
export type { Locality } from './compile/locality.ts'
export { formatModule, type FormatOptions } from './format/format-module.ts'
export { EvaluationError, problemText, type RegoProblem } from './problem.ts'
export type { Annotation, Location, Module, RegoVersion } from './syntax/ast.ts'
export { parseModule, parseValue } from './syntax/parse.ts'
export { coverageReport, type CoverageReport, type FileCoverage, type RowRange } from './tooling/coverage.ts'
export { findTests, runTest, type FailedStatement, type RegoTest, type TestOutcome } from './tooling/run-tests.ts'
export { isNumber, numberFromText, numberText, type NumberValue } from './values/number.ts'
export { entriesOf, isObject, objectFrom } from './values/object.ts'
export { compare as compareValues, RegoObject, RegoSet, type Value } from './values/value.ts'
export { shortText, valueText } from './values/value-text.ts'
export { ANY, BOOLEAN, NUMBER, STRING, arrayOf, either, objectOf, setOf } from './types/type.ts'
