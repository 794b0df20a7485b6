/** What is known while templates run. */
import type { CallContext, Dict, GoFunction, List, Value } from '../go/value.ts'
import type { Guard, TemplatePlace } from '../origin.ts'
import type { Budget } from './budget.ts'
import { ExecutionError, positionAt, type TemplatePosition } from './error.ts'
import type { Output } from './output.ts'
import { printNode } from './print-node.ts'
import type { Template, TemplateSet } from './template-set.ts'
import type { Tracer } from './tracer.ts'
import type { CommandNode, ListNode, Node, OperandNode } from './tree.ts'

/** What a map without the entry gives: no value, the zero value of its type, or an error. */
export type MissingKey = 'default' | 'zero' | 'error'

/** A function that looks at the run around it, such as `include`. */
export interface FrameFunction extends Omit<GoFunction, 'call'> {
  /**
   * Arguments are plain, except those of type `reflect.Value`; `traced` holds all of them with their traces. The result may be
   * traced.
   */
  readonly callIn: (args: readonly Value[], frame: Frame, traced: readonly Value[]) => Value
}

/** What templates can call. */
export type TemplateFunction = GoFunction | FrameFunction

/** What all templates of a rendering share. */
export interface Rendering {
  readonly missingKey: MissingKey
  readonly context: CallContext
  readonly budget: Budget
  /** Methods of maps and lists with a type of their own, such as `.Values`. */
  readonly methodOf: (holder: Dict | List, name: string) => GoFunction | undefined
  /** Follows values through functions; undefined when nobody asks where text comes from. */
  readonly tracer: Tracer | undefined
  /** The template that runs. */
  current: Frame | undefined
  /** What templates, blocks and parentheses in each other take. */
  stack: number
}

/** What each takes of the stack of JavaScript, in units of about 230 bytes. */
const STACK = { block: 2, template: 3, parentheses: 4, include: 8 } as const
/** Leaves a fifth of a stack of 984 KiB to others: 1100 templates, or 425 calls of `include`, in each other. */
const MAX_STACK = 3400

/** As a power of two: so many variables are looked through in a step. */
const VARIABLES_A_STEP = 4

/** One run of a template. */
export class Frame {
  readonly rendering: Rendering
  readonly set: TemplateSet
  readonly template: Template
  readonly output: Output
  /** The action that called the template, when origins are asked for. */
  readonly caller: TemplatePlace | undefined
  /** The action or block that is being executed. */
  statement: Node | undefined
  /** The condition around it, when origins are asked for. */
  guard: Guard | undefined
  /** What is being evaluated: errors name it. */
  node: ListNode | Node | CommandNode | OperandNode
  /** Go's type of the dot, where it is a member of a collection and that type is the one to tell. */
  dotType: string | undefined
  readonly #variables: Variable[]

  constructor(
    rendering: Rendering,
    set: TemplateSet,
    template: Template,
    dot: Value,
    output: Output,
    caller?: TemplatePlace,
  ) {
    this.rendering = rendering
    this.set = set
    this.template = template
    this.output = output
    this.caller = caller
    this.node = template.root
    this.#variables = [{ name: '$', value: dot, type: undefined }]
  }

  /** @throws {ExecutionError} that names what is being evaluated */
  fail(reason: string, cause?: Error): never {
    throw new ExecutionError(this.position(), this.template.name, printNode(this.node), reason, cause)
  }

  /** Where the node stands that is being evaluated. */
  position(): TemplatePosition {
    return positionAt(this.template.source, this.node.at)
  }

  /** @throws {ExecutionError} when too much is being executed in each other; `leave` undoes it */
  enter(kind: keyof typeof STACK): void {
    this.rendering.stack += STACK[kind]
    if (this.rendering.stack > MAX_STACK) this.fail('templates and blocks are nested too deep')
  }

  leave(kind: keyof typeof STACK): void {
    this.rendering.stack -= STACK[kind]
  }

  /** Number of variables: `drop` goes back to it. */
  get variables(): number {
    return this.#variables.length
  }

  drop(count: number): void {
    this.#variables.length = count
  }

  declare(name: string, value: Value): void {
    this.#variables.push({ name, value, type: undefined })
  }

  /** @throws {ExecutionError} when there is no such variable */
  assign(name: string, value: Value, type?: string): void {
    const variable = this.#find(name)
    variable.value = value
    variable.type = type
  }

  /** Sets the latest variable, or with `back` = 2 the one before. */
  setLatest(back: number, value: Value, type: string | undefined): void {
    const variable = this.#variables.at(-back)
    if (variable === undefined) return
    variable.value = value
    variable.type = type
  }

  /** @throws {ExecutionError} when there is no such variable */
  variable(name: string): Variable {
    return this.#find(name)
  }

  #find(name: string): Variable {
    for (let at = this.#variables.length - 1; at >= 0; at--) {
      const variable = this.#variables[at]
      if (variable?.name !== name) continue
      this.rendering.budget.spend((this.#variables.length - at) >> VARIABLES_A_STEP)
      return variable
    }
    return this.fail(`undefined variable: ${name}`)
  }
}

interface Variable {
  readonly name: string
  value: Value
  /** As `Frame.dotType`. */
  type: string | undefined
}
