/** Terms as text, laid out as the rows of the old text say. */
import type { Body, Call, Literal, Location, ObjectTerm, Ref, TemplateString, Term } from '../syntax/ast.ts'
import { FUTURE_KEYWORDS, KEYWORDS } from '../syntax/token.ts'
import { numberText } from '../values/number.ts'
import { CommentWriter } from './comment-writer.ts'
import { beginsWithUnion, infixOf, isPairMembership, isParenthesized } from './operators.ts'

const NAME = /^[a-zA-Z_]\w*$/
const NUMBER = /^-?\d/
const RESERVED: ReadonlySet<string> = new Set([...KEYWORDS, ...FUTURE_KEYWORDS])

/** The part of the formatter that prints terms; bodies are printed by who extends it. */
export abstract class TermPrinter {
  protected readonly out: CommentWriter
  protected readonly source: string

  /** A term that needs parentheses, other than for its operators. */
  protected wrapped: Term | undefined

  constructor(source: string, out: CommentWriter) {
    this.source = source
    this.out = out
  }

  protected abstract literal(literal: Literal): void
  /** Literals on lines of their own. */
  protected abstract lines(body: Body, isOfRule?: boolean): void

  /** A term where any operator may stand; within parentheses when asked for and it has operators. */
  protected term(term: Term, inParentheses = false): void {
    const { out } = this
    out.commentsBefore(term.location.row)
    out.ensureLine()
    if (term === this.wrapped) {
      this.wrapped = undefined
      out.write('(')
      this.term(term)
      return out.write(')')
    }
    switch (term.type) {
      case 'scalar':
        out.write(this.#scalar(term))
        break
      case 'variable':
        out.write(term.name.startsWith('$') ? '_' : term.name)
        break
      case 'ref':
        this.ref(term)
        break
      case 'array':
        this.#collection('[', term.items, ']', term.location)
        break
      case 'set':
        if (term.items.length === 0) out.write('set()')
        else this.#collection('{', term.items, '}', term.location)
        break
      case 'object':
        this.#object(term)
        break
      case 'array-comprehension':
        this.#comprehension('[', () => this.term(term.head, true), term.head.location, term.body, ']', term.location)
        break
      case 'set-comprehension':
        this.#comprehension('{', () => this.term(term.head, true), term.head.location, term.body, '}', term.location)
        break
      case 'object-comprehension':
        this.#comprehension(
          '{',
          () => {
            this.term(term.key, beginsWithUnion(term.key))
            out.write(': ')
            this.term(term.value, true)
          },
          term.key.location,
          term.body,
          '}',
          term.location,
        )
        break
      case 'call':
        this.#call(term, inParentheses)
        break
      case 'template-string':
        this.#template(term)
        break
    }
    // What follows a text of several lines stands on the last of them.
    if (term.type === 'scalar' || term.type === 'template-string') out.commentsBefore(out.lastRow(term.location))
  }

  /** A call as a whole statement: its operands need parentheses only where they would be read otherwise. */
  protected statementCall(call: Call): void {
    const infix = infixOf(call)
    const [first, second, third] = call.args
    if (infix === undefined || first === undefined || second === undefined) return this.term(call)
    if (infix.sign === 'in') return this.membership(call.args, false)
    if (third !== undefined) return this.term(call)
    this.#operand(first, infix.level)
    this.out.write(` ${infix.sign} `)
    this.#operand(second, infix.level + (infix.level === 0 ? 0 : 1))
  }

  /** `value in domain` or `key, value in domain`. */
  protected membership(args: readonly Term[], inParentheses: boolean): void {
    if (inParentheses) this.out.write('(')
    for (const [place, arg] of args.entries()) {
      if (place > 0) this.out.write(place === args.length - 1 ? ' in ' : ', ')
      // Only on the left of `in` is another one read as it is meant.
      this.term(arg, place > 0 || args.length > 2 || infixOf(arg)?.sign !== 'in' || isPairMembership(arg as Call))
    }
    if (inParentheses) this.out.write(')')
  }

  protected ref({ head, operands }: Ref): void {
    this.term(head, true)
    for (const operand of operands) this.operand(operand)
  }

  /** `.name` or `[term]`. */
  protected operand(operand: Term): void {
    const { out } = this
    if (
      operand.type === 'scalar' &&
      typeof operand.value === 'string' &&
      this.#isName(operand.value, operand.location)
    ) {
      out.write(`.${operand.value}`)
      return
    }
    out.write('[')
    this.term(operand)
    out.write(']')
  }

  /** Items with commas; on lines of their own where they were. */
  protected items<T>(
    items: readonly T[],
    start: Location,
    closeRow: number,
    locate: (item: T) => Location,
    write: (item: T) => void,
  ): void {
    const { out } = this
    let { row } = start
    const groups: T[][] = []
    let isMultiline = false
    for (const item of items) {
      const itemRow = locate(item).row
      const group = groups.at(-1)
      if (itemRow > row) isMultiline = true
      if (group === undefined || itemRow > row) groups.push([item])
      else group.push(item)
      row = itemRow
    }
    if (isMultiline) {
      out.delayComment()
      out.endLine()
      out.indent()
      out.startLine()
    }
    for (const [place, group] of groups.entries()) {
      if (place > 0) {
        out.write(',')
        out.endLine()
        out.startLine()
      }
      for (const [index, item] of group.entries()) {
        if (index > 0) out.write(', ')
        write(item)
      }
    }
    if (!isMultiline) return out.commentsBefore(closeRow)
    out.write(',')
    out.endLine()
    out.commentsBefore(closeRow)
    out.dedent()
    out.startLine()
  }

  /** A body within braces or brackets, after the opening one; the closing one is not written. */
  protected inlineBody(body: Body, start: Location, end: Location): void {
    const { out } = this
    const closeRow = out.lastRow(end)
    if (body.some(({ location }) => location.row > start.row)) {
      out.endLine()
      out.indent()
      this.lines(body)
      out.commentsBefore(closeRow)
      out.dedent()
      out.startLine()
      return
    }
    for (const [place, literal] of body.entries()) {
      out.write(place === 0 ? ' ' : '; ')
      this.literal(literal)
    }
    out.commentsBefore(closeRow)
  }

  #operand(term: Term, level: number): void {
    const infix = infixOf(term)
    this.term(term, infix !== undefined && infix.level < level)
  }

  #call(call: Call, inParentheses: boolean): void {
    const infix = infixOf(call)
    if (infix === undefined) return this.#plainCall(call)
    if (infix.sign === 'in') return this.membership(call.args, inParentheses || isPairMembership(call))
    const [left, right] = call.args
    if (left === undefined || right === undefined) return this.#plainCall(call)
    if (inParentheses) this.out.write('(')
    this.term(left, true)
    this.out.write(` ${infix.sign} `)
    this.term(right, true)
    if (inParentheses) this.out.write(')')
  }

  #plainCall({ operator, args, location }: Call): void {
    const { out } = this
    if (operator.type === 'ref') this.ref(operator)
    else out.write(operator.name)
    out.write('(')
    this.items(args, args[0]?.location ?? location, out.lastRow(location), locationOf, (arg) => this.term(arg))
    out.write(')')
  }

  #collection(open: string, items: readonly Term[], close: string, location: Location): void {
    const { out } = this
    out.write(open)
    const [, second] = items
    // `[a | b, c in d]` would be a comprehension too.
    const mayComprehend = second === undefined || infixOf(second)?.sign === 'in'
    this.items(items, location, out.lastRow(location), locationOf, (item) => {
      const isOpen = mayComprehend && item === items[0]
      this.term(item, beginsWithUnion(item) && (isOpen || isParenthesized(item)))
    })
    out.write(close)
  }

  #object({ entries, location }: ObjectTerm): void {
    const { out } = this
    out.write('{')
    this.items(entries, location, out.lastRow(location), keyLocation, ([key, value]) => {
      this.term(key, beginsWithUnion(key))
      out.write(': ')
      this.term(value, beginsWithUnion(value) && (entries.length === 1 || isParenthesized(value)))
    })
    out.write('}')
  }

  #comprehension(
    open: string,
    head: () => void,
    headPlace: Location,
    body: Body,
    close: string,
    location: Location,
  ): void {
    const { out } = this
    out.write(open)
    if (headPlace.row > location.row) {
      out.endLine()
      out.startLine()
    }
    head()
    out.write(' |')
    this.inlineBody(body, headPlace, location)
    out.write(close)
  }

  #template({ parts, isRaw }: TemplateString): void {
    const { out } = this
    const mark = isRaw ? '`' : '"'
    out.write(`$${mark}`)
    for (const part of parts) {
      if (typeof part === 'string') out.write(isRaw ? part.replaceAll('{', '\\{') : escaped(part))
      else this.#templateTerm(part)
    }
    out.write(mark)
  }

  #templateTerm(part: Term): void {
    const { out } = this
    const [changed] = part.type === 'ref' && part.head.type === 'array-comprehension' ? part.head.body : []
    out.write('{')
    if (
      changed?.expression.type === 'term' &&
      changed.withs.length > 0 &&
      changed.location.start === part.location.start
    ) {
      const { term } = changed.expression
      const [, value] = term.type === 'call' ? term.args : []
      if (value !== undefined) {
        const expression = { type: 'term', term: value, location: value.location } as const
        this.literal({ ...changed, expression })
      }
    } else if (part.type === 'call') this.statementCall(part)
    else this.term(part)
    out.write('}')
  }

  /** Whether a text may stand behind a dot; keywords where they did. */
  #isName(text: string, location: Location): boolean {
    return NAME.test(text) && (!RESERVED.has(text) || !isQuoted(this.source, location))
  }

  #scalar({ value, location }: Term & { readonly type: 'scalar' }): string {
    if (typeof value === 'string') {
      return isQuoted(this.source, location) ? this.source.slice(location.start, location.end) : quoted(value)
    }
    if (value === null || typeof value === 'boolean') return String(value)
    const text = this.source.slice(location.start, location.end)
    return NUMBER.test(text) ? text : numberText(value)
  }
}

function keyLocation([key]: ObjectTerm['entries'][number]): Location {
  return key.location
}

function locationOf({ location }: Term): Location {
  return location
}

function isQuoted(source: string, { start }: Location): boolean {
  return source[start] === '"' || source[start] === '`'
}

/** A text in quotes, with escapes that Rego knows. */
function quoted(text: string): string {
  return JSON.stringify(text)
}

/** A piece of a template string in quotes. */
function escaped(text: string): string {
  return quoted(text).slice(1, -1).replaceAll('{', '\\{')
}
