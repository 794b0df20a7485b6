/** Checked expressions: trees of closures that can be evaluated, and asked why they gave what they gave. */
import type { Run } from './run.ts'
import type { Type } from './types.ts'
import type { Value } from './values/value.ts'

interface Base {
  readonly type: Type
  readonly evaluate: (run: Run) => Value
}

/** A value that never changes. */
export interface LiteralNode extends Base {
  readonly kind: 'literal'
  readonly value: Value
}

/** A variable by its place. */
interface SlotNode extends Base {
  readonly kind: 'slot'
  readonly slot: number
}

/** A variable of the policy: an expression with a name. */
export interface VariableNode extends Base {
  readonly kind: 'variable'
  readonly definition: Node
}

/** A field or item of another value. */
interface MemberNode extends Base {
  readonly kind: 'member'
  readonly operand: Node
  readonly key: Node
}

/** `has(operand.field)`. */
interface HasNode extends Base {
  readonly kind: 'has'
  readonly operand: Node
  readonly field: string
}

interface LogicNode extends Base {
  readonly kind: 'logic'
  readonly operator: '&&' | '||'
  readonly operands: readonly Node[]
}

interface NotNode extends Base {
  readonly kind: 'not'
  readonly operand: Node
}

interface ConditionalNode extends Base {
  readonly kind: 'conditional'
  readonly condition: Node
  readonly yes: Node
  readonly no: Node
}

/** `==` and `!=`. */
export interface EqualityNode extends Base {
  readonly kind: 'equality'
  readonly isNegated: boolean
  readonly left: Node
  readonly right: Node
}

/** `range.all(x, test)` and its like. */
export interface QuantifierNode extends Base {
  readonly kind: 'quantifier'
  readonly macro: 'all' | 'exists' | 'existsOne'
  readonly range: Node
  readonly test: Node
  /** Undefined with one variable. */
  readonly keySlot: number | undefined
  readonly valueSlot: number
}

/** `cel.bind(x, value, body)`. */
interface BindNode extends Base {
  readonly kind: 'bind'
  readonly slot: number
  readonly value: Node
  readonly body: Node
}

/** Anything else that is made of parts. */
interface OtherNode extends Base {
  readonly kind: 'other'
  readonly parts: readonly Node[]
  /** The parts of which it only hands on the first that is there: of `x.or(y)` these are `x` and `y`. */
  readonly handsOn?: readonly Node[]
}

export type Node =
  | LiteralNode
  | SlotNode
  | VariableNode
  | MemberNode
  | HasNode
  | LogicNode
  | NotNode
  | ConditionalNode
  | EqualityNode
  | QuantifierNode
  | BindNode
  | OtherNode
