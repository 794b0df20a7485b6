/**
 * Names of local variables in checked programs. A name that is written in several scopes of a rule stands once as it is, then as `x#2`,
 * `x#3`; variables that nobody wrote are `#1`, `#2`, and wildcards keep the `$` of the parser.
 */
import type { Location, Ref, Term, Variable } from '../syntax/ast.ts'
import { valueText } from '../values/value-text.ts'

/** Gives out names that are unique within one rule or query. */
export class Names {
  readonly #taken: { readonly has: (name: string) => boolean }
  readonly #uses = new Map<string, number>()
  #made = 0

  /** Names of builtins are `taken`: a variable `count` is never the same as the builtin, nor one of v0 named `input` the document. */
  constructor(taken: { readonly has: (name: string) => boolean }) {
    this.#taken = taken
  }

  /** A name of its own for a variable. */
  unique(name: string): string {
    const uses = (this.#uses.get(name) ?? 0) + 1
    this.#uses.set(name, uses)
    return uses === 1 && !isDocument(name) && !this.#taken.has(name) ? name : `${name}#${uses}`
  }

  /** Takes names for variables that must keep them. */
  reserve(names: Iterable<string>): void {
    for (const name of names) this.#uses.set(name, 1)
  }

  /** A variable that nobody wrote. */
  made(location: Location): Variable {
    return { type: 'variable', name: `#${++this.#made}`, location }
  }
}

/** Names that rules and variables must not have, since documents have them. */
export function isDocument(name: string): boolean {
  return name === 'data' || name === 'input'
}

/** True for variables that a stage of compilation added. */
export function isMade(name: string): boolean {
  return name.startsWith('#')
}

/** The name as it was written. */
export function writtenName(name: string): string {
  if (name.startsWith('$')) return '_'
  const end = name.indexOf('#', 1)
  return end === -1 ? name : name.slice(0, end)
}

/** A term in the words of whoever wrote it: for messages. */
export function writtenTerm(term: Term): string {
  switch (term.type) {
    case 'variable':
      return isMade(term.name) ? '(value)' : writtenName(term.name)
    case 'ref':
      return writtenRef(term)
    case 'scalar':
      return valueText(term.value)
    case 'call':
      return `${writtenTerm(term.operator)}(...)`
    case 'array':
      return '[...]'
    case 'object':
      return '{...: ...}'
    case 'set':
      return '{...}'
    default:
      return term.type
  }
}

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

function writtenRef({ head, operands }: Ref): string {
  let text = writtenTerm(head)
  for (const operand of operands) text += writtenOperand(operand)
  return text
}

/** `.name` or `[term]`. */
export function writtenOperand(operand: Term): string {
  if (operand.type === 'scalar' && typeof operand.value === 'string' && PLAIN_NAME.test(operand.value)) {
    return `.${operand.value}`
  }
  return `[${writtenTerm(operand)}]`
}

/** A path below `data`, as it is written. */
export function writtenPath(path: readonly string[]): string {
  let text = 'data'
  for (const name of path) text += PLAIN_NAME.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`
  return text
}
