/** Operators as they are written, by the builtins that they stand for. */
import type { Call, Term } from '../syntax/ast.ts'
import { OPERATORS } from '../syntax/token.ts'

/** An operator between two terms. */
export interface Infix {
  readonly sign: string
  /** How tightly it binds; assignments not at all. */
  readonly level: number
}

const BY_NAME = new Map<string, Infix>([
  ['assign', { sign: ':=', level: 0 }],
  ['eq', { sign: '=', level: 0 }],
  ['internal.member_3', { sign: 'in', level: 1 }],
])
for (const [sign, { name, level }] of OPERATORS) BY_NAME.set(name, { sign, level })

/** The operator that a term was written with, if it was. */
export function infixOf(term: Term): Infix | undefined {
  if (term.type !== 'call' || term.isInfix !== true || term.operator.type !== 'variable') return undefined
  return BY_NAME.get(term.operator.name)
}

/** Whether it is `key, value in domain`. */
export function isPairMembership({ args }: Call): boolean {
  return args.length === 3
}

/** Whether the term begins with `x | y`, which in brackets would be read as a comprehension. */
export function beginsWithUnion(term: Term): boolean {
  const infix = infixOf(term)
  if (infix === undefined || term.type !== 'call') return false
  return infix.sign === '|'
}

/** Whether there were parentheses around an operation. */
export function isParenthesized(term: Term): boolean {
  return term.type === 'call' && term.args[0]?.location.start !== term.location.start
}
