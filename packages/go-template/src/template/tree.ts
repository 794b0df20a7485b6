/** Trees of templates. `at` is an offset in the text of the template, in UTF-16 units. */
import type { Value } from '../go/value.ts'
import type { TemplateFunction } from './frame.ts'

/** Nodes one after another. */
export interface ListNode {
  readonly kind: 'list'
  readonly at: number
  readonly nodes: Node[]
}

/** What a list can hold. */
export type Node = TextNode | ActionNode | BranchNode | TemplateNode | JumpNode

/** Text that is written as it stands. */
export interface TextNode {
  readonly kind: 'text'
  readonly at: number
  readonly text: string
}

/** A pipeline whose value is written. */
export interface ActionNode {
  readonly kind: 'action'
  readonly at: number
  readonly pipe: PipeNode
}

/** `if`, `with` and `range`. */
export interface BranchNode {
  readonly kind: 'if' | 'with' | 'range'
  readonly at: number
  readonly pipe: PipeNode
  readonly list: ListNode
  readonly elseList: ListNode | undefined
}

/** A call of a named template; without a pipeline its dot is no value. */
export interface TemplateNode {
  readonly kind: 'template'
  readonly at: number
  readonly name: string
  readonly pipe: PipeNode | undefined
}

/** Leaves the innermost `range`, or its current round. */
interface JumpNode {
  readonly kind: 'break' | 'continue'
  readonly at: number
}

/** Commands that hand on their values, and the variables that get the last one. */
export interface PipeNode {
  readonly kind: 'pipe'
  readonly at: number
  /** Variables are assigned with `=`, not declared with `:=`. */
  isAssignment: boolean
  readonly variables: VariableNode[]
  readonly commands: CommandNode[]
}

/** A value, or a function and its arguments. */
export interface CommandNode {
  readonly kind: 'command'
  readonly at: number
  readonly operands: OperandNode[]
}

/** A part of a command. */
export type OperandNode =
  | PipeNode
  | FieldNode
  | VariableNode
  | ChainNode
  | IdentifierNode
  | DotNode
  | NilNode
  | BoolNode
  | NumberNode
  | StringNode

/** Fields of the dot: `.Values.image`. */
interface FieldNode {
  readonly kind: 'field'
  readonly at: number
  readonly names: readonly string[]
}

/** A variable and fields of it: `$pod.name`; the first name has its dollar sign. */
interface VariableNode {
  readonly kind: 'variable'
  readonly at: number
  readonly names: readonly string[]
}

/** Fields of what a function or a pipeline in parentheses gives. */
export interface ChainNode {
  readonly kind: 'chain'
  readonly at: number
  readonly node: PipeNode | IdentifierNode
  readonly names: readonly string[]
}

/** A function by its name. */
export interface IdentifierNode {
  readonly kind: 'identifier'
  readonly at: number
  readonly name: string
  readonly call: TemplateFunction
  /** One of the functions that every template has. */
  readonly isPredefined: boolean
}

/** `.` */
interface DotNode {
  readonly kind: 'dot'
  readonly at: number
}

/** `nil` */
export interface NilNode {
  readonly kind: 'nil'
  readonly at: number
}

/** `true` or `false`. */
export interface BoolNode {
  readonly kind: 'bool'
  readonly at: number
  readonly value: boolean
}

/** A number as written, and what it is to parameters of each type. */
export interface NumberNode {
  readonly kind: 'number'
  readonly at: number
  readonly text: string
  /** Undefined where it is no int64. */
  readonly integer: bigint | undefined
  /** Undefined where it is no uint64. */
  readonly unsigned: bigint | undefined
  /** Undefined where it is no float64. */
  readonly float: number | undefined
  /** What it is where no type is asked for: an int, a float64 or a complex128. Undefined where that overflows. */
  readonly constant: Value
}

/** A text in quotes. */
export interface StringNode {
  readonly kind: 'string'
  readonly at: number
  /** As written, with its quotes. */
  readonly quoted: string
  readonly text: string
}
