/** What the parser fills in where rules leave it out, and how it tells bodies from terms. */
import type { Call, Literal, Location, Rule, Term } from './ast.ts'
import type { Head } from './head.ts'

/** What rules with the same head share; a set without a member after `contains` has it as the last part of its name. */
export function sharedPart(head: Head, kind?: Rule['kind']): Omit<Rule, 'body' | 'location'> {
  const { parameters, value, isAssigned, location } = head
  const isSet = kind === 'set'
  const key = head.key ?? (isSet ? head.ref.at(-1) : undefined)
  const ref = isSet && head.key === undefined ? head.ref.slice(0, -1) : head.ref
  return {
    kind: kind ?? (parameters === undefined ? 'complete' : 'function'),
    isDefault: false,
    ref,
    ...(parameters !== undefined && { parameters }),
    ...(key !== undefined && { key }),
    ...(!isSet && { value: value ?? truth(location) }),
    isAssigned,
  }
}

/** The value that rules have when none is written. */
export function truth(location: Location): NonNullable<Rule['value']> {
  return { type: 'scalar', value: true, location }
}

/** The body of rules without one. */
export function always(location: Location): readonly Literal[] {
  return [{ expression: { type: 'term', term: truth(location), location }, negated: false, withs: [], location }]
}

/** Whether a literal is nothing but a set. */
export function isSetLiteral({ expression }: Literal): boolean {
  return expression.type === 'term' && expression.term.type === 'set'
}

/** Whether a body begins with `x | y`: between braces that is a comprehension, and read as such. */
export function beginsWithUnion(body: readonly Literal[]): boolean {
  const expression = body[0]?.expression
  if (expression?.type !== 'term' || body[0]?.negated === true) return false
  let { term } = expression
  while (!isPrimary(term)) {
    const [first] = term.args
    if (first === undefined) return false
    if (term.operator.type === 'variable' && term.operator.name === 'or' && isPrimary(first)) return true
    term = first
  }
  return false
}

/** Whether a term is no operation, or one in parentheses, or `-x`. */
function isPrimary(term: Term): term is Exclude<Term, Call> {
  if (term.type !== 'call' || term.isInfix !== true) return true
  const place = term.args[0]?.location
  return place === undefined || place.start !== term.location.start || place.end === place.start
}
