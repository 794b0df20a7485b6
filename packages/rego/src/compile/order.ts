/**
 * The order of bodies: literals stay as written where that is possible, and wait otherwise until others have bound the variables that they
 * need. What can stand nowhere has unsafe variables.
 */
import type { Body, Literal, Location, Term } from '../syntax/ast.ts'
import { eachOutside } from './bindings.ts'
import { changedEntries, changedItems } from './changed.ts'
import { Hoister } from './hoist.ts'
import { isMade, writtenName, type Names } from './names.ts'
import { Placing } from './placing.ts'
import type { Problems } from './stages.ts'
import { boundBy, stepsOfTerms, type Arity, type LiteralStep } from './steps.ts'
import { eachRef, headTerms, isComprehension, parts } from './walk.ts'

/** A body in its order, and the terms beside it, such as the value of a rule. */
export interface Ordered {
  readonly body: Body
  readonly terms: readonly Term[]
}

/** Orders the bodies of one rule or query. */
export class BodyOrder {
  readonly #problems: Problems
  readonly #arity: Arity
  readonly #hoister: Hoister
  /** Variables that are bound; names are unique, so that those of closures may stay. */
  readonly #bound = new Set<string>()

  constructor(names: Names, arity: Arity, problems: Problems) {
    this.#arity = arity
    this.#problems = problems
    this.#hoister = new Hoister(names, arity)
  }

  /** Binds the variables of parameters; what a parameter is to be looked up in must be another. */
  bind(terms: readonly Term[]): void {
    for (const term of terms) {
      eachPatternVariableDeep(term, (name) => this.#bound.add(name))
    }
    for (const term of terms) {
      eachRef(term, ({ head, location }) => {
        if (head.type !== 'variable' || this.#bound.has(head.name)) return
        this.#problems.add('safety', `the variable ${writtenName(head.name)} is unsafe`, location)
      })
    }
  }

  /** Orders a body. Terms beside it may bind variables too, and become literals where the body needs these. */
  order(body: Body, terms: readonly Term[], location: Location): Ordered {
    const place = new Placing(body, terms, this.#bound, this.#arity, (literal) => this.#literal(literal))
    let beside = terms
    let waiting = place.start(body.flatMap((literal) => this.#hoister.needed(literal)))
    waiting = place.run(waiting)
    if (waiting.length > 0) {
      const taken = beside.map((term) => this.#hoister.value(term))
      beside = taken.map(({ term }) => term)
      const nested = waiting.flatMap(({ literal }) => this.#hoister.calls(literal))
      waiting = place.run(place.start([...nested, ...taken.flatMap(({ before }) => before)]))
    }
    for (const each of waiting) this.#report(place.stepsOf(each), each.literal.location, place)
    if (waiting.length === 0) {
      const steps = stepsOfTerms(beside)
      if (!place.place(steps)) this.#report(steps, location, place, true)
    }
    return { body: place.done, terms: changedItems(beside, (term) => this.#closures(term)) }
  }

  #report(steps: readonly LiteralStep[], location: Location, place: Placing, isBeside = false): void {
    const { isBound } = place
    let isTold = false
    const tell = (name: string, isWritten: boolean): void => {
      if (isBound(name) || name === 'data' || name === 'input' || isMade(name)) return
      isTold = true
      const written = writtenName(name)
      if (isWritten && !isBeside && !place.isDeclared(name)) {
        this.#problems.add('prints', `the variable ${written} is not declared`, location)
      } else {
        this.#problems.add('safety', `the variable ${written} is unsafe`, location, {
          hint: 'Nothing binds it before it is used: declare it, or give it a value.',
        })
      }
    }
    for (const step of steps) {
      for (const closure of step.closures) {
        for (const name of place.needs(closure))
          tell(name, closure.type === 'template-string' || place.isPrint(closure))
      }
      const bound = boundBy(step, isBound, () => [])
      for (const term of [...step.inputs, ...step.outputs]) {
        eachOutside(term, (name) => {
          if (bound?.has(name) !== true) tell(name, false)
        })
      }
    }
    // Where only variables that nobody wrote are missing, no name says what is wrong.
    if (!isTold) this.#problems.add('safety', 'a value that is needed here depends on what comes of it', location)
  }

  /** A literal with the bodies of its closures in order. */
  #literal(literal: Literal): Literal {
    const { expression, withs } = literal
    const replaced = withs.length === 0 ? withs : withs.map((each) => ({ ...each, value: this.#closures(each.value) }))
    switch (expression.type) {
      case 'some':
        return literal
      case 'some-in':
        return { ...literal, withs: replaced, expression: { ...expression, domain: this.#closures(expression.domain) } }
      case 'every': {
        const { key, value, domain, body, location } = expression
        this.bind(key === undefined ? [value] : [key, value])
        const ordered = this.order(body, [], location)
        const changed = { ...expression, domain: this.#closures(domain), body: ordered.body }
        return { ...literal, withs: replaced, expression: changed }
      }
      default: {
        const term = this.#closures(expression.term)
        return term === expression.term && withs.length === 0
          ? literal
          : { ...literal, withs: replaced, expression: { ...expression, term } }
      }
    }
  }

  #closures(term: Term): Term {
    if (!hasClosure(term)) return term
    const inside = (part: Term): Term => this.#closures(part)
    switch (term.type) {
      case 'array':
      case 'set':
        return { ...term, items: changedItems(term.items, inside) }
      case 'object':
        return { ...term, entries: changedEntries(term.entries, inside) }
      case 'call':
        return { ...term, args: changedItems(term.args, inside) }
      case 'ref':
        return { ...term, head: this.#closures(term.head), operands: changedItems(term.operands, inside) }
      case 'template-string': {
        const part = (each: string | Term): string | Term => (typeof each === 'string' ? each : this.#closures(each))
        return { ...term, parts: term.parts.map(part) }
      }
      default:
        return isComprehension(term) ? this.#comprehension(term) : term
    }
  }

  #comprehension(term: Extract<Term, { body: Body }>): Term {
    const { body, terms } = this.order(term.body, headTerms(term), term.location)
    const [first, second] = terms as readonly [Term, Term]
    return term.type === 'object-comprehension'
      ? { ...term, key: first, value: second, body }
      : { ...term, head: first, body }
  }
}

function hasClosure(term: Term): boolean {
  switch (term.type) {
    case 'scalar':
    case 'variable':
      return false
    case 'ref':
      return hasClosure(term.head) || term.operands.some(hasClosure)
    case 'array':
    case 'set':
      return term.items.some(hasClosure)
    case 'object':
      return term.entries.some(([key, value]) => hasClosure(key) || hasClosure(value))
    case 'call':
      return term.args.some(hasClosure)
    default:
      return true
  }
}

/** Tells of the variables of a parameter that are no heads of refs. */
function eachPatternVariableDeep(term: Term, tell: (name: string) => void): void {
  if (term.type === 'variable') tell(term.name)
  else {
    const inside = term.type === 'ref' && term.head.type === 'variable' ? term.operands : parts(term)
    for (const part of inside) eachPatternVariableDeep(part, tell)
  }
}
