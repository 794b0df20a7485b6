/** Places for the literals of one body: as written where that is possible, later where something must be bound before. */
import type { Body, Literal, Term } from '../syntax/ast.ts'
import { eachOutside, isKnown, type IsBound } from './bindings.ts'
import { eachPatternVariable } from './declarations.ts'
import { isMade } from './names.ts'
import { boundBy, stepsOf, type Arity, type LiteralStep } from './steps.ts'
import { callNamed, eachVariable, eachVariableDeep, isComprehension, literalTerms } from './walk.ts'

/** A literal that waits for its place. */
export interface Waiting {
  readonly literal: Literal
  /** Found when they are first asked for: most literals can be placed without. */
  steps: readonly LiteralStep[] | undefined
  /** Something that it needs was bound since it was tried last. */
  isDue: boolean
}

/** Finds places for the literals of one body. */
export class Placing {
  readonly done: Literal[] = []
  readonly #bound: Set<string>
  readonly #arity: Arity
  readonly #finish: (literal: Literal) => Literal
  readonly #body: Body
  readonly #terms: readonly Term[]
  #own: ReadonlySet<string> | undefined
  #watchers: Map<string, Waiting[]> | undefined
  /** Arguments of `print`, which must have all their variables. */
  #printed: Set<Term> | undefined
  #needs: Map<Term, readonly string[]> | undefined

  constructor(
    body: Body,
    terms: readonly Term[],
    bound: Set<string>,
    arity: Arity,
    finish: (literal: Literal) => Literal,
  ) {
    this.#body = body
    this.#terms = terms
    this.#bound = bound
    this.#arity = arity
    this.#finish = finish
    for (const { expression } of body) {
      const list = callNamed(expression, 'internal.print')?.args[0]
      if (list?.type === 'array') for (const item of list.items) (this.#printed ??= new Set()).add(item)
    }
  }

  readonly isBound = (name: string): boolean => this.#bound.has(name)

  /** Whether a variable is declared by the body, with `some x in ...` or `:=`. */
  isDeclared(name: string): boolean {
    return this.#body.some(({ expression }) => {
      const patterns =
        expression.type === 'some-in' ? [expression.key, expression.value] : [callNamed(expression, 'assign')?.args[0]]
      let isFound = false
      for (const pattern of patterns) {
        if (pattern === undefined) continue
        eachPatternVariable(pattern, (variable) => {
          isFound ||= variable.name === name
        })
      }
      return isFound
    })
  }

  isPrint(closure: Term): boolean {
    return this.#printed?.has(closure) === true
  }

  start(literals: readonly Literal[]): readonly Waiting[] {
    return literals.map((literal) => ({ literal, steps: undefined, isDue: true }))
  }

  /** Places what can be placed, again and again from the first; gives what is left. */
  run(waiting: readonly Waiting[]): readonly Waiting[] {
    let left = waiting
    for (;;) {
      const blocked: Waiting[] = []
      for (const each of left) {
        if (each.isDue && (this.#placeAtOnce(each.literal) || this.place(this.stepsOf(each)))) {
          this.done.push(this.#finish(each.literal))
        } else {
          if (each.isDue) this.#watch(each)
          blocked.push(each)
        }
      }
      if (blocked.length === 0 || blocked.length === left.length) return blocked
      left = blocked
    }
  }

  /** Binds what steps bind; false, and nothing is bound, when one of them has not what it needs. */
  place(steps: readonly LiteralStep[]): boolean {
    const added: string[] = []
    for (const step of steps) {
      const bound = boundBy(step, this.isBound, this.needs)
      if (bound === undefined) {
        for (const name of added) this.#bound.delete(name)
        return false
      }
      for (const name of bound) {
        if (this.#bound.has(name)) continue
        this.#bound.add(name)
        added.push(name)
      }
    }
    for (const name of added) this.#wake(name)
    return true
  }

  /** Variables of a closure that are those of the body around it. */
  readonly needs = (closure: Term): readonly string[] => {
    const known = (this.#needs ??= new Map<Term, readonly string[]>())
    let names = known.get(closure)
    if (names === undefined) known.set(closure, (names = this.#needsOf(closure)))
    return names
  }

  stepsOf(waiting: Waiting): readonly LiteralStep[] {
    return (waiting.steps ??= this.#findSteps(waiting.literal))
  }

  /** Places a literal without closures whose variables are all bound, or `x := v` where those of `v` are. */
  #placeAtOnce({ expression, withs, negated }: Literal): boolean {
    if (expression.type !== 'term' || withs.length > 0) return false
    const { term } = expression
    if (term.type !== 'call') return isAllBound(term, this.isBound)
    const [left, right] = term.args
    const isOne = !negated && term.operator.type === 'variable' && term.operator.name === 'assign'
    if (!isOne || left?.type !== 'variable' || right === undefined) return isAllBound(term, this.isBound)
    if (!isAllBound(right, this.isBound)) return false
    if (!this.#bound.has(left.name)) {
      this.#bound.add(left.name)
      this.#wake(left.name)
    }
    return true
  }

  #findSteps(literal: Literal): readonly LiteralStep[] {
    const steps = stepsOf(literal, this.#arity)
    const { expression } = literal
    if (expression.type !== 'every') return steps
    // The body of `every` is a closure that is no term.
    const { body, location, value } = expression
    const closure = { type: 'array-comprehension', head: value, body, location } as const
    const last = steps.at(-1) as LiteralStep
    return [...steps.slice(0, -1), { ...last, closures: [...last.closures, closure] }]
  }

  #needsOf(closure: Term): readonly string[] {
    const own = this.#ownNames()
    const names = new Set<string>()
    eachVariableDeep(closure, ({ name }) => {
      if (own.has(name)) names.add(name)
    })
    if (closure.type === 'template-string') {
      for (const part of closure.parts) {
        if (typeof part !== 'string') addAll(part, names)
      }
    } else if (isComprehension(closure) && this.#printed?.has(closure) === true) {
      for (const literal of closure.body) for (const term of literalTerms(literal)) addAll(term, names)
    }
    return [...names].filter((name) => name !== 'data' && name !== 'input')
  }

  /** Variables that stand in the body outside its closures. */
  #ownNames(): ReadonlySet<string> {
    if (this.#own !== undefined) return this.#own
    const names = new Set<string>()
    for (const literal of this.#body) for (const term of literalTerms(literal)) addAll(term, names)
    for (const term of this.#terms) addAll(term, names)
    this.#own = names
    return names
  }

  #watch(waiting: Waiting): void {
    waiting.isDue = false
    const names = new Set<string>()
    for (const step of this.stepsOf(waiting)) {
      for (const term of [...step.inputs, ...step.outputs]) eachOutside(term, (name) => names.add(name))
      for (const closure of step.closures) for (const name of this.needs(closure)) names.add(name)
    }
    for (const name of names) {
      if (this.#bound.has(name)) continue
      const all = (this.#watchers ??= new Map<string, Waiting[]>())
      const watchers = all.get(name)
      if (watchers === undefined) all.set(name, [waiting])
      else watchers.push(waiting)
    }
  }

  #wake(name: string): void {
    const watchers = this.#watchers?.get(name)
    if (watchers === undefined) return
    for (const waiting of watchers) waiting.isDue = true
    this.#watchers?.delete(name)
  }
}

/** Variables outside closures, but none that were made. */
function addAll(term: Term, names: Set<string>): void {
  eachVariable(term, ({ name }) => {
    if (!isMade(name)) names.add(name)
  })
}

/** Whether a term has no closures, and all of its variables are bound, those of nested calls too. */
function isAllBound(term: Term, isBound: IsBound): boolean {
  switch (term.type) {
    case 'scalar':
      return true
    case 'variable':
      return isKnown(term.name, isBound)
    case 'ref':
      return isAllBound(term.head, isBound) && term.operands.every((operand) => isAllBound(operand, isBound))
    case 'array':
    case 'set':
      return term.items.every((item) => isAllBound(item, isBound))
    case 'object':
      return term.entries.every(([key, value]) => isAllBound(key, isBound) && isAllBound(value, isBound))
    case 'call':
      return term.args.every((argument) => isAllBound(argument, isBound))
    default:
      return false
  }
}
