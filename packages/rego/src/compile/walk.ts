/** Ways through terms and bodies. A closure is a comprehension, a template string or the body of `every`: it has variables of its own. */
import type { Body, Expression, Literal, Ref, Term, Variable } from '../syntax/ast.ts'

/** A term with a body of its own. */
export type Closure = Extract<Term, { readonly body: Body }>

/** True for comprehensions. */
export function isComprehension(term: Term): term is Closure {
  return (
    term.type === 'array-comprehension' || term.type === 'set-comprehension' || term.type === 'object-comprehension'
  )
}

/** The terms that a comprehension makes of each solution of its body. */
export function headTerms(term: Closure): readonly Term[] {
  return term.type === 'object-comprehension' ? [term.key, term.value] : [term.head]
}

/** The terms that a term is made of, without those in closures; a call's operator is not among them. */
export function parts(term: Term): readonly Term[] {
  switch (term.type) {
    case 'ref':
      return [term.head, ...term.operands]
    case 'array':
    case 'set':
      return term.items
    case 'object':
      return term.entries.flat()
    case 'call':
      return term.args
    default:
      return []
  }
}

/** Terms that stand directly in an expression: those of the body of `every` do not. */
export function expressionTerms(expression: Expression): readonly Term[] {
  switch (expression.type) {
    case 'term':
      return [expression.term]
    case 'some':
      return []
    case 'some-in':
      return expression.key === undefined
        ? [expression.value, expression.domain]
        : [expression.key, expression.value, expression.domain]
    default:
      return [expression.domain]
  }
}

/** Terms that stand directly in a literal, with the values of its `with`s. */
export function literalTerms(literal: Literal): readonly Term[] {
  const terms = expressionTerms(literal.expression)
  return literal.withs.length === 0 ? terms : [...terms, ...literal.withs.map(({ value }) => value)]
}

/** Tells of every variable outside closures. */
export function eachVariable(term: Term, tell: (variable: Variable) => void): void {
  if (term.type === 'variable') tell(term)
  else for (const part of parts(term)) eachVariable(part, tell)
}

/** Tells of every variable, those in closures too. */
export function eachVariableDeep(term: Term, tell: (variable: Variable) => void): void {
  eachTerm(term, (found) => {
    if (found.type === 'variable') tell(found)
  })
}

/** Tells of a term and everything in it, closures too, outside before inside. Operators of calls are told when they are refs. */
export function eachTerm(term: Term, tell: (term: Term) => void): void {
  tell(term)
  if (isComprehension(term)) {
    for (const head of headTerms(term)) eachTerm(head, tell)
    eachTermOfBody(term.body, tell)
    return
  }
  if (term.type === 'template-string') {
    for (const part of term.parts) if (typeof part !== 'string') eachTerm(part, tell)
    return
  }
  if (term.type === 'call' && term.operator.type === 'ref') tell(term.operator)
  for (const part of parts(term)) eachTerm(part, tell)
}

/** Tells of every term in a body, the targets of `with` too. */
export function eachTermOfBody(body: Body, tell: (term: Term) => void): void {
  for (const { expression, withs } of body) {
    for (const term of expressionTerms(expression)) eachTerm(term, tell)
    if (expression.type === 'every') eachTermOfBody(expression.body, tell)
    for (const { target, value } of withs) {
      eachTerm(target, tell)
      eachTerm(value, tell)
    }
  }
}

/** Tells of every ref outside closures. */
export function eachRef(term: Term, tell: (ref: Ref) => void): void {
  if (term.type === 'ref') tell(term)
  for (const part of parts(term)) eachRef(part, tell)
}

/** Tells of the bodies of the closures directly in a term, not of those in other closures. */
export function eachClosure(term: Term, tell: (closure: Term) => void): void {
  if (isComprehension(term) || term.type === 'template-string') tell(term)
  else for (const part of parts(term)) eachClosure(part, tell)
}

/** The call that an expression is, when its operator has one of these names. */
export function callNamed(
  expression: Expression,
  ...names: readonly string[]
): Extract<Term, { type: 'call' }> | undefined {
  if (expression.type !== 'term' || expression.term.type !== 'call') return undefined
  const { operator } = expression.term
  return operator.type === 'variable' && names.includes(operator.name) ? expression.term : undefined
}

/** The two sides of `=`, `:=` and `==`; undefined for other expressions. */
export function sidesOf(expression: Expression): readonly [Term, Term] | undefined {
  const [left, right, ...more] = callNamed(expression, 'eq', 'assign', 'equal')?.args ?? []
  return left === undefined || right === undefined || more.length > 0 ? undefined : [left, right]
}

/** The name of a ref when it is `data....` or any other with nothing but names in it: `["data", "a", "b"]`. */
export function groundNames(ref: Ref): readonly string[] | undefined {
  if (ref.head.type !== 'variable') return undefined
  const names = [ref.head.name]
  for (const operand of ref.operands) {
    if (operand.type !== 'scalar' || typeof operand.value !== 'string') return undefined
    names.push(operand.value)
  }
  return names
}
