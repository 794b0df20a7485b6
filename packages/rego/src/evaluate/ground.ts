/** Which terms have at most one value at a point of a body, and which have always the same. */
import type { Builtin } from '../builtins/builtin.ts'
import type { Call, Literal, Term } from '../syntax/ast.ts'
import { objectFrom } from '../values/object.ts'
import { RegoSet, type Value } from '../values/value.ts'
import type { Scope } from './scope.ts'

/** The whole name of what is called: `json.unmarshal`; of functions of policies undefined. */
export function builtinName(operator: Call['operator']): string | undefined {
  if (operator.type === 'variable') return operator.name
  if (operator.head.type !== 'variable' || operator.head.name === 'data') return undefined
  let name = operator.head.name
  for (const operand of operator.operands) {
    if (operand.type !== 'scalar' || typeof operand.value !== 'string') return undefined
    name += `.${operand.value}`
  }
  return name
}

/** True when all variables of the term are bound, and nothing in it has several values. */
export function isGround(term: Term, scope: Scope, builtins: ReadonlyMap<string, Builtin>): boolean {
  const isFine = (each: Term): boolean => isGround(each, scope, builtins)
  switch (term.type) {
    case 'variable':
      return scope.isBound(term.name) || term.name === 'input' || term.name === 'data'
    case 'ref':
      return isFine(term.head) && term.operands.every(isFine)
    case 'array':
    case 'set':
      return term.items.every(isFine)
    case 'object':
      return term.entries.every(([key, value]) => isFine(key) && isFine(value))
    case 'call': {
      const name = builtinName(term.operator)
      if (name !== undefined && builtins.get(name)?.isRelation === true) return false
      return term.args.every(isFine)
    }
    default:
      // Comprehensions and templates bind what they need by themselves.
      return true
  }
}

/** The value of a term that is the same in every run; undefined where it depends on anything. */
export function constantOf(term: Term): Value | undefined {
  switch (term.type) {
    case 'scalar':
      return term.value
    case 'array':
      return constants(term.items)
    case 'set': {
      const items = constants(term.items)
      return items === undefined ? undefined : new RegoSet(items)
    }
    case 'object': {
      const keys = constants(term.entries.map(([key]) => key))
      const values = constants(term.entries.map(([, value]) => value))
      if (keys === undefined || values === undefined) return undefined
      return objectFrom(keys.map((key, place) => [key, values[place] as Value] as const))
    }
    default:
      return undefined
  }
}

function constants(terms: readonly Term[]): Value[] | undefined {
  const values: Value[] = []
  for (const term of terms) {
    const value = constantOf(term)
    if (value === undefined) return undefined
    values.push(value)
  }
  return values
}

/** True for a part of a template string that is a literal: a term with `with` behind it. */
export function isLiteral(part: Term | Literal): part is Literal {
  return 'expression' in part
}

/** The names that operands are; what is no name is an empty one, which nothing has. */
export function namesOf(operands: readonly Term[]): string[] {
  return operands.map((operand) =>
    operand.type === 'scalar' && typeof operand.value === 'string' ? operand.value : '',
  )
}
