/**
 * The tree that the parser makes of Rego text. Every node has the place where it was written. Later stages make new trees of
 * the same types and never change one.
 */
import type { NumberValue } from '../values/number.ts'

/** The two languages: v0 allows bodies without `if` and sets without `contains`. */
export type RegoVersion = 'v0' | 'v1'

/** A place in a text; row and column count from 1, columns in characters (code points); offsets in UTF-16 units. */
export interface Location {
  readonly file: string
  readonly row: number
  readonly column: number
  readonly start: number
  readonly end: number
}

interface Node {
  readonly location: Location
}

/** A file. */
export interface Module {
  readonly file: string
  readonly text: string
  readonly version: RegoVersion
  /** `data` and the names after it. */
  readonly package: PackageClause
  readonly imports: readonly Import[]
  readonly rules: readonly Rule[]
  readonly comments: readonly Comment[]
  /** Metadata blocks, each with what it is written above. */
  readonly annotations: readonly Annotation[]
}

/** `package a.b["c-d"]`: path is ["a", "b", "c-d"]. */
export interface PackageClause extends Node {
  readonly path: readonly string[]
}

/** `import data.a.b as c`: path is ["data", "a", "b"]; also ["input", ...], ["rego", "v1"], ["future", "keywords", ...]. */
export interface Import extends Node {
  readonly path: readonly string[]
  readonly alias?: string
}

export interface Comment extends Node {
  /** Without the `#`. */
  readonly text: string
}

/** A metadata block: what its YAML says, as plain data, and its target. */
export interface Annotation extends Node {
  readonly scope: 'rule' | 'document' | 'package' | 'subpackages'
  readonly data: { readonly [key: string]: unknown }
  /** Index in `rules` of the rule that the block stands above; absent for packages. */
  readonly rule?: number
}

/**
 * One rule, as written: a head with `{ ... } { ... }` bodies after it is several rules with the same head.
 *
 * | written | kind | key | value |
 * | --- | --- | --- | --- |
 * | `p := v if ...`, `p if ...`, `p[x].q := v if ...` | complete | | v, or `true` |
 * | `f(x) := v if ...` | function | | v, or `true` |
 * | `p contains x if ...` (v0 `p[x] { ... }`) | set | x | |
 * | `p[k] := v if ...` (v0 `p[k] = v { ... }`) | complete, with k as the last term of the ref | | v |
 * | `default p := v` | as complete or function, `isDefault` | | v |
 */
export interface Rule extends Node {
  readonly kind: 'complete' | 'function' | 'set'
  readonly isDefault: boolean
  /** The name below the package. The first term is a string; later ones may be variables or any ground scalar: `p.q[x].r`. */
  readonly ref: readonly Term[]
  readonly parameters?: readonly Term[]
  readonly key?: Term
  readonly value?: Term
  /** Written with `:=`, which forbids further rules of the same name where v0's `=` did not. */
  readonly isAssigned: boolean
  /** Empty bodies stand as one literal `true`. */
  readonly body: Body
  /** True when no body was written. */
  readonly hasNoBody?: boolean
  /** The rule after `else`: same ref and parameters, own value and body. */
  readonly otherwise?: Rule
}

/** Literals that must all hold; there is at least one. */
export type Body = readonly Literal[]

/** One statement of a body. */
export interface Literal extends Node {
  readonly expression: Expression
  readonly negated: boolean
  readonly withs: readonly With[]
  /** Written `not { ... }`: the expression is `[true | ...][0]`, which is undefined when the body does not hold. */
  readonly isNegatedBody?: true
  /** Added by a stage of compilation and not written by anybody: it is neither traced nor covered. */
  readonly isGenerated?: boolean
}

/** `with input.x as 1`. */
export interface With extends Node {
  readonly target: Ref | Variable
  readonly value: Term
}

export type Expression = TermExpression | SomeExpression | SomeInExpression | EveryExpression

/** A term that must be neither undefined nor false. `a == b`, `x := 1`, `a = b`, `a + b` are calls: `equal`, `assign`, `eq`, `plus`. */
interface TermExpression extends Node {
  readonly type: 'term'
  readonly term: Term
}

/** `some x, y`. */
export interface SomeExpression extends Node {
  readonly type: 'some'
  readonly variables: readonly Variable[]
}

/** `some x in xs`, `some k, v in xs`. */
export interface SomeInExpression extends Node {
  readonly type: 'some-in'
  readonly key?: Term
  readonly value: Term
  readonly domain: Term
}

/** `every x in xs { ... }`, `every k, v in xs { ... }`. */
export interface EveryExpression extends Node {
  readonly type: 'every'
  readonly key?: Variable
  readonly value: Variable
  readonly domain: Term
  readonly body: Body
}

export type Term =
  | Scalar
  | Variable
  | Ref
  | ArrayTerm
  | ObjectTerm
  | SetTerm
  | ArrayComprehension
  | SetComprehension
  | ObjectComprehension
  | Call
  | TemplateString

export interface Scalar extends Node {
  readonly type: 'scalar'
  readonly value: null | boolean | string | NumberValue
}

/** A variable. Each `_` has a name of its own that begins with `$`. */
export interface Variable extends Node {
  readonly type: 'variable'
  readonly name: string
}

/** `head[a].b`: head is a variable, or any term in `{...}[x]`, `f(x)[y]`; there is at least one operand. */
export interface Ref extends Node {
  readonly type: 'ref'
  readonly head: Term
  /** `.b` is the scalar "b". */
  readonly operands: readonly Term[]
}

export interface ArrayTerm extends Node {
  readonly type: 'array'
  readonly items: readonly Term[]
}

export interface ObjectTerm extends Node {
  readonly type: 'object'
  readonly entries: readonly (readonly [key: Term, value: Term])[]
}

interface SetTerm extends Node {
  readonly type: 'set'
  readonly items: readonly Term[]
}

export interface ArrayComprehension extends Node {
  readonly type: 'array-comprehension'
  readonly head: Term
  readonly body: Body
}

export interface SetComprehension extends Node {
  readonly type: 'set-comprehension'
  readonly head: Term
  readonly body: Body
}

export interface ObjectComprehension extends Node {
  readonly type: 'object-comprehension'
  readonly key: Term
  readonly value: Term
  readonly body: Body
}

/**
 * A call. Operators are calls of the builtins that they stand for (`plus`, `minus`, `mul`, `div`, `rem`, `and`, `or`, `equal`, `neq`, `lt`,
 * `lte`, `gt`, `gte`, `eq` for `=`, `assign` for `:=`, `internal.member_2`, `internal.member_3`).
 */
export interface Call extends Node {
  readonly type: 'call'
  /** A variable or ref, as written: `count`, `json.unmarshal`, `data.lib.f`; of operators a variable with the builtin's whole name. */
  readonly operator: Variable | Ref
  readonly args: readonly Term[]
  /** True when it was written as an operator: printers write it so again. */
  readonly isInfix?: boolean
}

/** `$"a {x} b"`: text and terms in turn; `{x with y as z}` stands as `[$1 | $1 = x with y as z][0]`. */
export interface TemplateString extends Node {
  readonly type: 'template-string'
  readonly parts: readonly (string | Term)[]
  /** Written with backquotes. */
  readonly isRaw: boolean
}
