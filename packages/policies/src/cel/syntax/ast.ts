/** Expressions as trees. */
import type { Value } from '../values/value.ts'

interface Base {
  /** Where it begins, in UTF-16 units. */
  readonly offset: number
}

/** A number, text, bytes, true, false or null. */
interface Literal extends Base {
  readonly kind: 'literal'
  readonly value: Value
}

/** A name; `isAbsolute` where it begins with a dot. */
export interface Identifier extends Base {
  readonly kind: 'identifier'
  readonly name: string
  readonly isAbsolute: boolean
}

/** `operand.field`, `operand.?field`. */
export interface Select extends Base {
  readonly kind: 'select'
  readonly operand: Expression
  readonly field: string
  readonly isOptional: boolean
}

/** `operand[index]`, `operand[?index]`. */
export interface Index extends Base {
  readonly kind: 'index'
  readonly operand: Expression
  readonly index: Expression
  readonly isOptional: boolean
}

/** `name(...)` or `target.name(...)`; macros are calls until they are checked. */
export interface Call extends Base {
  readonly kind: 'call'
  readonly name: string
  readonly target: Expression | undefined
  readonly arguments: readonly Expression[]
}

/** Operators with one operand. */
export interface Unary extends Base {
  readonly kind: 'unary'
  readonly operator: '!' | '-'
  readonly operand: Expression
}

/** Operators with two operands, but for `&&` and `||`. */
export type BinaryOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '+' | '-' | '*' | '/' | '%'

export interface Binary extends Base {
  readonly kind: 'binary'
  readonly operator: BinaryOperator
  readonly left: Expression
  readonly right: Expression
}

/** `a && b && c`: two or more operands, so that long chains are not deep. */
export interface Logic extends Base {
  readonly kind: 'logic'
  readonly operator: '&&' | '||'
  readonly operands: readonly Expression[]
}

/** `condition ? yes : no`. */
interface Conditional extends Base {
  readonly kind: 'conditional'
  readonly condition: Expression
  readonly yes: Expression
  readonly no: Expression
}

/** `[a, ?b]`. */
export interface ListLiteral extends Base {
  readonly kind: 'list'
  readonly items: readonly { readonly value: Expression; readonly isOptional: boolean }[]
}

/** `{key: value, ?key: value}`. */
export interface MapLiteral extends Base {
  readonly kind: 'map'
  readonly entries: readonly { readonly key: Expression; readonly value: Expression; readonly isOptional: boolean }[]
}

export type Expression =
  | Literal
  | Identifier
  | Select
  | Index
  | Call
  | Unary
  | Binary
  | Logic
  | Conditional
  | ListLiteral
  | MapLiteral
