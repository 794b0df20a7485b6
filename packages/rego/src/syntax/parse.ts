/** Rego text to trees: modules, queries, terms. */
import type { RegoProblem } from '../problem.ts'
import { objectFrom } from '../values/object.ts'
import { RegoSet, type Value } from '../values/value.ts'
import type { Body, Module, RegoVersion, Term } from './ast.ts'
import { BodyParser } from './body-parser.ts'
import { ModuleParser } from './module-parser.ts'
import { parseProblem, SyntaxFailure } from './syntax-failure.ts'
import { FUTURE_KEYWORDS, type Keyword, KEYWORDS } from './token.ts'

/** Longer texts are refused, in UTF-16 units. */
const MAX_LENGTH = 16 * 1024 * 1024
/** The file that places in queries name. */
const QUERY_FILE = 'query'

export interface ParseOptions {
  /** Longest text, in UTF-16 units; by default 16 Mi. */
  readonly maxLength?: number
  /** Metadata is neither checked nor given. */
  readonly skipsMetadata?: boolean
}

/** What is wrong with a text; at least one. */
export interface Unparsed {
  readonly problems: readonly RegoProblem[]
}

/**
 * Reads a file. After a problem it goes on at the next rule, up to ten problems. Never throws, and takes time that grows with the length
 * of the text.
 */
export function parseModule(
  file: string,
  text: string,
  version: RegoVersion,
  { maxLength = MAX_LENGTH, skipsMetadata = false }: ParseOptions = {},
): { readonly module: Module } | Unparsed {
  if (text.length > maxLength) {
    const location = { file, row: 1, column: 1, start: 0, end: 0 }
    return { problems: [parseProblem(`the file is longer than ${maxLength} characters`, location)] }
  }
  const parser = new ModuleParser(file, text, version)
  const module = parser.parse(skipsMetadata)
  return module === undefined ? { problems: parser.problems } : { module }
}

/** Reads a query: literals on lines of their own, or separated by `;`. */
export function parseQuery(text: string, version: RegoVersion): { readonly body: Body } | Unparsed {
  const parser = new QueryParser(text, version)
  return read(() => ({ body: parser.query() }))
}

/** Reads a single term. */
function parseTerm(text: string): { readonly term: Term } | Unparsed {
  const parser = new QueryParser(text, 'v1')
  return read(() => ({ term: parser.singleTerm() }))
}

/** Reads a value as Rego writes it, such as `{"a": {1, 2}}`; undefined when the text is none. */
export function parseValue(text: string): Value | undefined {
  const result = parseTerm(text)
  return 'term' in result ? valueOf(result.term) : undefined
}

/** The value of a term that has no variables, refs and calls; undefined for others. */
export function valueOf(term: Term): Value | undefined {
  switch (term.type) {
    case 'scalar':
      return term.value
    case 'array':
      return valuesOf(term.items)
    case 'set': {
      const members = valuesOf(term.items)
      return members && new RegoSet(members)
    }
    case 'object': {
      const keys = valuesOf(term.entries.map(([key]) => key))
      const values = valuesOf(term.entries.map(([, value]) => value))
      return keys && values && objectFrom(keys.map((key, place) => [key, values[place] as Value]))
    }
    default:
      return undefined
  }
}

function valuesOf(terms: readonly Term[]): Value[] | undefined {
  const values: Value[] = []
  for (const term of terms) {
    const value = valueOf(term)
    if (value === undefined) return undefined
    values.push(value)
  }
  return values
}

function read<T>(parse: () => T): T | Unparsed {
  try {
    return parse()
  } catch (error) {
    if (error instanceof SyntaxFailure) return { problems: [error.problem()] }
    throw error
  }
}

class QueryParser extends BodyParser {
  constructor(text: string, version: RegoVersion) {
    const future = FUTURE_KEYWORDS.filter((word): word is Keyword => word !== 'contains')
    super(QUERY_FILE, text, version === 'v1' ? [...KEYWORDS, ...future] : KEYWORDS)
  }

  query(): Body {
    this.scanner.next()
    return this.body('end')
  }

  singleTerm(): Term {
    this.scanner.next()
    const term = this.wholeTerm()
    if (this.scanner.type !== 'end') throw this.unexpected('the end')
    return term
  }
}
