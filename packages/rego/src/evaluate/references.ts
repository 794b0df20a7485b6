/** Refs: fields, items and members of values, bound or iterated. */
import type { Ref, Term } from '../syntax/ast.ts'
import { get, keysOf, RegoSet, type ObjectValue, type Value } from '../values/value.ts'
import type { Frame, Read, Step } from './frame.ts'
import { isGround } from './ground.ts'
import { field, isCollection, isInherited, lookup } from './lookup.ts'
import { readSlot, type Planner } from './planner.ts'
import type { Runtime } from './runtime.ts'
import type { Scope } from './scope.ts'

/** Compiles a ref whose operands are all bound. */
export function readRef(planner: Planner, ref: Ref, scope: Scope): Read {
  if (isData(ref, scope)) return planner.readData(ref, scope)
  return chain(planner, planner.read(ref.head, scope), ref.operands, scope)
}

/** Compiles a ref of which some operands are not bound: they become bound to keys, items, members. */
export function eachRef(planner: Planner, ref: Ref, scope: Scope, next: (read: Read) => Step): Step {
  if (isData(ref, scope)) return planner.eachData(ref, scope, next)
  return planner.each(ref.head, scope, (base) => follow(planner, base, ref.operands, scope, next))
}

function isData({ head }: Ref, scope: Scope): boolean {
  return head.type === 'variable' && head.name === 'data' && !scope.isBound('data')
}

/** Goes along operands that are all bound. */
export function chain(planner: Planner, base: Read, operands: readonly Term[], scope: Scope): Read {
  let read = base
  for (let place = 0; place < operands.length;) {
    const names = namesFrom(operands, place)
    if (names.length > 0) {
      read = fields(read, names)
      place += names.length
    } else {
      read = itemOf(read, planner.read(operands[place] as Term, scope))
      place++
    }
  }
  return read
}

/** The names of operands from a place on, as long as they are plain names. */
function namesFrom(operands: readonly Term[], start: number): string[] {
  const names: string[] = []
  for (const operand of operands.slice(start)) {
    if (operand.type !== 'scalar' || typeof operand.value !== 'string' || isInherited(operand.value)) break
    names.push(operand.value)
  }
  return names
}

function fields(base: Read, names: readonly string[]): Read {
  const [first, second] = names as [string, string?]
  if (second === undefined) return (frame) => field(base(frame), first)
  if (names.length === 2) return (frame) => field(field(base(frame), first), second)
  return (frame) => {
    let value = base(frame)
    for (const name of names) {
      value = field(value, name)
      if (value === undefined) return undefined
    }
    return value
  }
}

function itemOf(base: Read, key: Read): Read {
  return (frame) => {
    const value = base(frame)
    if (value === undefined) return undefined
    const at = key(frame)
    return at === undefined ? undefined : lookup(value, at)
  }
}

/** Goes along operands of which some are not bound. */
function follow(
  planner: Planner,
  base: Read,
  operands: readonly Term[],
  scope: Scope,
  next: (read: Read) => Step,
): Step {
  const bound = operands.findIndex((operand) => !isGround(operand, scope, planner.builtins))
  if (bound < 0) return next(chain(planner, base, operands, scope))
  const read = chain(planner, base, operands.slice(0, bound), scope)
  const operand = operands[bound] as Term
  const rest = operands.slice(bound + 1)
  if (operand.type === 'ref' || operand.type === 'call') {
    // Its values are keys; what it binds may be used after it.
    const slot = scope.layout.temporary()
    return planner.each(operand, scope, (key) => {
      const step = follow(planner, itemOf(read, readSlot(slot)), rest, scope, next)
      return (frame) => {
        const value = key(frame)
        if (value === undefined) return false
        frame[slot] = value
        return step(frame)
      }
    })
  }
  const value = scope.layout.temporary()
  if (operand.type === 'variable') {
    const key = scope.bind(operand.name)
    return scan(planner.runtime, read, key, value, follow(planner, readSlot(value), rest, scope, next))
  }
  const key = scope.layout.temporary()
  const step = planner.match(operand, readSlot(key), scope, () => follow(planner, readSlot(value), rest, scope, next))
  return scan(planner.runtime, read, key, value, step)
}

/** Visits everything in a collection: keys and values of objects, indexes and items of arrays, members of sets as both. */
export function scan(runtime: Runtime, read: Read, key: number, value: number, next: Step): Step {
  return (frame: Frame) => {
    const collection = read(frame)
    if (!isCollection(collection)) return false
    if (Array.isArray(collection)) {
      const items = collection as readonly Value[]
      for (let place = 0; place < items.length; place++) {
        if (++runtime.steps >= runtime.due) runtime.breathe()
        frame[key] = place
        frame[value] = items[place]
        if (next(frame)) return true
      }
      return false
    }
    if (collection instanceof RegoSet) {
      for (const member of collection.values()) {
        if (++runtime.steps >= runtime.due) runtime.breathe()
        frame[key] = member
        frame[value] = member
        if (next(frame)) return true
      }
      return false
    }
    for (const name of keysOf(collection as ObjectValue)) {
      if (++runtime.steps >= runtime.due) runtime.breathe()
      frame[key] = name
      frame[value] = get(collection as ObjectValue, name)
      if (next(frame)) return true
    }
    return false
  }
}
