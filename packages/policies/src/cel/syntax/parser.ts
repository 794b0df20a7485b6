/** Tokens to trees, by the grammar of CEL with optional types. */
import { CelProblem } from '../problem.ts'
import { Double, intOf, type Value } from '../values/value.ts'
import type { BinaryOperator, Expression, ListLiteral, MapLiteral } from './ast.ts'
import { readTokens, type Token } from './lexer.ts'

/** What an expression may be. */
interface SyntaxLimits {
  /** In UTF-16 units. */
  readonly length: number
  /** Levels of the tree. */
  readonly depth: number
}

/** As API servers have them, but that chains count as deep. */
const SYNTAX_LIMITS: SyntaxLimits = { length: 100_000, depth: 250 }

/** Words that no variable may be named by; the first four are not even names of fields. */
const KEYWORDS: ReadonlySet<string> = new Set(['in', 'true', 'false', 'null'])
const RESERVED: ReadonlySet<string> = new Set(
  'as break const continue else for function if import let loop package namespace return var void while'.split(' '),
)

const BINARY: readonly (readonly BinaryOperator[])[] = [
  ['==', '!=', '<', '<=', '>', '>=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
]

/**
 * Reads an expression.
 * @throws {CelProblem} for the first thing that is wrong
 */
export function parseExpression(text: string, limits: SyntaxLimits = SYNTAX_LIMITS): Expression {
  if (text.length > limits.length) throw new CelProblem(`the expression is longer than ${limits.length} characters`, 0)
  const parser = new Parser(readTokens(text), limits.depth)
  return parser.whole()
}

class Parser {
  readonly #tokens: readonly Token[]
  readonly #maxDepth: number
  #at = 0
  /** Levels that are open. */
  #depth = 0
  /** Levels of the trees that are not alone a leaf. */
  readonly #heights = new WeakMap<Expression, number>()

  constructor(tokens: readonly Token[], maxDepth: number) {
    this.#tokens = tokens
    this.#maxDepth = maxDepth
  }

  whole(): Expression {
    const expression = this.#expression()
    const rest = this.#peek()
    if (rest.kind !== 'end') throw unexpected(rest)
    return expression
  }

  #expression(): Expression {
    this.#enter()
    const condition = this.#logic('||')
    let expression = condition
    if (this.#takes('?')) {
      const yes = this.#logic('||')
      this.#expect(':')
      const no = this.#expression()
      expression = this.#over({ kind: 'conditional', offset: condition.offset, condition, yes, no }, condition, yes, no)
    }
    this.#depth--
    return expression
  }

  #logic(operator: '&&' | '||'): Expression {
    const next = (): Expression => (operator === '||' ? this.#logic('&&') : this.#binary(0))
    const first = next()
    if (!this.#isSign(operator)) return first
    const operands = [first]
    while (this.#takes(operator)) operands.push(next())
    return this.#over({ kind: 'logic', operator, offset: first.offset, operands }, ...operands)
  }

  #binary(level: number): Expression {
    const operators = BINARY[level]
    if (operators === undefined) return this.#unary()
    let left = this.#binary(level + 1)
    for (;;) {
      const { text, kind } = this.#peek()
      const operator = kind === 'sign' || kind === 'word' ? operators.find((each) => each === text) : undefined
      if (operator === undefined) return left
      this.#at++
      const right = this.#binary(level + 1)
      left = this.#over({ kind: 'binary', operator, left, right, offset: left.offset }, left, right)
    }
  }

  #unary(): Expression {
    const { offset } = this.#peek()
    const sign = this.#isSign('!') ? '!' : this.#isSign('-') ? '-' : undefined
    if (sign === undefined) return this.#member(this.#primary())
    let count = 0
    while (this.#isSign(sign)) {
      this.#at++
      count++
    }
    const number = this.#peek()
    if (sign === '-' && number.kind === 'literal' && number.text !== '' && count % 2 === 1) {
      this.#at++
      return this.#member({ kind: 'literal', offset, value: negative(number) })
    }
    const operand = this.#member(this.#primary())
    return count % 2 === 0 ? operand : this.#over({ kind: 'unary', operator: sign, operand, offset }, operand)
  }

  #member(start: Expression): Expression {
    let operand = start
    for (;;) {
      const { offset } = start
      if (this.#takes('.')) {
        const isOptional = this.#takes('?')
        const field = this.#fieldName()
        if (!isOptional && this.#isSign('(')) {
          const list = this.#arguments()
          const call: Expression = { kind: 'call', name: field, target: operand, arguments: list, offset }
          operand = this.#over(call, operand, ...list)
        } else operand = this.#over({ kind: 'select', operand, field, isOptional, offset }, operand)
      } else if (this.#takes('[')) {
        const isOptional = this.#takes('?')
        const index = this.#expression()
        this.#expect(']')
        operand = this.#over({ kind: 'index', operand, index, isOptional, offset }, operand, index)
      } else if (this.#isSign('{')) {
        const name = qualifiedName(operand)
        if (name === undefined) return operand
        throw new CelProblem(`${name}{...} makes a message: there are none in policies`, offset)
      } else return operand
    }
  }

  #primary(): Expression {
    const token = this.#peek()
    this.#at++
    const { offset } = token
    if (token.kind === 'literal') return { kind: 'literal', offset, value: token.value ?? integer(token) }
    if (token.kind === 'sign' && token.text === '(') {
      const inner = this.#expression()
      this.#expect(')')
      return inner
    }
    if (token.kind === 'sign' && token.text === '[') return this.#list(offset)
    if (token.kind === 'sign' && token.text === '{') return this.#map(offset)
    const isAbsolute = token.kind === 'sign' && token.text === '.'
    const word = isAbsolute ? this.#peek() : token
    if (isAbsolute) this.#at++
    if (word.kind !== 'word') throw unexpected(word)
    return this.#named(word, isAbsolute)
  }

  #named({ text: name, offset }: Token, isAbsolute: boolean): Expression {
    if (name === 'true' || name === 'false') return { kind: 'literal', offset, value: name === 'true' }
    if (name === 'null') return { kind: 'literal', offset, value: null }
    if (name === 'in' || RESERVED.has(name)) throw new CelProblem(`${name} is a reserved word`, offset)
    if (this.#isSign('(')) {
      const list = this.#arguments()
      return this.#over({ kind: 'call', name, target: undefined, arguments: list, offset }, ...list)
    }
    return { kind: 'identifier', name, isAbsolute, offset }
  }

  #arguments(): readonly Expression[] {
    this.#expect('(')
    const list: Expression[] = []
    while (!this.#takes(')')) {
      if (list.length > 0) this.#expect(',')
      list.push(this.#expression())
    }
    return list
  }

  #list(offset: number): Expression {
    const items: ListLiteral['items'][number][] = []
    while (!this.#takes(']')) {
      if (items.length > 0 || this.#isSign(',')) {
        this.#expect(',')
        if (items.length === 0) this.#expect(']')
        if (items.length === 0 || this.#takes(']')) break
      }
      items.push({ isOptional: this.#takes('?'), value: this.#expression() })
    }
    return this.#over({ kind: 'list', offset, items }, ...items.map(({ value }) => value))
  }

  #map(offset: number): Expression {
    const entries: MapLiteral['entries'][number][] = []
    while (!this.#takes('}')) {
      if (entries.length > 0 || this.#isSign(',')) {
        this.#expect(',')
        if (entries.length === 0) this.#expect('}')
        if (entries.length === 0 || this.#takes('}')) break
      }
      const isOptional = this.#takes('?')
      const key = this.#expression()
      this.#expect(':')
      entries.push({ isOptional, key, value: this.#expression() })
    }
    return this.#over({ kind: 'map', offset, entries }, ...entries.flatMap(({ key, value }) => [key, value]))
  }

  #fieldName(): string {
    const token = this.#peek()
    if (token.kind !== 'quoted' && (token.kind !== 'word' || KEYWORDS.has(token.text))) throw unexpected(token)
    this.#at++
    return token.text
  }

  #enter(): void {
    if (++this.#depth > this.#maxDepth) throw tooDeep(this.#peek().offset)
  }

  /** A tree over others. */
  #over<Tree extends Expression>(tree: Tree, ...below: readonly Expression[]): Tree {
    let height = 0
    for (const each of below) height = Math.max(height, this.#heights.get(each) ?? 0)
    if (height >= this.#maxDepth) throw tooDeep(tree.offset)
    this.#heights.set(tree, height + 1)
    return tree
  }

  #peek(): Token {
    const token = this.#tokens[this.#at] ?? this.#tokens.at(-1)
    if (token === undefined) throw new CelProblem('the expression is empty', 0)
    return token
  }

  #isSign(text: string): boolean {
    const token = this.#peek()
    return token.kind === 'sign' && token.text === text
  }

  #takes(text: string): boolean {
    if (!this.#isSign(text)) return false
    this.#at++
    return true
  }

  #expect(text: string): void {
    if (!this.#takes(text)) throw unexpected(this.#peek(), text)
  }
}

/** `a.b.c` of plain selections; undefined for all else. */
export function qualifiedName(expression: Expression): string | undefined {
  const names: string[] = []
  let at = expression
  while (at.kind === 'select' && !at.isOptional) {
    names.push(at.field)
    at = at.operand
  }
  if (at.kind !== 'identifier') return undefined
  return [at.name, ...names.toReversed()].join('.')
}

function integer(token: Token): Value {
  const value = intOf(BigInt(token.text))
  if (typeof value === 'object') throw new CelProblem(`${token.text} is too large for an int`, token.offset)
  return value
}

function negative({ value, text }: Token): Value {
  return value instanceof Double ? new Double(-value.value) : intOf(-BigInt(text))
}

function unexpected({ kind, text, offset }: Token, wanted?: string): CelProblem {
  const what = kind === 'end' ? 'the end' : kind === 'literal' ? 'a literal' : `"${text}"`
  return new CelProblem(`unexpected ${what}${wanted === undefined ? '' : `, "${wanted}" should be here`}`, offset)
}

function tooDeep(offset: number): CelProblem {
  return new CelProblem('the expression is nested too deep', offset)
}
