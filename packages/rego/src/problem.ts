/** What can be wrong with a policy, before and during evaluation; codes are those of OPA. */
import type { Location } from './syntax/ast.ts'

/** Found before evaluation. */
export type CompileCode =
  | 'rego_parse_error'
  | 'rego_compile_error'
  | 'rego_type_error'
  | 'rego_unsafe_var_error'
  | 'rego_recursion_error'

/** Found while evaluating; `limit` and `cancelled` are ours. */
export type EvaluationCode =
  | 'eval_builtin_error'
  | 'eval_type_error'
  | 'eval_conflict_error'
  | 'eval_internal_error'
  | 'eval_limit_error'
  | 'eval_cancel_error'

/** A problem with its place; printed as `FILE:ROW: CODE: MESSAGE`. */
export interface RegoProblem {
  readonly code: CompileCode | EvaluationCode
  /** One line, in words of our own; names and values as written. */
  readonly message: string
  readonly location?: Location
  /** What to do about it, where that is known. */
  readonly hint?: string
}

/** How a problem is printed in one line. */
export function problemText({ code, message, location }: RegoProblem): string {
  return location === undefined ? `${code}: ${message}` : `${location.file}:${location.row}: ${code}: ${message}`
}

/** An error that ends an evaluation. */
export class EvaluationError extends Error {
  readonly code: EvaluationCode
  readonly location: Location | undefined

  constructor(code: EvaluationCode, message: string, location?: Location) {
    super(message)
    this.code = code
    this.location = location
  }
}
