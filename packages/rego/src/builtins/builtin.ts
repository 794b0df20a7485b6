/** What a builtin is: a typed function of values. */
import type { FunctionType, Type } from '../types/type.ts'
import type { Value } from '../values/value.ts'

/** What builtins may use of the evaluation that they are called in. */
export interface BuiltinContext {
  /** Nanoseconds since 1970, the same for the whole evaluation. */
  readonly now: bigint
  /** Random bytes that depend on nothing but the seed of the evaluation and the number of calls. */
  readonly randomBytes: (count: number) => Uint8Array
  /**
   * Counts work that grows with the input: characters read or made, items visited or made. Call it before the work is done,
   * whenever it is more than a few hundred units.
   * @throws {EvaluationError} with `eval_limit_error` when the evaluation has had its share
   */
  readonly spend: (units: number) => void
  /** What builtins want to keep during the evaluation, such as compiled patterns; the key is theirs. */
  readonly kept: Map<unknown, unknown>
  /** What `opa.runtime` answers. */
  readonly runtime: Value
  /** Makes an HTTP request for `http.send`; absent where none are allowed. */
  readonly send?: (request: Value) => Value
}

/** The function of a builtin. It gives undefined where there is no result, which is no error. */
export type BuiltinCall = (context: BuiltinContext, ...args: Value[]) => Value | undefined

/** A builtin. */
export interface Builtin {
  /** Its name with dots: `json.unmarshal`. */
  readonly name: string
  readonly type: FunctionType
  /**
   * Called with as many arguments as declared. Arguments are NOT checked against the declared types beforehand: use the functions
   * of `operands.ts`.
   * @throws {BuiltinError}
   */
  readonly call: BuiltinCall
  /** It has several results, given as an array: only `walk`. */
  readonly isRelation?: true
  /** Two calls with the same arguments may give different results. */
  readonly isNondeterministic?: true
  /** Still there for v0, refused in v1. */
  readonly isDeprecated?: true
}

/**
 * A builtin that cannot give a result: undefined, unless errors are strict. `eval_type_error`: an operand has the wrong type, message
 * `operand 1 must be string but got number`, prefixed with the name of the builtin by who throws it; `eval_builtin_error`: all else.
 */
export class BuiltinError extends Error {
  readonly code: 'eval_builtin_error' | 'eval_type_error'

  constructor(code: 'eval_builtin_error' | 'eval_type_error', message: string) {
    super(message)
    this.code = code
  }
}

/** Declares a builtin: name, types of its arguments, type of its result, function. */
export function define(
  name: string,
  args: readonly Type[],
  result: Type,
  call: BuiltinCall,
  traits: Pick<Builtin, 'isRelation' | 'isNondeterministic' | 'isDeprecated'> = {},
): Builtin {
  return { name, type: { kind: 'function', args, result }, call, ...traits }
}
