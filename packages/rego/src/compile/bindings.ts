/** Which variables an expression binds, given those that are bound before it. */
import type { Ref, Term } from '../syntax/ast.ts'
import { keyText } from '../values/key-text.ts'
import { isDocument } from './names.ts'
import { eachPart, isComprehension, parts } from './walk.ts'

/** Asks whether a variable is bound. */
export type IsBound = (name: string) => boolean

/** True for `data`, `input` and what is bound. */
export function isKnown(name: string, isBound: IsBound): boolean {
  return isDocument(name) || isBound(name)
}

/** Tells of the variables in the brackets of refs: `xs[i]` binds `i`, when `xs` is known. Terms in nested calls are their own affair. */
export function eachRefBinding(term: Term, isBound: IsBound, tell: (name: string) => void): void {
  if (term.type === 'call') return
  if (term.type === 'ref') {
    if (!isHeadKnown(term, isBound)) return
    for (const operand of term.operands) eachFree(operand, tell)
  }
  if (term.type !== 'scalar' && term.type !== 'variable') {
    for (const part of parts(term)) eachRefBinding(part, isBound, tell)
  }
}

function isHeadKnown({ head }: Ref, isBound: IsBound): boolean {
  let isFine = true
  eachOutside(head, (name) => {
    isFine &&= isKnown(name, isBound)
  })
  return isFine
}

/** Variables of a term that are no heads of refs. */
function eachFree(term: Term, tell: (name: string) => void): void {
  if (term.type === 'variable') tell(term.name)
  else if (term.type === 'ref') {
    if (term.head.type !== 'variable') eachFree(term.head, tell)
    for (const operand of term.operands) eachFree(operand, tell)
  } else if (term.type !== 'call') for (const part of parts(term)) eachFree(part, tell)
}

/** Variables of a term outside closures and nested calls. */
export function eachOutside(term: Term, tell: (name: string) => void): void {
  if (term.type === 'call') return
  if (term.type === 'variable') tell(term.name)
  else if (term.type !== 'scalar') eachPart(term, eachOutside, tell)
}

/** Variables that a pattern binds when what it is held against is known: not keys of objects, not heads of refs, not members of sets. */
export function eachPattern(term: Term, tell: (name: string) => void): void {
  switch (term.type) {
    case 'variable':
      tell(term.name)
      return
    case 'array':
      for (const item of term.items) eachPattern(item, tell)
      return
    case 'object':
      for (const [, value] of term.entries) eachPattern(value, tell)
      return
    case 'ref':
      for (const operand of term.operands) eachPattern(operand, tell)
      break
    default:
  }
}

/** The variables that `=` binds. */
export function unifiedBy(left: Term, right: Term, isBound: IsBound): ReadonlySet<string> {
  const unifier = new Unifier(isBound)
  unifier.unify(left, right)
  return unifier.bound
}

/** Follows how one side of `=` makes the other known. */
class Unifier {
  readonly bound = new Set<string>()
  readonly #isBound: IsBound
  /** For a variable, those that it is made of: known as soon as they are, and they as soon as it is. */
  readonly #waiting = new Map<string, Set<string>>()
  /** The other way round: whom a variable is waited for by. */
  readonly #waited = new Map<string, Set<string>>()

  constructor(isBound: IsBound) {
    this.#isBound = isBound
  }

  unify(left: Term, right: Term): void {
    if (left.type === 'variable') this.#variable(left.name, right)
    else if (right.type === 'variable') this.#variable(right.name, left)
    else if (left.type === 'array' && right.type === 'array') {
      if (left.items.length !== right.items.length) return
      left.items.forEach((item, place) => {
        this.unify(item, right.items[place] as Term)
      })
    } else if (left.type === 'object' && right.type === 'object') this.#objects(left, right)
    else if (isPattern(left)) this.#matched(left, right)
    else if (isPattern(right)) this.#matched(right, left)
  }

  #objects(left: Extract<Term, { type: 'object' }>, right: Extract<Term, { type: 'object' }>): void {
    if (left.entries.length !== right.entries.length) return
    const values = new Map(right.entries.map(([key, value]) => [keyOf(key), value] as const))
    for (const [key, value] of left.entries) {
      const other = values.get(keyOf(key))
      if (other !== undefined) this.unify(value, other)
    }
  }

  /** A pattern against something that is no variable and no pattern. */
  #matched(pattern: Term, value: Term): void {
    const isValue = value.type === 'ref' ? isHeadKnown(value, this.#isKnown) : isComputed(value)
    if (isValue) this.#all(pattern)
  }

  #variable(name: string, other: Term): void {
    switch (other.type) {
      case 'variable':
        if (this.#isKnown(other.name)) this.#mark(name)
        else if (this.#isKnown(name)) this.#mark(other.name)
        else {
          this.#wait(name, other.name)
          this.#wait(other.name, name)
        }
        return
      case 'array':
      case 'object':
        this.#whole(name, other)
        return
      case 'ref':
        if (isHeadKnown(other, this.#isKnown)) this.#mark(name)
        return
      default:
        this.#mark(name)
    }
  }

  /** A variable against a pattern. */
  #whole(name: string, pattern: Term): void {
    if (this.#isKnown(name)) {
      this.#all(pattern)
      return
    }
    const missing = new Set<string>()
    eachPattern(pattern, (part) => {
      if (!this.#isKnown(part)) missing.add(part)
    })
    if (missing.size === 0) this.#mark(name)
    else for (const part of missing) this.#wait(name, part)
  }

  #all(pattern: Term): void {
    eachPattern(pattern, (name) => {
      this.#mark(name)
    })
  }

  readonly #isKnown = (name: string): boolean => isKnown(name, this.#isBound) || this.bound.has(name)

  #wait(name: string, part: string): void {
    add(this.#waiting, name, part)
    add(this.#waited, part, name)
  }

  #mark(name: string): void {
    const ready = [name]
    for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
      if (this.bound.has(next)) continue
      this.bound.add(next)
      ready.push(...(this.#waiting.get(next) ?? []))
      this.#waiting.delete(next)
      for (const whole of this.#waited.get(next) ?? []) {
        const missing = this.#waiting.get(whole)
        if (missing?.delete(next) === true && missing.size === 0) ready.push(whole)
      }
    }
  }
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key)
  if (set === undefined) map.set(key, new Set([value]))
  else set.add(value)
}

function isPattern(term: Term): boolean {
  return term.type === 'array' || term.type === 'object'
}

/** True for what has a value by itself once its inputs are there. */
function isComputed(term: Term): boolean {
  return isComprehension(term) || term.type === 'call' || term.type === 'template-string'
}

/** A text for keys of objects that are the same as written. */
function keyOf(key: Term): string {
  if (key.type === 'scalar') return keyText(key.value)
  return key.type === 'variable' ? `variable:${key.name}` : `place:${key.location.start}`
}
