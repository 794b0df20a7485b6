/** Expressions of a policy, compiled together: they share variables and one evaluation. */
import { Checker, wantType } from './check-expression.ts'
import { FUNCTIONS } from './functions/index.ts'
import type { Node, VariableNode } from './node.ts'
import { CelProblem } from './problem.ts'
import { Run, type CostLimits } from './run.ts'
import type { Binding, Names } from './scope.ts'
import { parseExpression } from './syntax/parser.ts'
import { DYN, isDyn, type Type } from './types.ts'
import type { Value } from './values/value.ts'

/** What an expression is compiled to, or what is wrong with it. */
export type Compiled = { readonly node: Node } | { readonly problem: CelProblem }

/** Variables that refer to variables that refer ...: more levels than any policy has. */
const MAX_CHAIN = 50

/** Compiles the expressions of one policy. */
export class PolicyCompiler {
  readonly #variables = new Map<string, Binding>()
  readonly #definitions = new Map<string, VariableNode>()
  readonly #chains = new Map<VariableNode, number>()
  readonly #checker: Checker
  #slots = 0
  /** Length of the longest chain of variables below the expression that is being compiled. */
  #chain = 0

  /** @param names what expressions can refer to, such as `object`; their types are known only at evaluation */
  constructor(names: readonly string[]) {
    for (const name of names) this.#variables.set(name, { slot: this.#slots++, type: DYN })
    const known: Names = {
      variables: this.#variables,
      definitions: this.#definitions,
      refer: (definition) => {
        this.#chain = Math.max(this.#chain, this.#chains.get(definition) ?? 0)
      },
    }
    this.#checker = new Checker(FUNCTIONS, known, () => this.#slots++)
  }

  /** Compiles an expression; where `type` is given, it must have it. */
  compile(text: string, type?: Type): Compiled {
    this.#chain = 0
    try {
      const node = this.#checker.check(parseExpression(text), undefined)
      if (type !== undefined && !isDyn(type)) wantType(node, type, 0, 'the expression')
      return { node }
    } catch (error) {
      if (error instanceof CelProblem) return { problem: error }
      throw error
    }
  }

  /** Compiles an expression that those after it know as `variables.name`. It is evaluated once, when it is needed. */
  define(name: string, text: string): Compiled {
    const compiled = this.compile(text)
    if ('problem' in compiled) return compiled
    const { node: definition } = compiled
    const chain = this.#chain + 1
    if (chain > MAX_CHAIN) {
      return { problem: new CelProblem(`more than ${MAX_CHAIN} variables refer to one another`, 0) }
    }
    const slot = this.#slots++
    const evaluate = (run: Run): Value => {
      run.spend(1)
      const known = run.slots[slot]
      return known === undefined ? (run.slots[slot] = run.evaluate(definition.evaluate)) : known
    }
    const node: VariableNode = { kind: 'variable', definition, type: definition.type, evaluate }
    this.#chains.set(node, chain)
    this.#definitions.set(name, node)
    return { node }
  }

  /** The place of a name in the slots of an evaluation. */
  slotOf(name: string): number {
    return this.#variables.get(name)?.slot ?? -1
  }

  /** Begins an evaluation, with values by name. */
  begin(values: Readonly<Record<string, Value>>, limits?: CostLimits): Run {
    const slots = Array.from<Value | undefined>({ length: this.#slots })
    for (const [name, { slot }] of this.#variables) slots[slot] = values[name]
    return new Run(slots, limits)
  }
}
