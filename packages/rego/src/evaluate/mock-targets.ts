/** Which functions some `with` of a policy replaces. */
import type { Program } from '../compile/program.ts'
import type { Body, Expression, Literal, Rule, Term } from '../syntax/ast.ts'
import { builtinName } from './ground.ts'
import { callName } from './with.ts'

/** Names of all targets of `with` that are functions, or could be: as calls look for them. */
export function mockTargets({ modules, groups }: Program): ReadonlySet<string> {
  const names = new Set<string>()
  // Most policies have none, and need no walk.
  if (!modules.some(({ text }) => /\bwith\b/.test(text))) return names
  for (const { rules } of groups.values()) for (const { rule } of rules) ofRule(rule, names)
  return names
}

/** The same of the body of a query. */
export function mockTargetsOf(body: Body): ReadonlySet<string> {
  const names = new Set<string>()
  ofBody(body, names)
  return names
}

function ofRule({ body, otherwise, key, value, ref }: Rule, names: Set<string>): void {
  ofBody(body, names)
  for (const term of [...ref, key, value]) if (term !== undefined) ofTerm(term, names)
  if (otherwise !== undefined) ofRule(otherwise, names)
}

function ofBody(body: Body, names: Set<string>): void {
  for (const literal of body) ofLiteral(literal, names)
}

function ofLiteral({ expression, withs }: Literal, names: Set<string>): void {
  for (const { target, value } of withs) {
    const root = target.type === 'ref' ? target.head : target
    if (root.type === 'variable' && root.name === 'data' && target.type === 'ref') {
      names.add(callName(target.operands.map((operand) => (operand.type === 'scalar' ? String(operand.value) : ''))))
    } else names.add(builtinName(target) ?? '')
    ofTerm(value, names)
  }
  ofExpression(expression, names)
}

function ofExpression(expression: Expression, names: Set<string>): void {
  switch (expression.type) {
    case 'term':
      ofTerm(expression.term, names)
      break
    case 'some-in':
      ofTerm(expression.domain, names)
      break
    case 'every':
      ofTerm(expression.domain, names)
      ofBody(expression.body, names)
      break
    default:
  }
}

function ofTerm(term: Term, names: Set<string>): void {
  switch (term.type) {
    case 'ref':
      ofTerm(term.head, names)
      for (const operand of term.operands) ofTerm(operand, names)
      break
    case 'array':
    case 'set':
      for (const item of term.items) ofTerm(item, names)
      break
    case 'object':
      for (const [key, value] of term.entries) {
        ofTerm(key, names)
        ofTerm(value, names)
      }
      break
    case 'array-comprehension':
    case 'set-comprehension':
      ofTerm(term.head, names)
      ofBody(term.body, names)
      break
    case 'object-comprehension':
      ofTerm(term.key, names)
      ofTerm(term.value, names)
      ofBody(term.body, names)
      break
    case 'call':
      for (const argument of term.args) ofTerm(argument, names)
      break
    case 'template-string':
      for (const part of term.parts) {
        if (typeof part === 'string') continue
        if ('expression' in part) ofLiteral(part, names)
        else ofTerm(part, names)
      }
      break
    default:
  }
}
