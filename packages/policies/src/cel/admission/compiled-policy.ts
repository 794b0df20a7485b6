/** The expressions of an admission policy, compiled, and what they say of an object. */
import { PolicyCompiler } from '../compile.ts'
import { explainFalse, type Fault } from '../explain.ts'
import type { Node } from '../node.ts'
import { CostExceeded, type CostLimits, type Run } from '../run.ts'
import { BOOL, STRING } from '../types.ts'
import { CelError, type Value } from '../values/value.ts'
import type { PolicyExpressions, Validation } from './policy-source.ts'

/** What is wrong with an expression. */
export interface ExpressionProblem {
  /** Where it stands in the policy: `spec.validations[0].expression`. */
  readonly path: string
  readonly message: string
  /** In UTF-16 units from the beginning of the expression. */
  readonly offset: number
}

/** A validation that an object fails. */
export interface Violation {
  /** What the policy says of it; made from the expression where the policy says nothing. */
  readonly message: string
  readonly reason: string
  /** The fields at fault; empty when no single one is. */
  readonly faults: readonly Fault[]
}

/** What a policy says of an object. */
export type Verdict =
  | { readonly kind: 'excluded' }
  | { readonly kind: 'allowed' }
  | { readonly kind: 'denied'; readonly violations: readonly Violation[] }
  /** An expression has no value, or costs too much. */
  | { readonly kind: 'unknown'; readonly path: string; readonly message: string; readonly isCostly: boolean }

/** What a policy is asked about. */
export interface Admission {
  readonly object: Value
  readonly request: Value
  readonly params: Value
  readonly namespaceObject: Value
}

interface CompiledValidation {
  readonly validation: Validation
  readonly node: Node
  readonly message: Node | undefined
}

interface CompiledCondition {
  readonly node: Node
  readonly path: string
}

const NAMES = ['object', 'oldObject', 'request', 'namespaceObject']

/** A policy that can be asked. */
export class CompiledPolicy {
  readonly #compiler: PolicyCompiler
  readonly #conditions: readonly CompiledCondition[]
  readonly #validations: readonly CompiledValidation[]
  readonly #limits: CostLimits | undefined

  private constructor(
    compiler: PolicyCompiler,
    conditions: readonly CompiledCondition[],
    validations: readonly CompiledValidation[],
    limits: CostLimits | undefined,
  ) {
    this.#compiler = compiler
    this.#conditions = conditions
    this.#validations = validations
    this.#limits = limits
  }

  /** Compiles the expressions, or tells what is wrong with them. Never throws. */
  static compile(
    source: PolicyExpressions,
    limits?: CostLimits,
  ): { readonly policy: CompiledPolicy } | { readonly problems: readonly ExpressionProblem[] } {
    const compiler = new PolicyCompiler(source.hasParams ? [...NAMES, 'params'] : NAMES)
    const problems: ExpressionProblem[] = []
    const compiled = (path: string, result: ReturnType<PolicyCompiler['compile']>): Node | undefined => {
      if ('node' in result) return result.node
      problems.push({ path, message: result.problem.message, offset: result.problem.offset })
      return undefined
    }
    // Conditions come before variables: they do not know them.
    const conditions = source.conditions.flatMap(({ expression }, index): CompiledCondition[] => {
      const path = `spec.matchConditions[${index}].expression`
      const node = compiled(path, compiler.compile(expression, BOOL))
      return node === undefined ? [] : [{ node, path }]
    })
    for (const [index, { name, expression }] of source.variables.entries()) {
      compiled(`spec.variables[${index}].expression`, compiler.define(name, expression))
    }
    const validations = source.validations.flatMap((validation, index): CompiledValidation[] => {
      const path = `spec.validations[${index}]`
      const node = compiled(`${path}.expression`, compiler.compile(validation.expression, BOOL))
      const { messageExpression } = validation
      const message =
        messageExpression === undefined
          ? undefined
          : compiled(`${path}.messageExpression`, compiler.compile(messageExpression, STRING))
      return node === undefined ? [] : [{ validation, node, message }]
    })
    if (problems.length > 0) return { problems }
    return { policy: new CompiledPolicy(compiler, conditions, validations, limits) }
  }

  /** What the policy says of an object. Never throws. */
  judge({ object, request, params, namespaceObject }: Admission): Verdict {
    const run = this.#compiler.begin({ object, oldObject: null, request, params, namespaceObject }, this.#limits)
    let path = ''
    try {
      let unknown: Verdict | undefined
      for (const condition of this.#conditions) {
        path = condition.path
        const value = run.evaluate(condition.node.evaluate)
        if (value === false) return { kind: 'excluded' }
        unknown ??= unknownUnlessTrue(value, path)
      }
      if (unknown !== undefined) return unknown
      const violations: Violation[] = []
      for (const [index, validation] of this.#validations.entries()) {
        path = `spec.validations[${index}].expression`
        const value = run.evaluate(validation.node.evaluate)
        if (value === false) violations.push(this.#violation(validation, run))
        else unknown ??= unknownUnlessTrue(value, path)
      }
      if (violations.length > 0) return { kind: 'denied', violations }
      return unknown ?? { kind: 'allowed' }
    } catch (error) {
      if (error instanceof CostExceeded) return { kind: 'unknown', path, message: error.message, isCostly: true }
      throw error
    }
  }

  #violation({ validation, node, message }: CompiledValidation, run: Run): Violation {
    return {
      message: this.#messageOf(validation, message, run),
      reason: validation.reason ?? 'Invalid',
      faults: faultsOf(node, run, this.#compiler.slotOf('object')),
    }
  }

  #messageOf({ expression, message }: Validation, made: Node | undefined, run: Run): string {
    const given = message?.trim() ?? ''
    const otherwise = given === '' ? `failed expression: ${expression.trim()}` : given
    if (made === undefined) return otherwise
    try {
      const value = run.explain(() => made.evaluate(run))
      // As API servers do: a message of several lines, or of none, is no message.
      const text = typeof value === 'string' ? value.trim() : ''
      return text === '' || text.includes('\n') ? otherwise : text
    } catch (error) {
      if (error instanceof CostExceeded) return otherwise
      throw error
    }
  }
}

function unknownUnlessTrue(value: Value, path: string): Verdict | undefined {
  if (value === true) return undefined
  const message = value instanceof CelError ? value.message : 'the expression gives no bool'
  return { kind: 'unknown', path, message, isCostly: false }
}

/** The fields at fault; none when finding them costs too much: the violation stands without them. */
function faultsOf(node: Node, run: Run, objectSlot: number): readonly Fault[] {
  try {
    return explainFalse(node, run, objectSlot)
  } catch (error) {
    if (error instanceof CostExceeded) return []
    throw error
  }
}
