/** Bodies: literals, declarations, `every`, `not`, `with`. */
import type { Body, EveryExpression, Expression, Literal, SomeExpression, SomeInExpression, Term, With } from './ast.ts'
import { SyntaxFailure } from './syntax-failure.ts'
import { CollectionParser } from './collection-parser.ts'
import { RELATION, type TokenType } from './token.ts'

/** The part of the parser that reads bodies. */
export abstract class BodyParser extends CollectionParser {
  /** After `import future.keywords.not`, `not { ... }` negates a body. */
  protected hasNegatedBodies = false

  /** A body without brackets, up to a token that stays the current one. */
  protected override body(end: TokenType): Body {
    const { scanner } = this
    if (scanner.type === end) throw new SyntaxFailure('a body must hold something', scanner.location())
    return this.nested(() => {
      const literals: Literal[] = []
      let height = 0
      for (;;) {
        if (scanner.type === 'end') throw this.unexpected(`\`${end}\``)
        literals.push(this.literal())
        height = Math.max(height, this.height)
        if (scanner.type === ';') scanner.next()
        else if (scanner.type === end) {
          this.height = height
          return literals
        } else if (!scanner.afterNewline) {
          throw this.unexpected(`a new line, \`;\` or ${end === 'end' ? 'the end' : `\`${end}\``}`, this.#keywordHint())
        }
      }
    })
  }

  /** A body in braces. */
  protected braced(): Body {
    this.expect('{')
    const body = this.body('}')
    this.scanner.next()
    return body
  }

  protected override literal(): Literal {
    const { scanner } = this
    const place = scanner.location()
    const negated = scanner.type === 'not'
    if (negated) {
      scanner.next()
      if (scanner.type === '{' && this.hasNegatedBodies) return this.#negatedBody(place)
      if (scanner.type === 'some' || scanner.type === 'every') {
        throw this.unexpected(
          'a term after `not`',
          `\`${scanner.type}\` cannot be negated; put it into a rule of its own`,
        )
      }
    }
    let expression: Expression
    if (scanner.type === 'some') expression = this.#some()
    else if (scanner.type === 'every') expression = this.#every()
    else expression = this.#termExpression()
    const withs = scanner.type === 'with' && expression.type !== 'some' ? this.#withs() : NONE
    const isWhole = !negated && withs.length === 0
    return { expression, negated, withs, location: isWhole ? expression.location : this.since(place) }
  }

  #termExpression(): Expression {
    const { scanner } = this
    let term = this.wholeTerm()
    if (scanner.type === ':=' || scanner.type === '=') {
      const name = scanner.type === '=' ? 'eq' : 'assign'
      const { height } = this
      const operator = scanner.location()
      scanner.next()
      const right = this.wholeTerm()
      this.grow(Math.max(height, this.height))
      term = this.operation(name, term, right, operator)
    }
    return { type: 'term', term, location: term.location }
  }

  #some(): SomeExpression | SomeInExpression {
    const { scanner } = this
    const place = scanner.location()
    scanner.next()
    const terms: Term[] = [this.infix(RELATION)]
    let { height } = this
    while (scanner.type === ',') {
      scanner.next()
      terms.push(this.infix(RELATION))
      height = Math.max(height, this.height)
    }
    const [first, second] = terms
    if (scanner.type === 'in' && first !== undefined && terms.length <= 2) {
      scanner.next()
      const domain = this.infix(RELATION)
      this.grow(Math.max(height, this.height))
      const location = this.since(place)
      if (second === undefined) return { type: 'some-in', value: first, domain, location }
      return { type: 'some-in', key: first, value: second, domain, location }
    }
    const variables = terms.filter((term) => term.type === 'variable')
    if (variables.length < terms.length) throw this.unexpected('`x in xs` or `x, y in xs` after `some`')
    return { type: 'some', variables, location: this.since(place) }
  }

  #every(): EveryExpression {
    const { scanner } = this
    const place = scanner.location()
    scanner.next()
    const first = this.variable()
    let second
    if (scanner.type === ',') {
      scanner.next()
      second = this.variable()
    }
    this.expect('in')
    const domain = this.wholeTerm()
    const { height } = this
    const body = this.braced()
    this.grow(Math.max(height, this.height))
    const location = this.since(place)
    if (second === undefined) return { type: 'every', value: first, domain, body, location }
    return { type: 'every', key: first, value: second, domain, body, location }
  }

  /** `not { ... }` holds when the body does not: as does `not [true | ...][0]`. */
  #negatedBody(place: Literal['location']): Literal {
    const { scanner } = this
    const start = scanner.location()
    const body = this.braced()
    this.grow(this.height + 1)
    const location = this.since(start)
    const head: Term = {
      type: 'array-comprehension',
      head: { type: 'scalar', value: true, location: start },
      body,
      location,
    }
    const term: Term = { type: 'ref', head, operands: [{ type: 'scalar', value: 0, location: start }], location }
    const expression: Expression = { type: 'term', term, location }
    const withs = scanner.type === 'with' ? this.#withs() : NONE
    return { expression, negated: true, isNegatedBody: true, withs, location: this.since(place) }
  }

  #withs(): With[] {
    const { scanner } = this
    const withs: With[] = []
    let { height } = this
    while (this.at('with')) {
      const place = scanner.location()
      scanner.next()
      if (!this.at('name')) throw this.unexpected('`input`, `data` or the name of a function after `with`')
      const target = this.term()
      if (target.type !== 'variable' && target.type !== 'ref') throw this.unexpected('a ref after `with`')
      this.expect('as')
      const value = this.wholeTerm()
      height = Math.max(height, this.height)
      withs.push({ target, value, location: this.since(place) })
    }
    this.grow(height)
    return withs
  }

  #keywordHint(): string | undefined {
    const { scanner } = this
    if (scanner.type !== 'name') return undefined
    const before = /(\w+)\s*$/.exec(scanner.text.slice(Math.max(0, scanner.previousEnd - 8), scanner.previousEnd))?.[1]
    const word = [scanner.value, before].find((name) => name === 'in' || name === 'every' || name === 'if')
    return word === undefined ? undefined : `in v0, \`${word}\` is a keyword only after \`import rego.v1\``
  }
}

const NONE: readonly With[] = []
