/** Going through everything inside of bodies and terms. */
import type { Body, Expression, Literal, Rule, Term, With } from '../syntax/ast.ts'
import { isLiteral } from './ground.ts'

/** Who is told of what there is. */
export interface Visitor {
  term?(term: Term): void
  with?(replacement: With): void
}

/** Goes through a rule and its `else`s. */
export function visitRule({ body, otherwise, key, value, ref }: Rule, visitor: Visitor): void {
  visitBody(body, visitor)
  for (const term of [...ref, key, value]) if (term !== undefined) visitTerm(term, visitor)
  if (otherwise !== undefined) visitRule(otherwise, visitor)
}

/** Goes through the literals of a body. */
export function visitBody(body: Body, visitor: Visitor): void {
  for (const literal of body) visitLiteral(literal, visitor)
}

function visitLiteral({ expression, withs }: Literal, visitor: Visitor): void {
  for (const each of withs) {
    visitor.with?.(each)
    visitTerm(each.value, visitor)
  }
  visitExpression(expression, visitor)
}

function visitExpression(expression: Expression, visitor: Visitor): void {
  switch (expression.type) {
    case 'term':
      visitTerm(expression.term, visitor)
      break
    case 'some-in':
      if (expression.key !== undefined) visitTerm(expression.key, visitor)
      visitTerm(expression.value, visitor)
      visitTerm(expression.domain, visitor)
      break
    case 'every':
      visitTerm(expression.domain, visitor)
      visitBody(expression.body, visitor)
      break
    default:
  }
}

/** Goes through a term and everything in it. */
export function visitTerm(term: Term, visitor: Visitor): void {
  visitor.term?.(term)
  switch (term.type) {
    case 'ref':
      visitTerm(term.head, visitor)
      for (const operand of term.operands) visitTerm(operand, visitor)
      break
    case 'array':
    case 'set':
      for (const item of term.items) visitTerm(item, visitor)
      break
    case 'object':
      for (const [key, value] of term.entries) {
        visitTerm(key, visitor)
        visitTerm(value, visitor)
      }
      break
    case 'array-comprehension':
    case 'set-comprehension':
      visitTerm(term.head, visitor)
      visitBody(term.body, visitor)
      break
    case 'object-comprehension':
      visitTerm(term.key, visitor)
      visitTerm(term.value, visitor)
      visitBody(term.body, visitor)
      break
    case 'call':
      for (const argument of term.args) visitTerm(argument, visitor)
      break
    case 'template-string':
      for (const part of term.parts) {
        if (typeof part === 'string') continue
        if (isLiteral(part)) visitLiteral(part, visitor)
        else visitTerm(part, visitor)
      }
      break
    default:
  }
}
