/**
 * What a rule over a list of objects can be asked in parts: which kinds it looks at, and whether it looks at one object at a time. Only
 * what is proved is said.
 */
import type { Body, Literal, Ref, Term, Variable } from '../syntax/ast.ts'
import { isDocument } from './names.ts'
import { filteredKinds } from './kind-filter.ts'
import type { Program, RuleGroup } from './program.ts'
import { eachTerm, eachTermOfBody, groundNames, headTerms, isComprehension, literalTerms } from './walk.ts'

/** What is known of a rule whose input is a list. */
export interface Locality {
  /** Values of `kind` outside of which no item of the list is looked at, in order; absent where items of any kind may be. */
  readonly kinds?: readonly string[]
  /**
   * True when the result for a list is the union of the results for lists of one item each: every way to a result goes through
   * exactly one item.
   */
  readonly isLocal: boolean
}

/** Sets made from sets are followed so far. */
const MOST_STEPS = 50

const UNKNOWN: Locality = { isLocal: false }

/** What is known of the rule at a path below `data`. */
export function localityOf(program: Program, path: readonly string[]): Locality {
  const analysis = new Analysis(program)
  const group = program.groups.get(JSON.stringify(path))
  return group === undefined ? UNKNOWN : analysis.of(group)
}

class Analysis {
  readonly #program: Program
  /** Groups that can see the input, also through others. */
  #seeing: ReadonlySet<RuleGroup> | undefined
  readonly #local = new Map<RuleGroup, boolean>()
  #depth = 0

  constructor(program: Program) {
    this.#program = program
  }

  of(group: RuleGroup): Locality {
    const isLocal = this.#isLocal(group)
    const kinds = this.#kindsOf(group)
    return kinds === undefined ? { isLocal } : { kinds: [...kinds].toSorted(), isLocal }
  }

  /** Whether all rules of a group go through one item each. */
  #isLocal(group: RuleGroup): boolean {
    const known = this.#local.get(group)
    if (known !== undefined) return known
    this.#local.set(group, false)
    if (this.#depth > MOST_STEPS) return false
    this.#depth++
    const isLocal = group.rules.every(({ rule, rest }) => {
      if (rule.kind !== 'set' || rest.length > 0 || rule.otherwise !== undefined || rule.key === undefined) return false
      return this.#goesThroughOne(rule.body, rule.key)
    })
    this.#depth--
    this.#local.set(group, isLocal)
    return isLocal
  }

  /** Whether a body sees the input as exactly one item of it, outside closures and negations. */
  #goesThroughOne(body: Body, head: Term): boolean {
    const items = this.#itemsOf(body, [head])
    const seen = usesOf(body, [head]).filter((term) => this.#seesInput(term))
    if (seen.length !== 1 || items.length !== 1) return false
    // `with` changes what others see.
    return body.every((literal) => !hasWith(literal))
  }

  /** Refs to single items of the input, or of a local set: `input[_]`, `some x in input`. */
  #itemsOf(body: Body, beside: readonly Term[]): readonly Term[] {
    const uses = variableUses(body, beside)
    const items: Term[] = []
    const tell = (term: Term): void => {
      if (term.type === 'ref' && this.#isItem(term, uses)) items.push(term)
    }
    for (const literal of body) {
      if (literal.negated) continue
      const { expression } = literal
      if (expression.type === 'some-in') {
        const { key, domain } = expression
        if ((key === undefined || isUsedOnce(key, uses)) && this.#isSource(domain)) items.push(domain)
      } else if (expression.type === 'every') continue
      for (const term of literalTerms(literal)) eachOpen(term, tell)
    }
    for (const term of beside) eachOpen(term, tell)
    return items
  }

  /** `input[_]`, where `_` is used nowhere else, or a member of a local set. */
  #isItem({ head, operands }: Ref, uses: ReadonlyMap<string, number>): boolean {
    if (head.type !== 'variable') return false
    if (head.name === 'input') return operands[0] !== undefined && isUsedOnce(operands[0], uses)
    if (head.name !== 'data') return false
    // The member of a set may be used: it is a value, and no place in the list.
    for (let length = operands.length - 1; length > 0; length--) {
      const group = this.#groupAt({ head, operands: operands.slice(0, length) })
      if (group !== undefined) return this.#isLocal(group)
    }
    return false
  }

  /** The whole input, or a whole local set. */
  #isSource(term: Term): boolean {
    if (term.type === 'variable') return term.name === 'input'
    if (term.type !== 'ref' || term.head.type !== 'variable' || term.head.name !== 'data') return false
    const group = this.#groupAt(term)
    return group !== undefined && this.#isLocal(group)
  }

  #groupAt({ head, operands }: Pick<Ref, 'head' | 'operands'>): RuleGroup | undefined {
    const names = groundNames({ type: 'ref', head, operands, location: head.location })
    return names === undefined ? undefined : this.#program.groups.get(JSON.stringify(names.slice(1)))
  }

  /** Whether a variable or a ref below `data` is the input or something that is made from it; the whole of `data` may be. */
  #seesInput(term: Term): boolean {
    return term.type === 'ref' ? this.#reached(term).some((group) => this.#groupSees(group)) : true
  }

  #groupSees(group: RuleGroup): boolean {
    return (this.#seeing ??= this.#findSeeing()).has(group)
  }

  /** Groups that use the input, and from there those that use such groups. */
  #findSeeing(): ReadonlySet<RuleGroup> {
    const users = new Map<RuleGroup, RuleGroup[]>()
    const ready: RuleGroup[] = []
    for (const group of this.#program.groups.values()) {
      for (const { literals, beside } of bodiesOf(group)) {
        const uses = usesOf(literals, beside)
        if (uses.some(({ type }) => type === 'variable')) ready.push(group)
        const reached = uses.flatMap((use) => (use.type === 'ref' ? this.#reached(use) : []))
        for (const used of reached) listOf(users, used).push(group)
      }
    }
    const seeing = new Set<RuleGroup>()
    for (let group = ready.pop(); group !== undefined; group = ready.pop()) {
      if (seeing.has(group)) continue
      seeing.add(group)
      ready.push(...(users.get(group) ?? []))
    }
    return seeing
  }

  /** All groups that a ref below `data` may lead to. */
  #reached({ operands }: Ref): readonly RuleGroup[] {
    const end = operands.findIndex((operand) => operand.type !== 'scalar' || typeof operand.value !== 'string')
    const names = (end === -1 ? operands : operands.slice(0, end)).map((operand) =>
      operand.type === 'scalar' && typeof operand.value === 'string' ? operand.value : '',
    )
    for (let length = names.length; length > 0; length--) {
      const group = this.#program.groups.get(JSON.stringify(names.slice(0, length)))
      if (group !== undefined && length === names.length) return [group, ...this.#below(names)]
      if (group !== undefined) return [group]
    }
    return this.#below(names)
  }

  #below(names: readonly string[]): readonly RuleGroup[] {
    return [...this.#program.groups.values()].filter(
      ({ path }) => path.length > names.length && names.every((name, place) => path[place] === name),
    )
  }

  /** The kinds of all items that a group, and what it needs, looks at; undefined where it looks at more. */
  #kindsOf(start: RuleGroup): ReadonlySet<string> | undefined {
    const kinds = new Set<string>()
    const todo = [start]
    const done = new Set<RuleGroup>()
    for (let group = todo.pop(); group !== undefined; group = todo.pop()) {
      if (done.has(group) || !this.#groupSees(group)) continue
      done.add(group)
      for (const { literals, beside } of bodiesOf(group)) {
        if (!this.#addKinds(literals, beside, kinds)) return undefined
        for (const term of usesOf(literals, beside)) {
          if (term.type === 'ref') todo.push(...this.#reached(term))
          else if (term.name === 'data') return undefined
        }
      }
    }
    return done.size === 0 ? undefined : kinds
  }

  /** Adds the kinds that a body takes items of; false where it takes others too. */
  #addKinds(body: Body, beside: readonly Term[], kinds: Set<string>): boolean {
    const filters = filteredKinds(body)
    const seenAs = new Map<Term, string>()
    for (const { expression, negated, withs } of body) {
      if (withs.some(({ target }) => isInput(target))) return false
      if (negated) continue
      if (expression.type === 'some-in') {
        if (expression.value.type === 'variable') seenAs.set(expression.domain, expression.value.name)
        continue
      }
      const [left, right] = boundItem(expression) ?? []
      if (left !== undefined && right !== undefined) seenAs.set(right.head, left)
    }
    let isFine = true
    const tell = (term: Term): void => {
      if (isComprehension(term)) {
        if (!this.#addKinds(term.body, headTerms(term), kinds)) isFine = false
        return
      }
      if (term.type !== 'variable' || term.name !== 'input') return
      const name = seenAs.get(term)
      const found = name === undefined ? undefined : filters.get(name)
      if (found === undefined) isFine = false
      else for (const kind of found) kinds.add(kind)
    }
    for (const literal of body) {
      for (const term of literalTerms(literal)) eachOpen(term, tell)
      const { expression } = literal
      if (expression.type === 'every' && !this.#addKinds(expression.body, [], kinds)) return false
    }
    for (const term of beside) eachOpen(term, tell)
    return isFine
  }
}

function listOf<Key, Item>(lists: Map<Key, Item[]>, key: Key): Item[] {
  let list = lists.get(key)
  if (list === undefined) lists.set(key, (list = []))
  return list
}

interface OneBody {
  readonly literals: Body
  readonly beside: readonly Term[]
}

function* bodiesOf(group: RuleGroup): Generator<OneBody> {
  for (const { rule } of group.rules) {
    for (let each = rule as typeof rule | undefined; each !== undefined; each = each.otherwise) {
      const { ref, parameters = [], key, value, body } = each
      const beside = [...ref, ...parameters]
      if (key !== undefined) beside.push(key)
      if (value !== undefined) beside.push(value)
      yield { literals: body, beside }
    }
  }
}

/** Where a body, and terms beside it, use `input`, `data` as a whole, and what is below `data`. */
function usesOf(body: Body, beside: readonly Term[]): readonly (Ref | Variable)[] {
  const uses: (Ref | Variable)[] = []
  // A ref is told before its head.
  const heads = new Set<Term>()
  const tell = (term: Term): void => {
    if (term.type === 'ref' && term.head.type === 'variable' && term.head.name === 'data') {
      heads.add(term.head)
      uses.push(term)
    } else if (term.type === 'variable' && isDocument(term.name) && !heads.has(term)) uses.push(term)
  }
  eachTermOfBody(body, tell)
  for (const term of beside) eachTerm(term, tell)
  return uses
}

/** Tells of a term and its parts, closures as a whole; what is in template strings is told too. */
function eachOpen(term: Term, tell: (term: Term) => void): void {
  if (isComprehension(term)) {
    tell(term)
    return
  }
  tell(term)
  switch (term.type) {
    case 'ref':
      for (const part of [term.head, ...term.operands]) eachOpen(part, tell)
      return
    case 'array':
    case 'set':
      for (const item of term.items) eachOpen(item, tell)
      return
    case 'object':
      for (const part of term.entries.flat()) eachOpen(part, tell)
      return
    case 'call':
      for (const argument of term.args) eachOpen(argument, tell)
      return
    case 'template-string':
      for (const part of term.parts) if (typeof part !== 'string') eachOpen(part, tell)
      break
    default:
  }
}

/** How often variables stand in a body and beside it. */
function variableUses(body: Body, beside: readonly Term[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>()
  const tell = (term: Term): void => {
    if (term.type === 'variable') uses.set(term.name, (uses.get(term.name) ?? 0) + 1)
  }
  eachTermOfBody(body, tell)
  for (const term of beside) eachTerm(term, tell)
  return uses
}

function isUsedOnce(term: Term, uses: ReadonlyMap<string, number>): boolean {
  return term.type === 'variable' && uses.get(term.name) === 1
}

function isInput(term: Term): boolean {
  return term.type === 'variable' ? term.name === 'input' : term.type === 'ref' && isInput(term.head)
}

function hasWith({ withs, expression }: Literal): boolean {
  return withs.length > 0 || (expression.type === 'every' && expression.body.some(hasWith))
}

/** `x := input[_]` as the name of `x` and the ref. */
function boundItem(expression: Literal['expression']): readonly [string, Ref] | undefined {
  if (expression.type !== 'term' || expression.term.type !== 'call') return undefined
  const { operator, args } = expression.term
  if (operator.type !== 'variable' || (operator.name !== 'assign' && operator.name !== 'eq')) return undefined
  const [left, right] = args
  if (left?.type !== 'variable' || right?.type !== 'ref' || right.operands.length !== 1) return undefined
  return isInput(right.head) ? [left.name, right] : undefined
}
