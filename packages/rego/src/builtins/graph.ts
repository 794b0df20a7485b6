/** Builtins that go through graphs and documents. */
import { ANY, arrayOf, either, objectOf, setOf, tuple } from '../types/type.ts'
import { isObject } from '../values/object.ts'
import { get, keysOf, RegoSet, ValueMap, type ObjectValue, type Value } from '../values/value.ts'
import { type Builtin, type BuiltinContext, define } from './builtin.ts'
import { membersOperand, mismatch, objectOperand } from './operands.ts'

const LIST = either(arrayOf(ANY), setOf(ANY))
const GRAPH = objectOf(ANY, LIST)

/** `graph.reachable`, `graph.reachable_paths`, `walk`. */
export const GRAPHS: readonly Builtin[] = [
  define('graph.reachable', [GRAPH, LIST], setOf(ANY), (context, graph, initial) =>
    reachable(context, objectOperand(graph, 1), startsOf(initial)),
  ),
  define('graph.reachable_paths', [GRAPH, LIST], setOf(arrayOf(ANY)), (context, graph, initial) =>
    new PathFinder(context, objectOperand(graph, 1)).from(startsOf(initial)),
  ),
  define(
    'walk',
    [ANY],
    tuple(arrayOf(ANY), ANY),
    (context, value) => {
      const found: Value[] = []
      visit(context, value, [], found)
      return found
    },
    { isRelation: true },
  ),
]

function startsOf(value: Value): readonly Value[] {
  if (!Array.isArray(value) && !(value instanceof RegoSet)) throw mismatch(value, 2, 'one of {array, set}')
  return membersOperand(value, 2)
}

/** The nodes that a node leads to; of what is no list, none. */
function neighbours(graph: ObjectValue, node: Value): readonly Value[] {
  const value = get(graph, node)
  if (Array.isArray(value)) return value as readonly Value[]
  return value instanceof RegoSet ? value.values() : []
}

function reachable(context: BuiltinContext, graph: ObjectValue, initial: readonly Value[]): RegoSet {
  const waiting = [...initial]
  const reached = new RegoSet()
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    context.spend(1)
    // Only nodes of the graph count.
    if (get(graph, node) === undefined || reached.has(node)) continue
    reached.add(node)
    for (const next of neighbours(graph, node)) if (!reached.has(next)) waiting.push(next)
  }
  return reached
}

/** A node on the way, and what of its neighbours is still to be gone to. */
interface Stop {
  readonly node: Value
  readonly next: readonly Value[]
  at: number
  /** Some way went on from here. */
  isPassed: boolean
}

/** Finds all ways that lead as far as they can without passing a node twice. */
class PathFinder {
  readonly #context: BuiltinContext
  readonly #graph: ObjectValue
  readonly #paths = new RegoSet()

  constructor(context: BuiltinContext, graph: ObjectValue) {
    this.#context = context
    this.#graph = graph
  }

  from(initial: readonly Value[]): RegoSet {
    for (const node of initial) if (get(this.#graph, node) !== undefined) this.#follow(node)
    return this.#paths
  }

  #follow(start: Value): void {
    const way: Stop[] = [this.#stop(start)]
    /** How often the way passes a node. */
    const passed = new ValueMap<number>()
    const count = (node: Value): number => passed.get(node) ?? 0
    passed.set(start, 1)
    for (let stop = way.at(-1); stop !== undefined; stop = way.at(-1)) {
      this.#context.spend(1)
      const node = stop.next[stop.at++]
      if (node === undefined) {
        if (!stop.isPassed) this.#found(way.map((each) => each.node))
        way.pop()
        passed.set(stop.node, count(stop.node) - 1)
        continue
      }
      stop.isPassed = true
      if (get(this.#graph, node) === undefined) this.#found(way.map((each) => each.node))
      // The start alone may lead to itself, and on from there.
      else if (count(node) > 0 && way.length > 1) this.#found(way.map((each) => each.node))
      else {
        passed.set(node, count(node) + 1)
        way.push(this.#stop(node))
      }
    }
  }

  #stop(node: Value): Stop {
    return { node, next: neighbours(this.#graph, node), at: 0, isPassed: false }
  }

  #found(path: readonly Value[]): void {
    this.#context.spend(path.length)
    this.#paths.add(path)
  }
}

/** Every part of a value with the path to it, outer ones first. */
function visit(context: BuiltinContext, value: Value, path: readonly Value[], found: Value[]): void {
  context.spend(path.length + 1)
  found.push([path, value])
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const [place, item] of (value as readonly Value[]).entries()) visit(context, item, [...path, place], found)
  } else if (value instanceof RegoSet) {
    for (const member of value.values()) visit(context, member, [...path, member], found)
  } else if (isObject(value)) {
    for (const key of keysOf(value)) visit(context, get(value, key) as Value, [...path, key], found)
  }
}
