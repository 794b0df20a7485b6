/** Bodies as text. */
import type { Body, EveryExpression, Literal, SomeExpression, Term } from '../syntax/ast.ts'
import { isNumber, numberText } from '../values/number.ts'
import { beginsWithUnion, infixOf } from './operators.ts'
import { TermPrinter } from './term-printer.ts'

/** The part of the formatter that prints bodies. */
export abstract class BodyPrinter extends TermPrinter {
  protected override lines(body: Body, isOfRule = false): void {
    const { out } = this
    const [first] = body
    if (first !== undefined) out.commentsBefore(first.location.row)
    let last: Literal | undefined
    for (const literal of body) {
      const { row } = literal.location
      if (last !== undefined && (row > out.lastRow(last.location) + 1 || out.hasCommentAbove(firstRow(literal))))
        out.blankLine()
      // On a new line `-1` would go on with the line above.
      const isFirst = last === undefined
      const canBeCopied = isFirst || !this.source.startsWith('-', literal.location.start)
      out.orAsWritten(
        this.source,
        literal.location,
        () => {
          if (!isFirst) this.wrapped = negativeStart(literal)
          else this.wrapped = isOfRule ? unionStart(literal) : undefined
          this.literal(literal)
        },
        canBeCopied,
      )
      out.endLine()
      last = literal
    }
  }

  protected override literal({ expression, negated, isNegatedBody, withs, location }: Literal): void {
    const { out } = this
    out.commentsBefore(location.row)
    out.ensureLine()
    if (negated) out.write('not ')
    switch (expression.type) {
      case 'term': {
        const { term } = expression
        if (isNegatedBody && term.type === 'ref' && term.head.type === 'array-comprehension') {
          this.#braced(term.head.body, location, term.location)
        } else if (term.type === 'call' && term !== this.wrapped) this.#statement(term)
        else this.term(term)
        break
      }
      case 'some':
        this.#some(expression)
        break
      case 'some-in': {
        const { key, value, domain } = expression
        out.write('some ')
        this.membership(key === undefined ? [value, domain] : [key, value, domain], false)
        break
      }
      case 'every':
        this.#every(expression)
        break
    }
    if (withs.length > 0) this.#withs(withs, out.lastRow(expression.location))
  }

  #statement(call: Parameters<typeof this.statementCall>[0]): void {
    this.out.commentsBefore(call.location.row)
    this.statementCall(call)
  }

  #some({ variables, location }: SomeExpression): void {
    const { out } = this
    out.write('some ')
    let { row } = location
    for (const [place, variable] of variables.entries()) {
      if (variable.location.row > row) {
        out.endLine()
        out.startLine()
        out.write('\t')
        row = variable.location.row
      } else if (place > 0) out.write(' ')
      this.term(variable)
      if (place < variables.length - 1) out.write(',')
    }
  }

  #every({ key, value, domain, body, location }: EveryExpression): void {
    const { out } = this
    out.write('every ')
    if (key !== undefined) {
      this.term(key)
      out.write(', ')
    }
    this.term(value)
    out.write(' in ')
    this.term(domain)
    out.write(' ')
    this.#braced(body, location, location)
  }

  #braced(body: Body, start: Literal['location'], end: Literal['location']): void {
    const { out } = this
    out.write('{')
    this.inlineBody(body, start, end)
    if (body.length === 1 && body[0]?.location.row === start.row) out.write(' ')
    out.write('}')
  }

  #withs(withs: Literal['withs'], lastRow: number): void {
    const { out } = this
    let row = lastRow
    let isIndented = false
    for (const { target, value, location } of withs) {
      if (row === location.row) out.write(' ')
      else {
        if (!isIndented) out.indent()
        isIndented = true
        out.endLine()
        out.startLine()
      }
      row = location.row
      out.commentsBefore(row)
      out.write('with ')
      this.term(target)
      out.write(' as ')
      this.term(value)
    }
    if (isIndented) out.dedent()
  }
}

/** The negative number that a literal begins with. */
function negativeStart(literal: Literal): Term | undefined {
  const term = literal.negated ? undefined : firstTerm(literal)
  return term?.type === 'scalar' && isNumber(term.value) && numberText(term.value).startsWith('-') ? term : undefined
}

/** The row of the first thing in a literal, which may stand below a parenthesis that is not written. */
function firstRow(literal: Literal): number {
  let term = firstTerm(literal)
  for (;;) {
    const inner = term?.type === 'ref' ? term.head : term?.type === 'call' ? term.operator : undefined
    if (inner === undefined) return (term ?? literal).location.row
    term = inner
  }
}

/** The union that a literal begins with: in the braces of a rule it would be read as a comprehension. */
function unionStart({ expression, negated }: Literal): Term | undefined {
  if (negated || expression.type !== 'term') return undefined
  let term: Term | undefined = expression.term
  while (term !== undefined && infixOf(term) !== undefined && !beginsWithUnion(term)) {
    term = term.type === 'call' ? term.args[0] : undefined
  }
  return term !== undefined && beginsWithUnion(term) ? term : undefined
}

/** The term that stands first in a literal. */
function firstTerm({ expression }: Literal): Term | undefined {
  if (expression.type !== 'term') return undefined
  let { term } = expression
  while (term.type === 'call' && term.isInfix === true) {
    const [first] = term.args
    if (first === undefined) break
    term = first
  }
  return term
}
