/** Which names a body declares, and which it uses itself, outside closures. */
import type { Body, Term, Variable } from '../syntax/ast.ts'
import { callNamed, eachVariable, literalTerms } from './walk.ts'

/** True for `_`. */
export function isWildcard(name: string): boolean {
  return name.startsWith('$')
}

/** Names that `:=` and `some` declare in a body, not in its closures. */
export function declaredNames(body: Body): ReadonlySet<string> {
  const names = new Set<string>()
  const add = ({ name }: { readonly name: string }): void => {
    names.add(name)
  }
  for (const { expression } of body) {
    if (expression.type === 'some') expression.variables.forEach(add)
    else if (expression.type === 'some-in') {
      if (expression.key !== undefined) eachPatternVariable(expression.key, add)
      eachPatternVariable(expression.value, add)
    } else {
      const left = callNamed(expression, 'assign')?.args[0]
      if (left !== undefined) eachPatternVariable(left, add)
    }
  }
  return names
}

/** Names that a body, or terms beside it, use outside closures. */
export function usedNames(body: Body, terms: readonly Term[]): ReadonlySet<string> {
  const names = new Set<string>()
  const add = ({ name }: { readonly name: string }): void => {
    if (!isWildcard(name)) names.add(name)
  }
  for (const literal of body) for (const term of literalTerms(literal)) eachVariable(term, add)
  for (const term of terms) eachVariable(term, add)
  return names
}

/** Tells of the variables that a pattern binds: those in arrays, and in values of objects. */
export function eachPatternVariable(pattern: Term, tell: (variable: Variable) => void): void {
  if (pattern.type === 'variable') tell(pattern)
  else if (pattern.type === 'array') for (const item of pattern.items) eachPatternVariable(item, tell)
  else if (pattern.type === 'object') for (const [, value] of pattern.entries) eachPatternVariable(value, tell)
}

/** Tells of the variables of a parameter: those that are heads of refs are no parameters. */
export function eachParameter(term: Term, tell: (variable: Variable) => void): void {
  if (term.type === 'variable') tell(term)
  else if (term.type === 'ref') for (const operand of term.operands) eachParameter(operand, tell)
  else if (term.type === 'array' || term.type === 'set') for (const item of term.items) eachParameter(item, tell)
  else if (term.type === 'object') for (const part of term.entries.flat()) eachParameter(part, tell)
}
