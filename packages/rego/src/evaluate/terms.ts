/** Terms: values made of other values, comprehensions, templates. */
import { EvaluationError } from '../problem.ts'
import type {
  ArrayComprehension,
  Literal,
  Location,
  ObjectComprehension,
  ObjectTerm,
  SetComprehension,
  TemplateString,
  Term,
  Variable,
} from '../syntax/ast.ts'
import { objectFrom } from '../values/object.ts'
import { equal, RegoSet, ValueMap, weightOf, type Value } from '../values/value.ts'
import { valueText } from '../values/value-text.ts'
import { FAIL, type Frame, type Read, type Step } from './frame.ts'
import { constantOf, isGround, isLiteral } from './ground.ts'
import { isInherited } from './lookup.ts'
import { readSlot, type Planner } from './planner.ts'
import { eachRef, readRef } from './references.ts'
import { remembering } from './remember.ts'
import type { Scope } from './scope.ts'

/** Compiles a term that has at most one value. */
export function readTerm(planner: Planner, term: Term, scope: Scope): Read {
  const constant = constantOf(term)
  if (constant !== undefined) return () => constant
  switch (term.type) {
    case 'variable':
      return readVariable(planner, term, scope)
    case 'ref':
      return readRef(planner, term, scope)
    case 'array':
      return arrayOf(term.items.map((item) => planner.read(item, scope)))
    case 'set':
      return setOf(term.items.map((item) => planner.read(item, scope)))
    case 'object':
      return objectOf(
        term,
        term.entries.map(([key]) => planner.read(key, scope)),
        term.entries.map(([, value]) => planner.read(value, scope)),
      )
    case 'array-comprehension':
      return remembering(planner, term, scope, arrayComprehension(planner, term, scope))
    case 'set-comprehension':
      return remembering(planner, term, scope, setComprehension(planner, term, scope))
    case 'object-comprehension':
      return remembering(planner, term, scope, objectComprehension(planner, term, scope))
    case 'call':
      return planner.call(
        term,
        term.args.map((argument) => planner.read(argument, scope)),
        scope,
      )
    case 'template-string':
      return template(planner, term, scope)
    default:
      return () => undefined
  }
}

/** Compiles a term that may have several values. */
export function eachTerm(planner: Planner, term: Term, scope: Scope, next: (read: Read) => Step): Step {
  if (isGround(term, scope, planner.builtins)) return next(planner.read(term, scope))
  switch (term.type) {
    case 'ref':
      return eachRef(planner, term, scope, next)
    case 'array':
      return eachOf(planner, term.items, scope, (reads) => next(arrayOf(reads)))
    case 'set':
      return eachOf(planner, term.items, scope, (reads) => next(setOf(reads)))
    case 'object': {
      const count = term.entries.length
      const parts = [...term.entries.map(([key]) => key), ...term.entries.map(([, value]) => value)]
      return eachOf(planner, parts, scope, (reads) => next(objectOf(term, reads.slice(0, count), reads.slice(count))))
    }
    case 'call': {
      const { operator, args } = term
      const isRelation = operator.type === 'variable' && planner.builtins.get(operator.name)?.isRelation === true
      return eachOf(planner, args, scope, (reads) => {
        const result = planner.call(term, reads, scope)
        return isRelation ? eachResult(planner, result, scope, next) : next(result)
      })
    }
    default:
      throw new EvaluationError('eval_internal_error', `the variable in ${term.type} is not bound`, term.location)
  }
}

/** Compiles several terms, each of which may have several values; reads are in the order of the terms. */
export function eachOf(
  planner: Planner,
  terms: readonly Term[],
  scope: Scope,
  next: (reads: readonly Read[]) => Step,
): Step {
  const reads: Read[] = []
  const from = (left: readonly number[]): Step => {
    // A variable that another term binds waits for it: `x == xs[x]`.
    const ready = left.findIndex((place) => !isWaiting(terms[place] as Term, scope))
    const place = left[Math.max(0, ready)]
    if (place === undefined) return next(reads)
    return planner.each(terms[place] as Term, scope, (read) => {
      reads[place] = read
      return from(left.filter((each) => each !== place))
    })
  }
  return from([...terms.keys()])
}

/** True for a term that needs the value of a variable that is not bound yet. */
function isWaiting(term: Term, scope: Scope): boolean {
  switch (term.type) {
    case 'variable':
      return !scope.isBound(term.name) && term.name !== 'input' && term.name !== 'data'
    case 'ref':
      return isWaiting(term.head, scope)
    case 'array':
    case 'set':
      return term.items.some((item) => isWaiting(item, scope))
    case 'object':
      return term.entries.some(([key, value]) => isWaiting(key, scope) || isWaiting(value, scope))
    case 'call':
      return term.args.some((argument) => isWaiting(argument, scope))
    default:
      return false
  }
}

/** All results of a relation, one after the other. */
function eachResult({ runtime }: Planner, result: Read, scope: Scope, next: (read: Read) => Step): Step {
  const slot = scope.layout.temporary()
  const step = next(readSlot(slot))
  return (frame) => {
    const results = result(frame)
    if (!Array.isArray(results)) return false
    for (const each of results as readonly Value[]) {
      runtime.step()
      frame[slot] = each
      if (step(frame)) return true
    }
    return false
  }
}

function readVariable(planner: Planner, term: Variable, scope: Scope): Read {
  const { name, location } = term
  const { runtime } = planner
  if (scope.isBound(name)) return readSlot(scope.layout.slot(name))
  if (name === 'input') return () => runtime.input
  if (name === 'data') return planner.readData({ type: 'ref', head: term, operands: [], location }, scope)
  throw new EvaluationError('eval_internal_error', `the variable ${name} is not bound`, location)
}

function arrayOf(reads: readonly Read[]): Read {
  return (frame) => {
    const items: Value[] = []
    for (const read of reads) {
      const item = read(frame)
      if (item === undefined) return undefined
      items.push(item)
    }
    return items
  }
}

function setOf(reads: readonly Read[]): Read {
  const list = arrayOf(reads)
  return (frame) => {
    const items = list(frame) as readonly Value[] | undefined
    return items === undefined ? undefined : new RegoSet(items)
  }
}

function objectOf(term: ObjectTerm, keys: readonly Read[], values: readonly Read[]): Read {
  const names = term.entries.map(([key]) =>
    key.type === 'scalar' && typeof key.value === 'string' ? key.value : '__proto__',
  )
  if (names.every((name) => !isInherited(name))) {
    return (frame) => {
      const object: Record<string, Value> = {}
      for (let place = 0; place < names.length; place++) {
        const value = (values[place] as Read)(frame)
        if (value === undefined) return undefined
        object[names[place] as string] = value
      }
      return object
    }
  }
  const listOfKeys = arrayOf(keys)
  const listOfValues = arrayOf(values)
  return (frame) => {
    const heads = listOfKeys(frame) as readonly Value[] | undefined
    const tails = listOfValues(frame) as readonly Value[] | undefined
    if (heads === undefined || tails === undefined) return undefined
    return objectFrom(heads.map((key, place) => [key, tails[place] as Value] as const))
  }
}

function arrayComprehension(planner: Planner, { head, body }: ArrayComprehension, outer: Scope): Read {
  const scope = outer.nested()
  const { runtime } = planner
  const slot = scope.layout.temporary()
  const step = planner.body(body, scope, () =>
    planner.each(head, scope, (read) => (frame) => {
      const value = read(frame)
      if (value === undefined) return false
      runtime.keep(weightOf(value))
      ;(frame[slot] as Value[]).push(value)
      return false
    }),
  )
  return collecting(slot, () => [], step) as Read
}

function setComprehension(planner: Planner, { head, body }: SetComprehension, outer: Scope): Read {
  const scope = outer.nested()
  const { runtime } = planner
  const slot = scope.layout.temporary()
  const step = planner.body(body, scope, () =>
    planner.each(head, scope, (read) => (frame) => {
      const value = read(frame)
      if (value === undefined) return false
      runtime.keep(weightOf(value))
      ;(frame[slot] as RegoSet).add(value)
      return false
    }),
  )
  return collecting(slot, () => new RegoSet(), step) as Read
}

function objectComprehension(planner: Planner, term: ObjectComprehension, outer: Scope): Read {
  const scope = outer.nested()
  const { runtime } = planner
  const slot = scope.layout.temporary()
  const step = planner.body(term.body, scope, () =>
    eachOf(planner, [term.key, term.value], scope, ([readKey, readValue]) => (frame) => {
      const key = (readKey as Read)(frame)
      const value = (readValue as Read)(frame)
      if (key === undefined || value === undefined) return false
      runtime.keep(1 + weightOf(value))
      putOnce(frame[slot] as ValueMap<Value>, key, value, term.location)
      return false
    }),
  )
  const collect = collecting(slot, () => new ValueMap<Value>(), step)
  return (frame) => {
    const entries = collect(frame) as ValueMap<Value>
    return objectFrom(entries.keys().map((key) => [key, entries.get(key) as Value] as const))
  }
}

/** Runs a body that adds to what a slot holds; a comprehension inside of itself is never running. */
function collecting(slot: number, start: () => unknown, step: Step): (frame: Frame) => unknown {
  return (frame) => {
    const collected = start()
    frame[slot] = collected
    step(frame)
    return collected
  }
}

/** Adds an entry; an other value of the same key is a conflict. */
function putOnce(entries: ValueMap<Value>, key: Value, value: Value, location: Location): void {
  const present = entries.get(key)
  if (present === undefined) entries.set(key, value)
  else if (!equal(present, value)) {
    throw new EvaluationError('eval_conflict_error', `the key ${valueText(key)} of an object has two values`, location)
  }
}

/** The values of a term with `with` behind it. */
function eachOfLiteral(planner: Planner, literal: Literal, scope: Scope, next: (read: Read) => Step): Step {
  const { expression, location } = literal
  if (expression.type !== 'term') return FAIL
  const result = { type: 'variable', name: '$part', location } as const
  const operator = { type: 'variable', name: 'assign', location } as const
  const term = { type: 'call', operator, args: [result, expression.term], location } as const
  const body = [{ ...literal, expression: { type: 'term', term, location } as const, isGenerated: true }]
  return planner.body(body, scope, () => next(readSlot(scope.layout.slot(result.name))))
}

/** A text with values in it; what has no value is written so. */
function template(planner: Planner, { parts }: TemplateString, outer: Scope): Read {
  const { runtime } = planner
  const pieces = parts.map((part): ((frame: Frame) => string) => {
    if (typeof part === 'string') return () => part
    const scope = outer.nested()
    const slot = scope.layout.temporary()
    const add =
      (read: Read): Step =>
      (frame) => {
        const value = read(frame)
        if (value !== undefined) (frame[slot] as RegoSet).add(value)
        return false
      }
    const step = isLiteral(part) ? eachOfLiteral(planner, part, scope, add) : planner.each(part, scope, add)
    const collect = collecting(slot, () => new RegoSet(), step)
    return (frame) => {
      const values = (collect(frame) as RegoSet).values()
      const [value] = values
      if (value === undefined) return '<undefined>'
      if (values.length > 1) {
        throw new EvaluationError(
          'eval_conflict_error',
          'a part of a template string has several values',
          part.location,
        )
      }
      return typeof value === 'string' ? value : valueText(value)
    }
  })
  return (frame) => {
    let text = ''
    for (const piece of pieces) text += piece(frame)
    runtime.spend(text.length >> 4)
    return text
  }
}
