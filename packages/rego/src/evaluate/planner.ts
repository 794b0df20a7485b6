/** What the parts of the compiler ask of each other. */
import type { Builtin } from '../builtins/builtin.ts'
import type { Body, Call, Ref, Term } from '../syntax/ast.ts'
import type { Frame, Read, Step } from './frame.ts'
import type { Runtime } from './runtime.ts'
import type { Scope } from './scope.ts'

/** A group of rules, ready to be asked. */
export interface Group {
  readonly id: number
  readonly path: readonly string[]
  readonly isFunction: boolean
  /** How many parameters a function has. */
  readonly arity: number
  /** The value of the rules; undefined where they have none. */
  value(): unknown
  /** The result of the function; undefined where it has none. */
  call(args: readonly unknown[]): unknown
}

/** The compiler, as its parts see it. */
export interface Planner {
  readonly runtime: Runtime
  readonly builtins: ReadonlyMap<string, Builtin>
  /** Whole names of functions and builtins that some `with` replaces: calls of them look for a replacement. */
  readonly mockable: ReadonlySet<string>
  /** The group at a path below `data`. */
  group(path: readonly string[]): Group | undefined
  /** The value of a term whose variables are all bound, and that has at most one value. */
  read(term: Term, scope: Scope): Read
  /** Runs what `next` makes for each value of a term, and binds its variables on the way. */
  each(term: Term, scope: Scope, next: (read: Read) => Step): Step
  /** Runs what `next` makes for each way in which a value matches a pattern, and binds the variables of the pattern. */
  match(pattern: Term, value: Read, scope: Scope, next: () => Step): Step
  /** Runs what `last` makes for each way in which all literals of a body hold. */
  body(body: Body, scope: Scope, last: () => Step): Step
  /** The result of a call whose arguments are given. */
  call(call: Call, args: readonly Read[], scope: Scope): Read
  /** Number of arguments that give the operator its result; one more takes the result. */
  arity(operator: Call['operator']): number
  /** Values of `data` by operands that are all bound. */
  readData(ref: Ref, scope: Scope): Read
  /** Values of `data` by operands of which some are not bound. */
  eachData(ref: Ref, scope: Scope, next: (read: Read) => Step): Step
}

/** Reads a slot. */
export function readSlot(slot: number): Read {
  return (frame: Frame) => frame[slot] as ReturnType<Read>
}
