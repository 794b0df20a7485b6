/** Unification: `a = b` holds where both can be made equal, and binds what is not bound yet. */
import type { Location, ObjectTerm, Term } from '../syntax/ast.ts'
import { equal, get, sizeOf, type ObjectValue, type Value } from '../values/value.ts'
import { isObject } from '../values/object.ts'
import { FAIL, type Frame, type Read, type Step } from './frame.ts'
import { constantOf, isGround } from './ground.ts'
import { readSlot, type Planner } from './planner.ts'
import type { Scope } from './scope.ts'

/** Compiles `left = right`. */
export function unify(planner: Planner, left: Term, right: Term, scope: Scope, next: () => Step): Step {
  const isFine = (term: Term): boolean => isGround(term, scope, planner.builtins)
  if (isUnbound(left, scope) || (isPattern(left) && !isFine(left) && !isPairOfPatterns(left, right))) {
    return planner.each(right, scope, (read) => match(planner, left, read, scope, next))
  }
  if (isUnbound(right, scope) || (isPattern(right) && !isFine(right) && !isPairOfPatterns(left, right))) {
    return planner.each(left, scope, (read) => match(planner, right, read, scope, next))
  }
  if (left.type === 'array' && right.type === 'array' && !(isFine(left) && isFine(right))) {
    if (left.items.length !== right.items.length) return FAIL
    const pairs = left.items.map((item, place) => [item, right.items[place] as Term] as const)
    return unifyAll(planner, pairs, scope, next)
  }
  if (left.type === 'object' && right.type === 'object' && !(isFine(left) && isFine(right))) {
    return unifyObjects(planner, left, right, scope, next)
  }
  return planner.each(left, scope, (ours) =>
    isFine(right) || !isPattern(right)
      ? planner.each(right, scope, (theirs) => sameStep(ours, theirs, right, next()))
      : match(planner, right, ours, scope, next),
  )
}

/** Binds or compares, by the parts of a pattern. */
export function match(planner: Planner, pattern: Term, value: Read, scope: Scope, next: () => Step): Step {
  if (pattern.type === 'variable' && isUnbound(pattern, scope)) {
    const slot = scope.bind(pattern.name)
    const step = next()
    return (frame) => {
      const found = value(frame)
      if (found === undefined) return false
      frame[slot] = found
      return step(frame)
    }
  }
  if (isGround(pattern, scope, planner.builtins)) {
    return sameStep(value, planner.read(pattern, scope), pattern, next())
  }
  if (pattern.type === 'array') return matchArray(planner, pattern.items, value, scope, next)
  if (pattern.type === 'object') return matchObject(planner, pattern, value, scope, next)
  // What is left has several values: one of them has to be equal.
  const slot = scope.layout.temporary()
  const each = planner.each(pattern, scope, (read) => sameStep(readSlot(slot), read, pattern, next()))
  return (frame) => {
    const found = value(frame)
    if (found === undefined) return false
    frame[slot] = found
    return each(frame)
  }
}

/** Goes on where two values are equal. */
export function sameStep(left: Read, right: Read, rightTerm: Term | undefined, next: Step): Step {
  const constant = rightTerm === undefined ? undefined : constantOf(rightTerm)
  if (typeof constant === 'string' || typeof constant === 'boolean' || constant === null) {
    return (frame) => left(frame) === constant && next(frame)
  }
  return (frame) => {
    const ours = left(frame)
    if (ours === undefined) return false
    const theirs = right(frame)
    return theirs !== undefined && equal(ours, theirs) && next(frame)
  }
}

function matchArray(planner: Planner, items: readonly Term[], value: Read, scope: Scope, next: () => Step): Step {
  const slot = scope.layout.temporary()
  const length = items.length
  const matchFrom = (place: number): Step => {
    const item = items[place]
    if (item === undefined) return next()
    const read: Read = (frame) => (frame[slot] as readonly Value[])[place]
    return match(planner, item, read, scope, () => matchFrom(place + 1))
  }
  const step = matchFrom(0)
  return (frame: Frame) => {
    const found = value(frame)
    if (!Array.isArray(found) || found.length !== length) return false
    frame[slot] = found
    return step(frame)
  }
}

function matchObject(
  planner: Planner,
  { entries, location }: ObjectTerm,
  value: Read,
  scope: Scope,
  next: () => Step,
): Step {
  const slot = scope.layout.temporary()
  const size = entries.length
  const matchFrom = (place: number): Step => {
    const entry = entries[place]
    if (entry === undefined) return next()
    const key = readKey(planner, entry[0], scope, location)
    const read: Read = (frame) => {
      const name = key(frame)
      return name === undefined ? undefined : get(frame[slot] as ObjectValue, name)
    }
    return match(planner, entry[1], read, scope, () => matchFrom(place + 1))
  }
  const step = matchFrom(0)
  return (frame: Frame) => {
    const found = value(frame)
    if (!isObject(found) || sizeOf(found) !== size) return false
    frame[slot] = found
    return step(frame)
  }
}

function unifyObjects(planner: Planner, left: ObjectTerm, right: ObjectTerm, scope: Scope, next: () => Step): Step {
  if (left.entries.length !== right.entries.length) return FAIL
  const pairs: (readonly [Term, Term])[] = []
  for (const [key, value] of left.entries) {
    const constant = constantOf(key)
    const other = right.entries.find(([name]) => {
      const theirs = constantOf(name)
      return constant !== undefined && theirs !== undefined && equal(constant, theirs)
    })
    // Keys that are not written out: the side whose variables are all bound is a value like any other.
    if (other === undefined) {
      const [pattern, term] = isGround(right, scope, planner.builtins) ? [left, right] : [right, left]
      return planner.each(term, scope, (read) => match(planner, pattern, read, scope, next))
    }
    pairs.push([value, other[1]])
  }
  return unifyAll(planner, pairs, scope, next)
}

/** Unifies pairs, those first of which one side is known. */
function unifyAll(planner: Planner, pairs: readonly (readonly [Term, Term])[], scope: Scope, next: () => Step): Step {
  if (pairs.length === 0) return next()
  const isFine = (term: Term): boolean => isGround(term, scope, planner.builtins)
  const ready = pairs.findIndex(([left, right]) => isFine(left) || isFine(right))
  const place = Math.max(0, ready)
  const [left, right] = pairs[place] as readonly [Term, Term]
  return unify(planner, left, right, scope, () => unifyAll(planner, pairs.toSpliced(place, 1), scope, next))
}

function readKey(planner: Planner, key: Term, scope: Scope, location: Location): Read {
  if (isGround(key, scope, planner.builtins)) return planner.read(key, scope)
  return planner.read({ type: 'scalar', value: null, location }, scope)
}

/** True for a variable that is not bound. */
function isUnbound(term: Term, scope: Scope): boolean {
  return term.type === 'variable' && !scope.isBound(term.name) && term.name !== 'input' && term.name !== 'data'
}

function isPattern(term: Term): boolean {
  return term.type === 'array' || term.type === 'object'
}

function isPairOfPatterns(left: Term, right: Term): boolean {
  return isPattern(left) && left.type === right.type
}
