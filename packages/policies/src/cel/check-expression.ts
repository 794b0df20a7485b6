/** Trees to checked closures: names, types and overloads are settled once, as far as they can be known. */
import type { Functions } from './functions/library.ts'
import { chooseOverloads, overloadFor } from './functions/library.ts'
import { checkMacro } from './macros.ts'
import { hasField, indexOptional, indexValue, noOverload, selectField } from './members.ts'
import type { LiteralNode, Node, VariableNode } from './node.ts'
import { checkBinary, checkEquality, checkLogic, checkUnary } from './operators.ts'
import { CelProblem } from './problem.ts'
import { keepPattern, type Run } from './run.ts'
import { findName, type Names, type Scope } from './scope.ts'
import type { Call, Expression, Identifier, Index, Select } from './syntax/ast.ts'
import { qualifiedName } from './syntax/parser.ts'
import { BOOL, DYN, isDyn, join, optionalOf, plain, TYPE, typeText, type Type } from './types.ts'
import { checkList, checkMap } from './literals.ts'
import { CelError, TypeValue, typeNameOf, type Value } from './values/value.ts'

/** Names of types, as expressions may compare them with `type(x)`. */
const TYPE_NAMES: ReadonlySet<string> = new Set(
  [
    'bool int uint double string bytes list map null_type type dyn optional_type',
    'google.protobuf.Timestamp google.protobuf.Duration',
    'kubernetes.Quantity kubernetes.URL kubernetes.NamedFormat kubernetes.Semver net.IP net.CIDR',
  ].flatMap((names) => names.split(' ')),
)

/** Functions whose last text is a pattern. */
const WITH_PATTERN: ReadonlySet<string> = new Set(['matches', 'find', 'findAll'])

/** Functions that give the first of their arguments that is there. */
const HANDING_ON: ReadonlySet<string> = new Set(['dyn', '.orValue', '.value', '.or'])

/** Checks the expressions of one policy. Each variable of each gets a place of its own in the slots of an evaluation. */
export class Checker {
  readonly functions: Functions
  readonly names: Names
  readonly #takeSlot: () => number
  /** Lists and maps may hold values of several types. */
  #isMixed = false

  constructor(functions: Functions, names: Names, takeSlot: () => number) {
    this.functions = functions
    this.names = names
    this.#takeSlot = takeSlot
  }

  /** A scope with one more name. */
  bind(name: string, type: Type, parent: Scope | undefined): Scope {
    return { parent, name, binding: { slot: this.#takeSlot(), type } }
  }

  /** @throws {CelProblem} for the first thing that is wrong */
  check(expression: Expression, scope: Scope | undefined): Node {
    switch (expression.kind) {
      case 'literal':
        return literalNode(expression.value)
      case 'identifier':
        return this.#identifier(expression, scope)
      case 'select':
        return this.#select(expression, scope)
      case 'index':
        return this.#index(expression, scope)
      case 'call':
        return this.#call(expression, scope)
      case 'unary':
        return checkUnary(expression, this.check(expression.operand, scope))
      case 'binary': {
        const left = this.check(expression.left, scope)
        const right = this.check(expression.right, scope)
        const { operator } = expression
        if (operator === '==' || operator === '!=') return checkEquality(expression, left, right)
        return checkBinary(expression, left, right)
      }
      case 'logic':
        return checkLogic(
          expression,
          expression.operands.map((operand) => this.check(operand, scope)),
        )
      case 'conditional': {
        const condition = this.check(expression.condition, scope)
        wantType(condition, BOOL, expression.offset, 'the condition of ?:')
        const yes = this.check(expression.yes, scope)
        const no = this.check(expression.no, scope)
        const type = join(yes.type, no.type)
        if (type === undefined) throw mixed('?:', yes.type, no.type, expression.offset)
        const evaluate = (run: Run): Value => {
          const chosen = condition.evaluate(run)
          if (chosen === true) return yes.evaluate(run)
          if (chosen === false) return no.evaluate(run)
          return chosen instanceof CelError ? chosen : noOverload('_?_:_', chosen)
        }
        return { kind: 'conditional', condition, yes, no, type, evaluate }
      }
      case 'list':
        return checkList(expression, (each) => this.check(each, scope), this.#isMixed)
      case 'map':
        return checkMap(expression, (each) => this.check(each, scope), this.#isMixed)
      default:
        return expression satisfies never
    }
  }

  #identifier({ name, offset, isAbsolute }: Identifier, scope: Scope | undefined): Node {
    const binding = findName(name, isAbsolute ? undefined : scope, this.names)
    if (binding !== undefined) {
      const { slot, type } = binding
      const evaluate = (run: Run): Value => {
        run.spend(1)
        return run.slots[slot] ?? new CelError(`${name} has no value here`)
      }
      return { kind: 'slot', slot, type, evaluate }
    }
    if (TYPE_NAMES.has(name)) return typeNode(name)
    throw new CelProblem(`undeclared name ${JSON.stringify(name)}`, offset)
  }

  #select(expression: Select, scope: Scope | undefined): Node {
    const { operand, field, isOptional, offset } = expression
    const variable = this.#definition(expression, scope)
    if (variable !== undefined) return variable
    const typeName = this.#globalName(expression, scope)
    if (typeName !== undefined && TYPE_NAMES.has(typeName)) return typeNode(typeName)
    const of = this.check(operand, scope)
    const type = fieldType(of.type, field, offset)
    const select = isOptional ? indexOptional : selectField
    const isStillOptional = isOptional || of.type.name === 'optional_type'
    return {
      kind: 'member',
      operand: of,
      key: literalNode(field),
      type: isStillOptional ? optionalOf(type) : type,
      evaluate: (run) => {
        run.spend(1)
        return select(of.evaluate(run), field)
      },
    }
  }

  /** `variables.name`. */
  #definition({ operand, field, isOptional, offset }: Select, scope: Scope | undefined): VariableNode | undefined {
    if (operand.kind !== 'identifier' || operand.name !== 'variables' || isOptional) return undefined
    if (findName('variables', scope, this.names) !== undefined) return undefined
    const definition = this.names.definitions.get(field)
    if (definition === undefined) throw new CelProblem(`undefined variable variables.${field}`, offset)
    this.names.refer(definition)
    return definition
  }

  /** The dotted name that an expression is, where its first part is no variable. */
  #globalName(expression: Expression, scope: Scope | undefined): string | undefined {
    const name = qualifiedName(expression)
    if (name === undefined) return undefined
    const dot = name.indexOf('.')
    return findName(dot < 0 ? name : name.slice(0, dot), scope, this.names) === undefined ? name : undefined
  }

  #index({ operand, index, isOptional, offset }: Index, scope: Scope | undefined): Node {
    const of = this.check(operand, scope)
    const key = this.check(index, scope)
    const type = itemType(of.type, offset)
    const read = isOptional ? indexOptional : indexValue
    const isStillOptional = isOptional || of.type.name === 'optional_type'
    return {
      kind: 'member',
      operand: of,
      key,
      type: isStillOptional ? optionalOf(type) : type,
      evaluate: (run) => {
        run.spend(1)
        return read(of.evaluate(run), key.evaluate(run))
      },
    }
  }

  #call(call: Call, scope: Scope | undefined): Node {
    if (call.target === undefined && call.name === 'has' && call.arguments.length === 1) return this.#has(call, scope)
    const macro = checkMacro(this, call, scope)
    if (macro !== undefined) return macro
    const family = call.target === undefined ? undefined : this.#globalName(call.target, scope)
    const qualified = family === undefined ? undefined : `${family}.${call.name}`
    const given = this.#arguments(call, scope)
    if (qualified !== undefined && this.functions.has(qualified)) return this.#apply(qualified, call, given)
    if (call.target === undefined) return this.#apply(call.name, call, given)
    return this.#apply(`.${call.name}`, call, [this.check(call.target, scope), ...given])
  }

  #arguments({ name, arguments: list }: Call, scope: Scope | undefined): readonly Node[] {
    const outer = this.#isMixed
    // What is to be written may be of many types.
    this.#isMixed ||= name === 'format'
    const given = list.map((each) => this.check(each, scope))
    this.#isMixed = outer
    return given
  }

  #apply(name: string, call: Call, given: readonly Node[]): Node {
    const shown = name.replace(/^\./, '')
    const overloads = this.functions.get(name)
    if (overloads === undefined) throw new CelProblem(`undeclared function ${JSON.stringify(shown)}`, call.offset)
    const { chosen, result } = chooseOverloads(
      overloads,
      given.map(({ type }) => type),
    )
    if (chosen.length === 0) {
      const types = given.map(({ type }) => typeText(type)).join(', ')
      throw new CelProblem(`no matching overload of ${shown} for (${types})`, call.offset)
    }
    const last = given.at(-1)
    if (WITH_PATTERN.has(shown) && last?.kind === 'literal' && typeof last.value === 'string') {
      const pattern = keepPattern(last.value)
      if (pattern instanceof CelError) throw new CelProblem(pattern.message, call.offset)
    }
    const evaluate = (run: Run): Value => {
      run.spend(1)
      const values: Value[] = []
      for (const each of given) {
        const value = each.evaluate(run)
        if (value instanceof CelError) return value
        values.push(value)
      }
      const overload = overloadFor(chosen, values)
      return overload === undefined ? noOverload(shown, ...values) : overload.call(...values, run)
    }
    const handsOn = HANDING_ON.has(name) ? { handsOn: given } : {}
    return { kind: 'other', parts: given, ...handsOn, type: result, evaluate }
  }

  #has({ arguments: [operand], offset }: Call, scope: Scope | undefined): Node {
    if (operand?.kind !== 'select') throw new CelProblem('has() takes a field, such as has(object.spec)', offset)
    const definition = this.#definition(operand, scope)
    if (definition !== undefined) return literalNode(true)
    const of = this.check(operand.operand, scope)
    const { field } = operand
    fieldType(of.type, field, offset)
    const evaluate = (run: Run): Value => {
      run.spend(1)
      return hasField(of.evaluate(run), field)
    }
    return { kind: 'has', operand: of, field, type: BOOL, evaluate }
  }
}

/** Refuses an expression that cannot be of a type. */
export function wantType({ type }: Node, wanted: Type, offset: number, what: string): void {
  if (type.name !== wanted.name && !isDyn(type)) {
    throw new CelProblem(`${what} must be ${typeText(wanted)}, it is ${typeText(type)}`, offset)
  }
}

function fieldType(of: Type, field: string, offset: number): Type {
  if (isDyn(of)) return DYN
  if (of.name === 'map') return of.of[1] ?? DYN
  if (of.name === 'optional_type') return fieldType(of.of[0] ?? DYN, field, offset)
  throw new CelProblem(`${typeText(of)} has no field ${JSON.stringify(field)}`, offset)
}

function itemType(of: Type, offset: number): Type {
  if (isDyn(of)) return DYN
  if (of.name === 'list') return of.of[0] ?? DYN
  if (of.name === 'map') return of.of[1] ?? DYN
  if (of.name === 'optional_type') return itemType(of.of[0] ?? DYN, offset)
  throw new CelProblem(`${typeText(of)} has no items`, offset)
}

function mixed(where: string, a: Type, b: Type, offset: number): CelProblem {
  return new CelProblem(`${where} has ${typeText(a)} beside ${typeText(b)}`, offset)
}

function typeNode(name: string): Node {
  return literalNode(new TypeValue(name))
}

function literalNode(value: Value): LiteralNode {
  return { kind: 'literal', value, type: staticTypeOf(value), evaluate: () => value }
}

function staticTypeOf(value: Value): Type {
  if (value instanceof TypeValue) return TYPE
  return plain(typeNameOf(value))
}
