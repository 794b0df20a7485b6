/** Heads of rules: what stands before the body. */
import type { Location, Rule, Term } from './ast.ts'
import { SyntaxFailure } from './syntax-failure.ts'

/** A head as it was read. */
export interface Head {
  readonly ref: readonly Term[]
  readonly parameters?: readonly Term[]
  /** After `contains`. */
  key?: Term
  value?: Term
  isAssigned: boolean
  location: Location
}

/** The name and parameters of a head from the term at the beginning of a rule. */
export function headOf(term: Term): Head {
  const { location } = term
  if (term.type !== 'call') return { ref: refOf(term), isAssigned: false, location }
  // `f()` is no function: it is the same as `f`.
  const parameters = term.args.length > 0 && { parameters: term.args }
  return { ref: refOf(term.operator), ...parameters, isAssigned: false, location }
}

/** Checks what a default rule may say: a value without variables outside comprehensions, different variables as parameters. */
export function checkDefault(head: Head, place: Location): void {
  if (head.key !== undefined) throw new SyntaxFailure('a default rule has a value, and no `contains`', place)
  const found = head.value === undefined ? undefined : variablePart(head.value)
  if (found !== undefined) {
    throw new SyntaxFailure(`the value of a default rule cannot contain a ${found}`, place, 'write a constant')
  }
  const names = new Set<string>()
  for (const parameter of head.parameters ?? []) {
    if (parameter.type !== 'variable') {
      throw new SyntaxFailure(`the parameters of a default rule are variables, not ${parameter.type}`, place)
    }
    if (names.has(parameter.name)) {
      throw new SyntaxFailure(`the parameters of a default rule cannot be repeated: ${parameter.name}`, place)
    }
    names.add(parameter.name)
  }
}

/** Whether the ref of a rule has parts that are known only when it is evaluated. */
export function hasVariables({ ref }: Pick<Rule, 'ref'>): boolean {
  return ref.some((term) => variablePart(term) !== undefined)
}

/** What of a term is no constant; undefined for a constant. */
function variablePart(term: Term): 'variable' | 'ref' | 'call' | undefined {
  switch (term.type) {
    case 'variable':
    case 'ref':
    case 'call':
      return term.type
    case 'array':
    case 'set':
      return firstOf(term.items)
    case 'object':
      return firstOf(term.entries.flat())
    case 'template-string':
      return firstOf(term.parts.filter((part) => typeof part !== 'string'))
    default:
      return undefined
  }
}

function firstOf(terms: readonly Term[]): ReturnType<typeof variablePart> {
  for (const term of terms) {
    const found = variablePart(term)
    if (found !== undefined) return found
  }
  return undefined
}

function refOf(term: Term): Term[] {
  if (term.type === 'variable') return [{ type: 'scalar', value: term.name, location: term.location }]
  if (term.type === 'ref' && term.head.type === 'variable') return [...refOf(term.head), ...term.operands]
  throw new SyntaxFailure('a rule begins with its name: `name`, `a.b[x]` or `f(x)`', term.location)
}
