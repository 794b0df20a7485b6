/** Collections, comprehensions and template strings. */
import type { Body, Literal, Location, Term } from './ast.ts'
import { SyntaxFailure } from './syntax-failure.ts'
import { TermParser } from './term-parser.ts'
import { MEMBERSHIP, type TokenType } from './token.ts'

/** The part of the parser that reads what stands in brackets; bodies are read by who extends it. */
export abstract class CollectionParser extends TermParser {
  /** v0 has no template strings. */
  protected hasTemplates = true
  /** Brackets that were tried as comprehensions in vain, by their offsets: they are not tried again. */
  readonly #noComprehensions = new Set<number>()

  /** The literals up to a closing bracket, which stays the current token. */
  protected abstract body(end: TokenType): Body
  protected abstract literal(): Literal

  /** A term with `with`: the first, and only, value of a comprehension. */
  #changed({ withs, location }: Literal, term: Term): Term {
    const head: Term = { type: 'variable', name: this.wildcard(), location }
    const args = [head, term]
    const operator = { type: 'variable', name: 'eq', location } as const
    const expression = {
      type: 'term',
      term: { type: 'call', operator, args, isInfix: true, location },
      location,
    } as const
    const body = [{ expression, negated: false, withs, location }]
    const comprehension: Term = { type: 'array-comprehension', head, body, location }
    return { type: 'ref', head: comprehension, operands: [{ type: 'scalar', value: 0, location }], location }
  }

  protected override array(place: Location): Term {
    const { scanner } = this
    scanner.next()
    if (scanner.type === ']') {
      scanner.next()
      return { type: 'array', items: [], location: this.since(place) }
    }
    const mayComprehend = this.#skipComma()
    const head = this.term()
    const { result: body, failure } = this.#comprehension(place, mayComprehend, ']')
    if (body !== undefined) return { type: 'array-comprehension', head, body, location: this.since(place) }
    const items = this.#insteadOf(failure, () => this.terms(']', this.infix(MEMBERSHIP, head)))
    scanner.next()
    return { type: 'array', items, location: this.since(place) }
  }

  protected override setOrObject(place: Location): Term {
    const { scanner } = this
    scanner.next()
    if (scanner.type === '}') {
      scanner.next()
      return { type: 'object', entries: [], location: this.since(place) }
    }
    const mayComprehend = this.#skipComma()
    let head = this.term()
    const { result: body, failure } = this.#comprehension(place, mayComprehend, '}')
    if (body !== undefined) return { type: 'set-comprehension', head, body, location: this.since(place) }
    return this.#insteadOf(failure, () => {
      head = this.infix(MEMBERSHIP, head)
      if (this.scanner.type === ':') return this.#object(place, mayComprehend, head)
      const items = this.terms('}', head)
      scanner.next()
      return { type: 'set', items, location: this.since(place) }
    })
  }

  #object(place: Location, mayComprehend: boolean, key: Term): Term {
    const { scanner } = this
    let height = this.height
    scanner.next()
    let value = this.term()
    height = Math.max(height, this.height)
    const { result: body, failure } = this.#comprehension(place, mayComprehend, '}')
    if (body !== undefined) {
      this.grow(Math.max(height, this.height))
      return { type: 'object-comprehension', key, value, body, location: this.since(place) }
    }
    return this.#insteadOf(failure, () => {
      value = this.infix(MEMBERSHIP, value)
      const entries: (readonly [Term, Term])[] = [[key, value]]
      while (!this.at('}')) {
        height = Math.max(height, this.height)
        this.expect(',', '`,` or `}`')
        if (scanner.type === '}') break
        const nextKey = this.infix(MEMBERSHIP)
        height = Math.max(height, this.height)
        this.expect(':')
        entries.push([nextKey, this.infix(MEMBERSHIP)])
      }
      this.grow(Math.max(height, this.height))
      scanner.next()
      return { type: 'object', entries, location: this.since(place) }
    })
  }

  /** A comma before the first item is allowed, for old policies; such brackets hold no comprehension. */
  #skipComma(): boolean {
    if (this.scanner.type !== ',') return true
    this.scanner.next()
    return false
  }

  /**
   * The body after `|`, where the brackets hold a comprehension. `[a | b]` is one; `[a | b, c]` is not, and then the parser stands at
   * the `|` again.
   */
  #comprehension(place: Location, mayComprehend: boolean, end: TokenType): { result?: Body; failure?: SyntaxFailure } {
    if (this.scanner.type !== '|' || !mayComprehend || this.#noComprehensions.has(place.start)) return {}
    const state = this.save()
    try {
      this.scanner.next()
      const result = this.body(end)
      this.scanner.next()
      this.grow(Math.max(state.height, this.height))
      return { result }
    } catch (error) {
      if (!(error instanceof SyntaxFailure) || error.isFinal) throw error
      this.restore(state)
      this.#noComprehensions.add(place.start)
      return { failure: error }
    }
  }

  /** Another reading; where it fails too, the first failure is what was wrong. */
  #insteadOf<T>(failure: SyntaxFailure | undefined, read: () => T): T {
    if (failure === undefined) return read()
    try {
      return read()
    } catch (error) {
      throw error instanceof SyntaxFailure && !error.isFinal && error.location.start <= failure.location.start
        ? failure
        : error
    }
  }

  protected override template(place: Location): Term {
    const { scanner } = this
    if (!this.hasTemplates)
      throw new SyntaxFailure('v0 has no template strings', place, 'use `sprintf`, or read it as v1')
    const isRaw = scanner.value === '`'
    const parts: (string | Term)[] = []
    let height = 0
    for (;;) {
      const { text, isLast } = scanner.templateText(isRaw)
      if (text !== '') parts.push(text)
      scanner.next()
      if (isLast) break
      parts.push(this.#templateTerm())
      height = Math.max(height, this.height)
    }
    this.grow(height)
    return { type: 'template-string', parts, isRaw, location: this.since(place) }
  }

  /** The term in braces; the closing one stays the current token. */
  #templateTerm(): Term {
    const { type } = this.scanner
    if (type === 'not' || type === 'some' || type === 'every') throw this.unexpected('a term')
    const literal = this.literal()
    if (literal.expression.type !== 'term') throw this.unexpected('a term')
    const { term } = literal.expression
    if (term.type === 'call' && term.operator.type === 'variable') {
      const { name, location } = term.operator
      if (term.isInfix && (name === 'assign' || name === 'eq')) {
        throw new SyntaxFailure('a template string takes terms, not assignments', location, 'compare with `==`')
      }
    }
    if (!this.at('}')) throw this.unexpected('`}`')
    return literal.withs.length > 0 ? this.#changed(literal, term) : term
  }
}
