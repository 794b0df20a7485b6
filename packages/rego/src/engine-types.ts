/** What goes into the engine and what comes out of it. */
import type { Locality } from './compile/locality.ts'
import type { Builtin } from './builtins/builtin.ts'
import type { RegoProblem } from './problem.ts'
import type { Location, Module, RegoVersion } from './syntax/ast.ts'
import type { Value } from './values/value.ts'

/** A file of Rego. */
export interface SourceFile {
  readonly file: string
  readonly text: string
  /** The language; absent: v1 first, and v0 where that fails, as published rules are read. */
  readonly version?: RegoVersion
}

export interface CompileOptions {
  readonly files: readonly SourceFile[]
  /** Builtins beside those of the language: `image.parse_normalized_name`. */
  readonly builtins?: readonly Builtin[]
  /** Unused variables and imports, shadowed names and deprecated builtins are problems. */
  readonly strict?: boolean
}

export type CompileResult = { readonly policy: Policy } | { readonly problems: readonly RegoProblem[] }

/** A compiled policy; immutable, evaluations do not know of each other. */
export interface Policy {
  /** Prepares a query such as `data.armo_builtins.deny` or `x := data.p.q; x > 1`. */
  prepare(query: string): { readonly query: PreparedQuery } | { readonly problems: readonly RegoProblem[] }
  /** Files that were read as v0. */
  readonly v0Files: readonly string[]
  /** All files, as they were read. */
  readonly modules: readonly Module[]
  /** Paths of all packages, below `data`. */
  readonly packages: readonly (readonly string[])[]
  /** Paths of all rules, below `data`, with their first place. */
  readonly rules: readonly RuleSummary[]
  /** What is known of how the rule at a path below `data` looks at an input that is a list. */
  locality(path: readonly string[]): Locality
}

/** Rules of one path. */
interface RuleSummary {
  readonly path: readonly string[]
  readonly location: Location
  readonly isFunction: boolean
  /** Of each rule the variables in its name: of `p[x].q[y]` x and y. */
  readonly variables: readonly (readonly string[])[]
}

export interface PreparedQuery {
  /** Places of the expressions of the query in its text, in the order in which a solution has their values. */
  readonly expressions: readonly Location[]
  evaluate(options: EvaluateOptions): Evaluation
}

/** Limits of one evaluation; deterministic: the same policy on the same input ends at the same place everywhere. */
export interface Limits {
  /** Statements tried, items visited, characters made ... */
  readonly steps: number
  /** What comprehensions and rules collect, in units of about 64 bytes: a scalar is one, a list, set or object some more. */
  readonly memory: number
  /** Depth of calls and of nested values. */
  readonly depth: number
}

export interface EvaluateOptions {
  /** Undefined where there is none. */
  readonly input?: Value | undefined
  /** The base document below `data`; rules win over it. */
  readonly data?: { readonly [name: string]: Value }
  /** Nanoseconds since 1970; 0 where absent. */
  readonly now?: bigint
  readonly seed?: number
  readonly limits?: Partial<Limits>
  /** Errors of builtins end the evaluation instead of making expressions undefined. */
  readonly strictBuiltinErrors?: boolean
  /** Asked every some ten thousand steps; true ends the evaluation. */
  readonly isCancelled?: () => boolean
  /** Takes what `print` prints. */
  readonly print?: (line: string, location: Location) => void
  readonly coverage?: Coverage
  /** Collects where time and steps go. */
  readonly profile?: Map<string, ProfileLine>
  /** Told of the literal that failed last and deepest: why a query has no solution. */
  readonly trace?: (event: TraceEvent) => void
  readonly runtime?: Value
  readonly send?: (request: Value) => Value
}

/** What happened at a literal. */
export interface TraceEvent {
  readonly kind: 'enter' | 'exit' | 'fail' | 'redo'
  readonly location: Location
  readonly depth: number
  /** Values of the local variables that are bound, by name. */
  readonly locals: () => ReadonlyMap<string, Value>
}

/** Rows that were reached, by file. */
export interface Coverage {
  readonly rows: Map<string, Set<number>>
}

/** What one line cost. */
export interface ProfileLine {
  readonly location: Location
  evaluations: number
  /** Steps spent in it, without the rules that it calls. */
  steps: number
}

/** One way in which the query holds. */
export interface Solution {
  /** Values of the variables of the query. */
  readonly bindings: ReadonlyMap<string, Value>
  /** Value of each expression of the query. */
  readonly values: readonly Value[]
}

/** What came of an evaluation: with a problem there are no solutions. */
export interface Evaluation {
  readonly solutions: readonly Solution[]
  readonly problem?: RegoProblem
  readonly steps: number
}
