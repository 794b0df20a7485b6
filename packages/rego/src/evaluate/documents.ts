/** `data`: rules by their paths, above the base document, and both below what a `with` replaced. */
import type { Ref, Term } from '../syntax/ast.ts'
import { compare, keysOf, type Value } from '../values/value.ts'
import { isObject, objectFrom } from '../values/object.ts'
import type { Frame, Read, Step } from './frame.ts'
import { isGround } from './ground.ts'
import { isCollection, lookup } from './lookup.ts'
import { readSlot, type Group, type Planner } from './planner.ts'
import { chain } from './references.ts'
import type { Replaced, Runtime } from './runtime.ts'
import type { Scope } from './scope.ts'

/** A package, or a rule at its end. */
export class DataNode {
  readonly children = new Map<string, DataNode>()
  group: Group | undefined

  /** The node at a path, made where it is missing. */
  grow(path: readonly string[]): DataNode {
    const [name, ...rest] = path
    if (name === undefined) return this
    let child = this.children.get(name)
    if (child === undefined) this.children.set(name, (child = new DataNode()))
    return child.grow(rest)
  }
}

/** A place below `data` that is no value yet: its rules are asked only when they are needed. */
class Place {
  readonly node: DataNode | undefined
  readonly base: Value | undefined
  readonly replaced: Replaced | undefined

  constructor(node: DataNode | undefined, base: Value | undefined, replaced: Replaced | undefined) {
    this.node = node
    this.base = base
    this.replaced = replaced
  }
}

type Found = Place | Value | undefined

/** Compiles a ref below `data` whose operands are all bound. */
export function readData(planner: Planner, root: DataNode, { operands }: Ref, scope: Scope): Read {
  const { runtime } = planner
  let node = root
  let place = 0
  for (; place < operands.length; place++) {
    const name = nameOf(operands[place])
    const child = name === undefined ? undefined : node.children.get(name)
    if (child === undefined) break
    node = child
    if (node.group !== undefined) {
      place++
      break
    }
  }
  const { group } = node
  const careful = readStepwise(planner, root, operands, scope)
  if (group === undefined || group.isFunction) return careful
  const rest = chain(planner, () => group.value() as Value | undefined, operands.slice(place), scope)
  return (frame) => (runtime.replaced === undefined ? rest(frame) : careful(frame))
}

/** Compiles a ref below `data` of which some operands are not bound. */
export function eachData(
  planner: Planner,
  root: DataNode,
  { operands }: Ref,
  scope: Scope,
  next: (read: Read) => Step,
): Step {
  const start = (): Found => new Place(root, planner.runtime.data, planner.runtime.replaced)
  return follow(planner, start, operands, scope, next)
}

function readStepwise(planner: Planner, root: DataNode, operands: readonly Term[], scope: Scope): Read {
  const { runtime } = planner
  const reads = operands.map((operand) => planner.read(operand, scope))
  return (frame) => {
    let found: Found = new Place(root, runtime.data, runtime.replaced)
    for (const read of reads) {
      const key = read(frame)
      if (key === undefined) return undefined
      found = below(found, key)
      if (found === undefined) return undefined
    }
    return valueOf(found, runtime)
  }
}

type Find = (frame: Frame) => Found

function follow(
  planner: Planner,
  find: Find,
  operands: readonly Term[],
  scope: Scope,
  next: (read: Read) => Step,
): Step {
  const { runtime } = planner
  const [operand, ...rest] = operands
  if (operand === undefined) return next((frame) => valueOf(find(frame), runtime))
  if (isGround(operand, scope, planner.builtins)) {
    const key = planner.read(operand, scope)
    const found: Find = (frame) => {
      const name = key(frame)
      return name === undefined ? undefined : below(find(frame), name)
    }
    return follow(planner, found, rest, scope, next)
  }
  const slot = scope.layout.temporary()
  const found: Find = (frame) => frame[slot] as Found
  if (operand.type === 'ref' || operand.type === 'call') {
    return planner.each(operand, scope, (key) => {
      const step = follow(planner, found, rest, scope, next)
      return (frame) => {
        const name = key(frame)
        if (name === undefined) return false
        frame[slot] = below(find(frame), name)
        return step(frame)
      }
    })
  }
  const at = scope.layout.temporary()
  const step = planner.match(operand, readSlot(at), scope, () => follow(planner, found, rest, scope, next))
  return (frame) => {
    const from = find(frame)
    for (const key of keysBelow(from)) {
      runtime.step()
      const child = below(from, key)
      if (child === undefined) continue
      frame[at] = key
      frame[slot] = child
      if (step(frame)) return true
    }
    return false
  }
}

function nameOf(term: Term | undefined): string | undefined {
  return term?.type === 'scalar' && typeof term.value === 'string' ? term.value : undefined
}

/** What is below a place or value by a key. */
function below(found: Found, key: Value): Found {
  if (!(found instanceof Place)) return lookup(found, key)
  const replaced = found.replaced?.children.get(key)
  if (replaced?.value !== undefined) return replaced.value
  const node = typeof key === 'string' ? found.node?.children.get(key) : undefined
  if (node?.group?.isFunction === true) return undefined
  const base = baseAt(found.base, key)
  if (node?.group !== undefined) {
    const value = node.group.value() as Value | undefined
    return replaced === undefined ? value : new Place(undefined, value, replaced)
  }
  // Objects of the base document stay places: their keys are found by numbers too.
  if (node === undefined && replaced === undefined && !isObject(base)) return base
  return new Place(node, base, replaced)
}

/** The base document is stored as JSON, where keys are texts: a number finds the key that is written like it. */
function baseAt(base: Value | undefined, key: Value): Value | undefined {
  return lookup(base, key) ?? (typeof key === 'number' && isObject(base) ? lookup(base, String(key)) : undefined)
}

/** Keys of a place, in order, those of rules without a value included. */
function keysBelow(found: Found): readonly Value[] {
  if (!(found instanceof Place)) return keysOfValue(found)
  if (found.node === undefined && found.replaced === undefined) return keysOfValue(found.base)
  const keys = new Set<Value>(isObject(found.base) ? keysOf(found.base) : keysOfValue(found.base))
  for (const [name, node] of found.node?.children ?? []) if (node.group?.isFunction !== true) keys.add(name)
  for (const name of found.replaced?.children.keys() ?? []) keys.add(name)
  return [...keys].toSorted(compare)
}

function keysOfValue(value: Value | undefined): readonly Value[] {
  if (!isCollection(value)) return []
  if (Array.isArray(value)) return [...value.keys()]
  return isObject(value) ? keysOf(value) : (value as unknown as { values(): readonly Value[] }).values()
}

/** The whole value of a place: the base document with the values of all rules in it. */
function valueOf(found: Found, runtime: Runtime): Value | undefined {
  if (!(found instanceof Place)) return found
  if (found.node === undefined && found.replaced === undefined) return found.base
  if (found.base !== undefined && !isObject(found.base) && found.node === undefined) return found.base
  const entries: (readonly [Value, Value])[] = []
  for (const key of keysBelow(found)) {
    runtime.step()
    const value = valueOf(below(found, key), runtime)
    if (value !== undefined) entries.push([key, value])
  }
  return objectFrom(entries)
}
