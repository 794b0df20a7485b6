/** Terms: scalars, variables, refs, calls, operators. */
import type { Call, Location, Ref, Term, Variable } from './ast.ts'
import { numberFromText } from '../values/number.ts'
import { Scanner, type ScannerState } from './scanner.ts'
import { SyntaxFailure } from './syntax-failure.ts'
import { type Keyword, MEMBERSHIP, type Operator, OPERATORS, RELATION, type TokenType } from './token.ts'

/** How deeply terms may be nested, by brackets as well as by chains of operators. */
const MAX_DEPTH = 500

interface ParserState {
  readonly scanner: ScannerState
  readonly depth: number
  readonly height: number
  readonly wildcards: number
}

/** The part of the parser that reads terms; collections are read by who extends it. */
export abstract class TermParser {
  protected readonly scanner: Scanner
  /** How many levels the term has that was read last. */
  protected height = 0
  #depth = 0
  #wildcards = 0

  constructor(file: string, text: string, keywords: Iterable<Keyword>) {
    this.scanner = new Scanner(file, text, keywords)
  }

  protected abstract array(place: Location): Term
  protected abstract setOrObject(place: Location): Term
  protected abstract template(place: Location): Term

  /** A term with operators, or `key, value in domain`. */
  protected wholeTerm(): Term {
    const first = this.infix(RELATION)
    if (!this.at(',')) return this.infix(MEMBERSHIP, first)
    const comma = this.scanner.location()
    let height = this.height
    this.scanner.next()
    const value = this.infix(RELATION)
    if (!this.at('in')) {
      throw new SyntaxFailure('unexpected `,`', comma, 'statements are separated by `;` or by new lines')
    }
    height = Math.max(height, this.height)
    this.scanner.next()
    const domain = this.infix(RELATION)
    this.grow(Math.max(height, this.height))
    const args = [first, value, domain]
    return this.infix(MEMBERSHIP, this.#operation('internal.member_3', args, this.since(first.location)))
  }

  /** A term with operators that bind at least as tightly as the level; `first` has been read already. */
  protected infix(level: number, first?: Term): Term {
    let left = first ?? this.term()
    for (;;) {
      const operator = OPERATORS.get(this.scanner.type)
      if (operator === undefined || operator.level < level) return left
      const height = this.height
      left = this.#operated(left, operator)
      this.grow(Math.max(height, this.height))
    }
  }

  /** A term without operators around it. */
  protected term(): Term {
    const { scanner } = this
    if (++this.#depth > MAX_DEPTH) throw this.#tooDeep()
    this.height = 0
    const place = scanner.location()
    let term: Term
    switch (scanner.type) {
      case 'name':
        term = this.variable(place)
        break
      case 'string':
        term = { type: 'scalar', value: scanner.value, location: place }
        scanner.next()
        break
      case 'number':
        term = { type: 'scalar', value: scanner.number, location: place }
        scanner.next()
        break
      case '[':
        term = this.array(place)
        break
      case '{':
        term = this.setOrObject(place)
        break
      case '(':
        term = this.#parenthesized(place)
        break
      case '-':
        term = this.#negative(place)
        break
      case 'template':
        term = this.template(place)
        break
      case 'true':
      case 'false':
      case 'null':
        term = { type: 'scalar', value: scanner.type === 'null' ? null : scanner.type === 'true', location: place }
        scanner.next()
        break
      default:
        throw this.unexpected('a term')
    }
    if (scanner.isAdjacent()) term = this.suffixes(term, place)
    this.#depth--
    return term
  }

  /** A name, as a variable; each `_` is one of its own. */
  protected variable(location = this.scanner.location()): Variable {
    const { scanner } = this
    if (scanner.type !== 'name') throw this.unexpected('a name')
    const name = scanner.value === '_' ? this.wildcard() : scanner.value
    const variable: Variable = { type: 'variable', name, location }
    scanner.next()
    return variable
  }

  /** A name that no text can write. */
  protected wildcard(): string {
    return `$${this.#wildcards++}`
  }

  /** What stands right behind a term: `.name`, `[term]`, `(args)`. */
  protected suffixes(head: Term, place: Location): Term {
    const { scanner } = this
    let term = head
    for (;;) {
      if (!scanner.isAdjacent() || !isSuffix(scanner.type)) return term
      if (term.type === 'call' && scanner.type === '(') return term
      if (head.type === 'scalar' || head.type === 'ref' || head.type === 'template-string') {
        throw new SyntaxFailure(`nothing can be looked up in a ${NAMES[head.type]}`, head.location)
      }
      const operands = this.#operands()
      const ref: Ref | undefined =
        operands.length === 0 ? undefined : { type: 'ref', head: term, operands, location: this.since(place) }
      if (!scanner.isAdjacent() || scanner.type !== '(') return ref ?? term
      if (ref === undefined && term.type !== 'variable') throw this.unexpected('a name before `(`')
      term = this.#call(ref ?? (term as Variable), place)
    }
  }

  /** Terms up to a closing bracket, which stays the current token; a comma may stand before it. */
  protected terms(end: TokenType, first?: Term): Term[] {
    const { scanner } = this
    const terms: Term[] = first === undefined ? [] : [first]
    let height = this.height
    if (first !== undefined) {
      if (scanner.type === end) return terms
      this.expect(',', `\`,\` or \`${end}\``)
    }
    while (scanner.type !== end) {
      terms.push(this.infix(MEMBERSHIP))
      height = Math.max(height, this.height)
      if (scanner.type === end) break
      this.expect(',', `\`,\` or \`${end}\``)
    }
    this.grow(height)
    return terms
  }

  /** Whether the current token is of a type. */
  protected at(type: TokenType): boolean {
    return this.scanner.type === type
  }

  /** Goes past a token that must be there. */
  protected expect(type: TokenType, wanted = `\`${type}\``): void {
    if (this.scanner.type !== type) throw this.unexpected(wanted)
    this.scanner.next()
  }

  /** That the current token is not what could be here. */
  protected unexpected(wanted?: string, hint?: string): SyntaxFailure {
    const found = describe(this.scanner)
    const message = wanted === undefined ? `unexpected ${found}` : `unexpected ${found}, expected ${wanted}`
    return new SyntaxFailure(message, this.scanner.location(), hint)
  }

  /** The place from somewhere to the end of the last token. */
  protected since({ file, row, column, start }: Location): Location {
    return { file, row, column, start, end: this.scanner.previousEnd }
  }

  /** Notes that a term stands around others that have so many levels. */
  protected grow(height: number): void {
    this.height = height + 1
    if (this.height > MAX_DEPTH) throw this.#tooDeep()
  }

  /** Reads something a level deeper. */
  protected nested<T>(read: () => T): T {
    if (++this.#depth > MAX_DEPTH) throw this.#tooDeep()
    const result = read()
    this.#depth--
    return result
  }

  protected save(): ParserState {
    return { scanner: this.scanner.save(), depth: this.#depth, height: this.height, wildcards: this.#wildcards }
  }

  protected restore(state: ParserState): void {
    this.scanner.restore(state.scanner)
    this.#depth = state.depth
    this.height = state.height
    this.#wildcards = state.wildcards
  }

  /** The call that an operator between two terms stands for. */
  protected operation(name: string, left: Term, right: Term, operatorPlace: Location): Call {
    return this.#operation(name, [left, right], this.since(left.location), operatorPlace)
  }

  #operated(left: Term, operator: Operator): Call {
    const place = this.scanner.location()
    this.scanner.next()
    return this.operation(operator.name, left, this.infix(operator.level + 1), place)
  }

  #operation(name: string, args: readonly Term[], location: Location, place = location): Call {
    return { type: 'call', operator: { type: 'variable', name, location: place }, args, isInfix: true, location }
  }

  #operands(): Term[] {
    const { scanner } = this
    const operands: Term[] = []
    let height = this.height
    while (scanner.isAdjacent()) {
      if (scanner.type === '.') {
        scanner.next()
        if (!scanner.isAdjacent() || !isWord(scanner)) throw this.unexpected('a name right after `.`')
        operands.push({ type: 'scalar', value: scanner.value, location: scanner.location() })
        scanner.next()
      } else if (scanner.type === '[') {
        scanner.next()
        operands.push(this.wholeTerm())
        height = Math.max(height, this.height)
        this.expect(']')
      } else break
    }
    if (operands.length > 0) this.grow(height)
    return operands
  }

  #call(operator: Variable | Ref, place: Location): Term {
    this.expect('(')
    const args = this.terms(')')
    this.expect(')')
    const location = this.since(place)
    if (args.length === 0 && operator.type === 'variable' && operator.name === 'set') {
      return { type: 'set', items: [], location }
    }
    return { type: 'call', operator, args, location }
  }

  #negative(place: Location): Term {
    const { scanner } = this
    scanner.next()
    if (scanner.type === 'number') {
      const value = numberFromText(`-${scanner.value}`)
      if (value === undefined) throw this.unexpected('a number')
      scanner.next()
      return { type: 'scalar', value, location: this.since(place) }
    }
    if (scanner.type !== 'name') throw this.unexpected('a number or a name after `-`')
    const zero: Term = { type: 'scalar', value: 0, location: { ...place, end: place.start } }
    const negated = this.term()
    this.grow(this.height)
    return this.#operation('minus', [zero, negated], this.since(place), place)
  }

  #parenthesized(place: Location): Term {
    this.scanner.next()
    const term = this.wholeTerm()
    this.expect(')')
    return { ...term, location: this.since(place) }
  }

  #tooDeep(): SyntaxFailure {
    return new SyntaxFailure(`terms are nested more than ${MAX_DEPTH} levels`, this.scanner.location(), undefined, true)
  }
}

const NAMES = { scalar: 'scalar', ref: 'ref in parentheses', 'template-string': 'template string' }

function isSuffix(type: TokenType): boolean {
  return type === '.' || type === '[' || type === '('
}

function isWord(scanner: Scanner): boolean {
  const code = scanner.text.charCodeAt(scanner.start) | 0x20
  return (code >= 0x61 && code <= 0x7a) || scanner.text[scanner.start] === '_'
}

function describe(scanner: Scanner): string {
  switch (scanner.type) {
    case 'end':
      return 'end of text'
    case 'name':
      return `name \`${scanner.value}\``
    case 'number':
      return `number ${scanner.value}`
    case 'string':
    case 'template':
      return 'text'
    default:
      return isWord(scanner) ? `keyword \`${scanner.type}\`` : `\`${scanner.type}\``
  }
}
