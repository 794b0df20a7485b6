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
  const list: Term[] = []
  eachPart(term, push, list)
  return list
}

function push(part: Term, list: Term[]): void {
  list.push(part)
}

/** Tells of the terms that a term is made of, as `parts` gives them; makes no list, since walks are most of the work on a program. */
export function eachPart<With>(term: Term, tell: (part: Term, argument: With) => void, argument: With): void {
  switch (term.type) {
    case 'ref':
      tell(term.head, argument)
      for (const operand of term.operands) tell(operand, argument)
      break
    case 'array':
    case 'set':
      for (const item of term.items) tell(item, argument)
      break
    case 'object':
      for (const [key, value] of term.entries) {
        tell(key, argument)
        tell(value, argument)
      }
      break
    case 'call':
      for (const each of term.args) tell(each, argument)
      break
    default:
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
  else if (term.type !== 'scalar') eachPart(term, eachVariable, tell)
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
  if (term.type !== 'scalar' && term.type !== 'variable') eachPart(term, eachTerm, tell)
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
  eachPart(term, eachRef, tell)
}

/** Tells of the bodies of the closures directly in a term, not of those in other closures. */
export function eachClosure(term: Term, tell: (closure: Term) => void): void {
  if (isComprehension(term) || term.type === 'template-string') tell(term)
  else eachPart(term, eachClosure, tell)
}

/** The call that an expression is, when its operator has one of these names. */
export function callNamed(expression: Expression, name: string, other = name): CallTerm | undefined {
  if (expression.type !== 'term' || expression.term.type !== 'call') return undefined
  const { operator } = expression.term
  const isNamed = operator.type === 'variable' && (operator.name === name || operator.name === other)
  return isNamed ? expression.term : undefined
}

type CallTerm = Extract<Term, { readonly type: 'call' }>

/** The two sides of `=`, `:=` and `==`; undefined for other expressions. */
export function sidesOf(expression: Expression): readonly [Term, Term] | undefined {
  const args = (callNamed(expression, 'eq', 'assign') ?? callNamed(expression, 'equal'))?.args
  return args?.length === 2 ? [args[0] as Term, args[1] as Term] : undefined
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
