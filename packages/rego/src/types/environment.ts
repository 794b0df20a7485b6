/** What is known of the types of variables and rules. */
import type { Builtin } from '../builtins/builtin.ts'
import type { RuleNode } from '../compile/rule-tree.ts'
import type { Call, Ref, Scalar, Term } from '../syntax/ast.ts'
import { valueOf } from '../syntax/parse.ts'
import { keyText } from '../values/key-text.ts'
import type { Value } from '../values/value.ts'
import { ANY, BOOLEAN, NULL, NUMBER, STRING, type FunctionType, type Type } from './type.ts'
import { bounded, selectType, unionOf, valuesOfType } from './union.ts'

/** Types of the rules of a program. */
export class RuleTypes {
  readonly root: RuleNode
  readonly builtins: ReadonlyMap<string, Builtin>
  readonly #types = new Map<RuleNode, Type>()
  readonly #known = new Set<RuleNode>()
  readonly #extents = new Map<RuleNode, Type>()

  constructor(root: RuleNode, builtins: ReadonlyMap<string, Builtin>) {
    this.root = root
    this.builtins = builtins
  }

  set(node: RuleNode, type: Type): void {
    this.#types.set(node, type)
    for (let each: RuleNode | undefined = node; each !== undefined && !this.#known.has(each); each = each.parent) {
      this.#known.add(each)
    }
  }

  /** True when the type of a node, or of some below it, is known by now. */
  isKnown(node: RuleNode): boolean {
    return this.#known.has(node)
  }

  get(node: RuleNode): Type | undefined {
    return this.#types.get(node)
  }

  /** The type of everything at and below a node: an object of which more may be known as data. */
  extent(node: RuleNode): Type {
    if (node.rules.length > 0) return node.children.length > 0 ? ANY : (this.#types.get(node) ?? ANY)
    let type = this.#extents.get(node)
    if (type === undefined) {
      const properties: (readonly [Value, Type])[] = []
      for (const child of node.children) {
        if (typeof child.key === 'string') properties.push([child.key, this.extent(child)])
      }
      type = { kind: 'object', properties, rest: { key: STRING, value: ANY } }
      this.#extents.set(node, (type = bounded(type)))
    }
    return type
  }
}

/** Types of the variables of one rule, among those of all rules. */
export class TypeEnvironment {
  readonly rules: RuleTypes
  readonly #variables = new Map<string, Type>()
  /** Types of closures whose bodies are checked. */
  readonly closures = new Map<Term, Type | undefined>()

  constructor(rules: RuleTypes) {
    this.rules = rules
  }

  /** One for other variables. */
  nested(): TypeEnvironment {
    return new TypeEnvironment(this.rules)
  }

  variable(name: string): Type | undefined {
    return name === 'data' || name === 'input' ? ANY : this.#variables.get(name)
  }

  setVariable(name: string, type: Type): void {
    if (name !== 'data' && name !== 'input') this.#variables.set(name, type)
  }

  /** The type of a term; undefined where it is not known. */
  typeOf(term: Term): Type | undefined {
    const type = this.#typeOf(term)
    return type === undefined ? undefined : bounded(type)
  }

  #typeOf(term: Term): Type | undefined {
    switch (term.type) {
      case 'scalar':
        return typeOfScalar(term)
      case 'variable':
        return this.variable(term.name)
      case 'ref':
        return this.#typeOfRef(term)
      case 'array': {
        const items = this.#all(term.items)
        return items && { kind: 'array', items, ...(items.length === 0 && { rest: ANY }) }
      }
      case 'set': {
        const items = this.#all(term.items)
        return items && { kind: 'set', of: items.length === 0 ? ANY : unionOf(items) }
      }
      case 'object':
        return this.#typeOfObject(term.entries)
      case 'call':
        return this.functionOf(term.operator)?.result ?? ANY
      case 'template-string':
        return STRING
      default:
        return this.closures.get(term)
    }
  }

  /** The type of what is called; undefined where nothing is known of it. */
  functionOf(operator: Call['operator']): FunctionType | undefined {
    if (operator.type === 'variable') return this.rules.builtins.get(operator.name)?.type
    const type = this.#typeOfRef(operator)
    return type?.kind === 'function' ? type : undefined
  }

  #all(terms: readonly Term[]): Type[] | undefined {
    const types: Type[] = []
    for (const term of terms) {
      const type = this.typeOf(term)
      if (type === undefined) return undefined
      types.push(type)
    }
    return types
  }

  #typeOfObject(entries: readonly (readonly [Term, Term])[]): Type | undefined {
    const properties = new Map<string, readonly [Value, Type]>()
    const keys: Type[] = []
    const values: Type[] = []
    for (const [key, value] of entries) {
      const type = this.typeOf(value)
      if (type === undefined) return undefined
      const constant = key.type === 'scalar' && isName(key.value) ? key.value : undefined
      if (constant !== undefined) {
        properties.set(keyText(constant), [constant, type])
        continue
      }
      const isOdd = valueOf(key) !== undefined
      const typeOfKey = isOdd ? ANY : this.typeOf(key)
      if (typeOfKey === undefined) return undefined
      keys.push(typeOfKey)
      values.push(isOdd ? ANY : type)
    }
    const rest = keys.length > 0 ? { key: unionOf(keys), value: unionOf(values) } : undefined
    if (rest === undefined && properties.size === 0)
      return { kind: 'object', properties: [], rest: { key: ANY, value: ANY } }
    return { kind: 'object', properties: [...properties.values()], ...(rest !== undefined && { rest }) }
  }

  #typeOfRef({ head, operands }: Ref): Type | undefined {
    if (head.type !== 'variable') return selectAll(this.typeOf(head), operands, 0)
    if (head.name === 'data') return this.#typeOfData(operands)
    return head.name === 'input' ? ANY : selectAll(this.variable(head.name), operands, 0)
  }

  #typeOfData(operands: readonly Term[]): Type | undefined {
    const { rules } = this
    let node = rules.root
    for (let place = 0; place < operands.length; place++) {
      const operand = operands[place] as Term
      const child = operand.type === 'scalar' ? node.child(operand.value) : undefined
      if (child !== undefined) {
        node = child
        continue
      }
      if (node.rules.length > 0)
        return node.children.length > 0 ? ANY : selectAll(rules.get(node) ?? ANY, operands, place)
      return operand.type === 'scalar' ? ANY : selectAll(rules.extent(node), operands, place)
    }
    return rules.extent(node)
  }
}

/** The type behind some of the operands of a ref. */
function selectAll(type: Type | undefined, operands: readonly Term[], from: number): Type | undefined {
  let selected = type
  for (let place = from; place < operands.length && selected !== undefined; place++) {
    const operand = operands[place] as Term
    selected = operand.type === 'scalar' ? selectType(selected, operand.value) : valuesOfType(selected)
  }
  return selected
}

/** True for constants that are taken for known keys. */
function isName(value: Scalar['value']): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

function typeOfScalar({ value }: Scalar): Type {
  switch (typeof value) {
    case 'string':
      return STRING
    case 'boolean':
      return BOOLEAN
    default:
      return value === null ? NULL : NUMBER
  }
}
