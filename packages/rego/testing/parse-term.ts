/** Reads single terms in tests. */
import type { RegoProblem } from '../src/problem.ts'
import type { Term } from '../src/syntax/ast.ts'
import { parseQuery } from '../src/syntax/parse.ts'

/** The term that a text is as a whole; problems where it is none. */
export function parseTerm(text: string): { readonly term: Term } | { readonly problems: readonly RegoProblem[] } {
  const result = parseQuery(text, 'v1')
  if ('problems' in result) return result
  const [literal] = result.body
  if (literal?.expression.type !== 'term') throw new Error(`${text} is no term`)
  return { term: literal.expression.term }
}
