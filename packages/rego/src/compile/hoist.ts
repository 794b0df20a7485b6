/**
 * Taking terms out of a literal into literals of their own before it, as `#1 = f(x)`: what is negated or replaced by `with` must not be
 * computed inside of it, and some orders are only possible so.
 */
import type { Literal, Location, Term, Variable, With } from '../syntax/ast.ts'
import type { Names } from './names.ts'
import type { Arity } from './steps.ts'
import { isComprehension, sidesOf } from './walk.ts'

/** Makes new literals of parts of old ones. */
export class Hoister {
  readonly #names: Names
  readonly #arity: Arity
  #made: Literal[] = []

  constructor(names: Names, arity: Arity) {
    this.#names = names
    this.#arity = arity
  }

  /**
   * What must stand before a literal because of its `with`s and `not`: values of `with`, calls and refs in what is negated. The literal
   * itself comes last; most are alone.
   */
  needed(literal: Literal): readonly Literal[] {
    const { withs, negated, expression } = literal
    if (withs.length === 0 && !negated) return [literal]
    this.#made = []
    const replaced = withs.map((each) => this.#with(each))
    let changed: Literal = withs.length === 0 ? literal : { ...literal, withs: replaced }
    if (negated) {
      if (expression.type === 'term') {
        const term = this.#negated(expression.term, replaced)
        changed = { ...changed, expression: { ...expression, term } }
      } else if (expression.type === 'every') {
        const domain = this.#out(expression.domain, replaced)
        changed = { ...changed, expression: { ...expression, domain } }
      }
    }
    return [...this.#made, changed]
  }

  /** All nested calls as literals of their own; the literal itself comes last. */
  calls(literal: Literal): readonly Literal[] {
    const { expression, withs } = literal
    this.#made = []
    switch (expression.type) {
      case 'term': {
        const { term } = expression
        const changed = term.type === 'call' ? this.#inArguments(term, withs) : this.#nested(term, withs)
        return [...this.#made, { ...literal, expression: { ...expression, term: changed } }]
      }
      case 'some-in':
        return [
          ...this.#made,
          { ...literal, expression: { ...expression, domain: this.#nested(expression.domain, withs) } },
        ]
      case 'every': {
        const domain = this.#out(expression.domain, withs)
        return [...this.#made, { ...literal, expression: { ...expression, domain } }]
      }
      default:
        return [literal]
    }
  }

  /** A term as a variable, and the literals that give it its value. */
  value(term: Term): { readonly before: readonly Literal[]; readonly term: Term } {
    this.#made = []
    const out = this.#out(this.#nested(term, []), [])
    return { before: this.#made, term: out }
  }

  #with(each: With): With {
    const { value, target } = each
    // A function in the place of a function is no value.
    const isMock = value.type === 'ref' && this.#arity(value) > 0 && this.#arity(target) > 0
    return isMock || isPlain(value) ? each : { ...each, value: this.#out(this.#nested(value, []), []) }
  }

  #negated(term: Term, withs: readonly With[]): Term {
    if (term.type !== 'call')
      return term.type === 'ref' ? this.#refParts(term, withs) : this.#dynamic(term, withs, true)
    const sides = sidesOf({ type: 'term', term, location: term.location })
    // Sides of `=` may be refs: they fail inside. Everything else must have a value before the negation.
    const args = term.args.map((argument) => {
      if (sides !== undefined && argument.type === 'ref') return this.#refParts(argument, withs)
      return this.#dynamic(argument, withs, true)
    })
    return { ...term, args }
  }

  #refParts(ref: Extract<Term, { type: 'ref' }>, withs: readonly With[]): Term {
    const head = ref.head.type === 'variable' ? ref.head : this.#dynamic(ref.head, withs, true)
    return { ...ref, head, operands: ref.operands.map((operand) => this.#dynamic(operand, withs, true)) }
  }

  /** The term with its calls, and refs where they are asked for, taken out. */
  #dynamic(term: Term, withs: readonly With[], refsToo: boolean): Term {
    const inside = (part: Term): Term => this.#dynamic(part, withs, refsToo)
    switch (term.type) {
      case 'array':
      case 'set':
        return { ...term, items: term.items.map(inside) }
      case 'object':
        return { ...term, entries: term.entries.map(([key, value]) => [inside(key), inside(value)] as const) }
      case 'ref': {
        const head = term.head.type === 'variable' ? term.head : inside(term.head)
        const ref = { ...term, head, operands: term.operands.map(inside) }
        return refsToo ? this.#out(ref, withs) : ref
      }
      case 'call':
        return this.#out({ ...term, args: term.args.map(inside) }, withs)
      default:
        return term
    }
  }

  #nested(term: Term, withs: readonly With[]): Term {
    return this.#dynamic(term, withs, false)
  }

  #inArguments(term: Extract<Term, { type: 'call' }>, withs: readonly With[]): Term {
    return { ...term, args: term.args.map((argument) => this.#nested(argument, withs)) }
  }

  #out(term: Term, withs: readonly With[]): Term {
    if (isPlain(term)) return term
    const variable = this.#names.made(term.location)
    this.#made.push(equation(variable, term, withs, term.location))
    return variable
  }
}

/** True for terms that have a value without any search: variables and scalars, and comprehensions and constants made of such. */
function isPlain(term: Term): boolean {
  switch (term.type) {
    case 'scalar':
    case 'variable':
      return true
    case 'array':
    case 'set':
      return term.items.every(isPlain)
    case 'object':
      return term.entries.every(([key, value]) => isPlain(key) && isPlain(value))
    default:
      return isComprehension(term) || term.type === 'template-string'
  }
}

function equation(variable: Variable, term: Term, withs: readonly With[], location: Location): Literal {
  const operator = { type: 'variable', name: 'eq', location } as const
  const call = { type: 'call', operator, args: [variable, term], location } as const
  return { expression: { type: 'term', term: call, location }, negated: false, withs, isGenerated: true, location }
}
