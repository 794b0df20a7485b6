/** Bodies: literals one after the other, each with all that follows as its continuation. */
import type { Body, EveryExpression, Literal, SomeInExpression, Term } from '../syntax/ast.ts'
import { get, keysOf, RegoSet, type ObjectValue, type Value } from '../values/value.ts'
import type { Frame, Read, Step } from './frame.ts'
import { constantOf } from './ground.ts'
import { joinScan } from './joins.ts'
import { isCollection } from './lookup.ts'
import { readSlot, type Planner } from './planner.ts'
import { scan } from './references.ts'
import type { Scope } from './scope.ts'
import { eachOf } from './terms.ts'
import { sameStep, unify } from './unify.ts'
import { watchLiteral } from './watch.ts'
import { withReplaced } from './with.ts'

/** What a body is compiled with, beside its literals. */
export interface BodyOptions {
  /** Coverage, profiles or traces are asked for. */
  readonly isWatched: boolean
  /** Slots that take the values of the expressions, for queries; a query of one expression may have the value false. */
  readonly values?: readonly number[]
}

/** Compiles a body. */
export function compileBody(planner: Planner, body: Body, scope: Scope, last: () => Step, options: BodyOptions): Step {
  const from = (place: number): Step => {
    const literal = body[place]
    if (literal === undefined) return last()
    const slot = options.values?.[place]
    const compile = (next: () => Step): Step =>
      compileLiteral(planner, literal, body.slice(place + 1), scope, next, slot, body.length === 1)
    if (!options.isWatched || literal.isGenerated) return compile(() => from(place + 1))
    return watchLiteral(planner.runtime, literal, scope, compile, () => from(place + 1))
  }
  return from(0)
}

function compileLiteral(
  planner: Planner,
  literal: Literal,
  following: Body,
  scope: Scope,
  next: () => Step,
  slot: number | undefined,
  isOnly = false,
): Step {
  if (literal.withs.length > 0) {
    return withReplaced(
      planner,
      literal.withs,
      scope,
      (inner) => compileBare(planner, literal, [], scope, inner, slot, isOnly),
      next,
    )
  }
  return compileBare(planner, literal, following, scope, next, slot, isOnly)
}

function compileBare(
  planner: Planner,
  { expression, negated }: Literal,
  following: Body,
  scope: Scope,
  next: () => Step,
  slot: number | undefined,
  isOnly = false,
): Step {
  if (negated)
    return negation(
      planner,
      expression,
      scope,
      kept(slot, () => true, next),
    )
  switch (expression.type) {
    case 'some':
      return kept(slot, () => true, next)()
    case 'some-in':
      return someIn(
        planner,
        expression,
        following,
        scope,
        kept(slot, () => true, next),
      )
    case 'every':
      return every(
        planner,
        expression,
        scope,
        kept(slot, () => true, next),
      )
    default:
      return statement(planner, expression.term, following, scope, next, slot, isOnly)
  }
}

/** A term as a statement: it holds unless it is undefined or false. */
function statement(
  planner: Planner,
  term: Term,
  following: Body,
  scope: Scope,
  next: () => Step,
  slot: number | undefined,
  isOnly = false,
): Step {
  if (term.type === 'call' && term.operator.type === 'variable') {
    const [left, right] = term.args
    const { name } = term.operator
    if ((name === 'eq' || name === 'assign') && term.args.length === 2) {
      const done = kept(slot, () => true, next)
      return unification(planner, left as Term, right as Term, following, scope, done)
    }
    if (name === 'equal' && term.args.length === 2 && !planner.mockable.has(name) && slot === undefined) {
      return eachOf(planner, term.args, scope, ([ours, theirs]) =>
        constantOf(left as Term) === undefined
          ? sameStep(ours as Read, theirs as Read, right, next())
          : sameStep(theirs as Read, ours as Read, left, next()),
      )
    }
  }
  if (term.type === 'call' && term.args.length === planner.arity(term.operator) + 1) {
    const output = term.args.at(-1) as Term
    const call = { ...term, args: term.args.slice(0, -1) }
    return planner.each(call, scope, (read) =>
      planner.match(
        output,
        read,
        scope,
        kept(slot, () => true, next),
      ),
    )
  }
  return planner.each(term, scope, (read) => {
    const step = next()
    if (slot === undefined) {
      return (frame) => {
        const value = read(frame)
        return value !== undefined && value !== false && step(frame)
      }
    }
    return (frame) => {
      const value = read(frame)
      if (value === undefined || (value === false && !isOnly)) return false
      frame[slot] = value
      return step(frame)
    }
  })
}

/** `x = xs[i]` and the like may be a join with what was bound before. */
function unification(planner: Planner, left: Term, right: Term, following: Body, scope: Scope, next: () => Step): Step {
  if (left.type === 'variable' && !scope.isBound(left.name)) {
    const constant = constantOf(right)
    if (constant !== undefined) scope.know(left.name, constant)
    const join = joinScan(planner, left.name, right, following, scope, next)
    if (join !== undefined) return join
  }
  return unify(planner, left, right, scope, next)
}

/** Keeps the value of an expression of a query before it goes on. */
function kept(slot: number | undefined, value: (frame: Frame) => Value, next: () => Step): () => Step {
  if (slot === undefined) return next
  return () => {
    const step = next()
    return (frame) => {
      frame[slot] = value(frame)
      return step(frame)
    }
  }
}

function negation(planner: Planner, expression: Literal['expression'], outer: Scope, next: () => Step): Step {
  const scope = outer.nested()
  const literal = { expression, negated: false, withs: [], location: expression.location }
  const holds = compileLiteral(planner, literal, [], scope, () => () => true, undefined)
  const step = next()
  return (frame) => !holds(frame) && step(frame)
}

function someIn(
  planner: Planner,
  { key, value, domain }: SomeInExpression,
  following: Body,
  scope: Scope,
  next: () => Step,
): Step {
  if (key === undefined && value.type === 'variable' && !scope.isBound(value.name)) {
    const { location } = value
    const any = { type: 'variable', name: '$some', location } as const
    const ref = { type: 'ref', head: domain, operands: [any], location } as const
    const join = joinScan(planner, value.name, ref, following, scope, next)
    if (join !== undefined) return join
  }
  return planner.each(domain, scope, (read) => {
    const at = scope.layout.temporary()
    const item = scope.layout.temporary()
    const matchValue = (): Step => planner.match(value, readSlot(item), scope, next)
    const step = key === undefined ? matchValue() : planner.match(key, readSlot(at), scope, matchValue)
    return scan(planner.runtime, read, at, item, step)
  })
}

function every(planner: Planner, { key, value, domain, body }: EveryExpression, scope: Scope, next: () => Step): Step {
  const { runtime } = planner
  return planner.each(domain, scope, (read) => {
    const inner = scope.nested()
    const at = key === undefined ? inner.layout.temporary() : inner.bind(key.name)
    const item = inner.bind(value.name)
    const holds = planner.body(body, inner, () => () => true)
    const step = next()
    return (frame) => {
      const collection = read(frame)
      if (!isCollection(collection)) return false
      const check = (name: Value, found: unknown): boolean => {
        runtime.step()
        frame[at] = name
        frame[item] = found
        return holds(frame)
      }
      if (Array.isArray(collection)) {
        for (let place = 0; place < collection.length; place++) if (!check(place, collection[place])) return false
      } else if (collection instanceof RegoSet) {
        for (const member of collection.values()) if (!check(member, member)) return false
      } else {
        const object = collection as ObjectValue
        for (const name of keysOf(object)) if (!check(name, get(object, name))) return false
      }
      return step(frame)
    }
  })
}
