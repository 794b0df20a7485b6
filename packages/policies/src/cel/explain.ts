/** Why an expression is false: the fields of an object that it looked at, and found wanting. */
import type { EqualityNode, Node, QuantifierNode } from './node.ts'
import type { Run } from './run.ts'
import { entriesOf, isMap, keyOf, lookUp } from './values/maps.ts'
import { adapt, CelError, isList, Optional, type Value } from './values/value.ts'

/** A step of a path: a key, or the place of an item. */
export type Step = string | number

/** A field that an expression looked at. */
export interface Fault {
  readonly path: readonly Step[]
  /** It is not there. */
  readonly isMissing: boolean
  /** What it should be, where the expression tells. */
  readonly wanted: Value | undefined
  /** It should not be there at all. */
  readonly isUnwanted: boolean
}

/** More are not told of one object. */
const MOST_FAULTS = 100

/**
 * The fields of an object that made an expression false. The evaluation must have the object in a slot.
 * @throws {CostExceeded} when looking costs more than the evaluation may
 */
export function explainFalse(node: Node, run: Run, objectSlot: number): readonly Fault[] {
  return run.explain(() => {
    const explainer = new Explainer(run, objectSlot)
    explainer.why(node, false)
    return explainer.faults()
  })
}

type Path = readonly Step[] | undefined

class Explainer {
  readonly #run: Run
  readonly #root: Value
  /** Where values of variables stand in the object. */
  readonly #places = new Map<number, Path>()
  readonly #faults = new Map<string, Fault>()
  #known: Map<object, readonly Step[]> | undefined

  constructor(run: Run, objectSlot: number) {
    this.#run = run
    this.#root = run.slots[objectSlot] ?? null
    this.#places.set(objectSlot, [])
  }

  /** The fields that were found, but for those that only lead to others of them, and the type: nobody would change that. */
  faults(): readonly Fault[] {
    const all = [...this.#faults.values()].filter(({ path }) => path[0] !== 'kind' && path[0] !== 'apiVersion')
    return all.filter(
      ({ path, isMissing }) =>
        path.length > 0 &&
        (isMissing || !all.some((other) => other.path.length > path.length && isBelow(other.path, path))),
    )
  }

  /** Finds what made a node of the type bool what it is, and not the opposite. */
  why(node: Node, actual: boolean): void {
    if (this.#faults.size >= MOST_FAULTS) return
    switch (node.kind) {
      case 'literal':
        return
      case 'variable':
        return this.why(node.definition, actual)
      case 'not':
        return this.why(node.operand, !actual)
      case 'logic': {
        for (const operand of node.operands) if (operand.evaluate(this.#run) === actual) this.why(operand, actual)
        return
      }
      case 'conditional': {
        const before = this.#faults.size
        const chosen = node.condition.evaluate(this.#run) === true
        this.why(chosen ? node.yes : node.no, actual)
        // Where the branch only says true or false, the condition decided.
        if (this.#faults.size === before) this.why(node.condition, chosen)
        return
      }
      case 'has': {
        const path = this.#pathOf(node.operand)
        if (path === undefined) this.#look(node.operand)
        else this.#add([...path, node.field], undefined, actual)
        return
      }
      case 'equality':
        return this.#whyEqual(node, actual)
      case 'quantifier':
        return this.#whyAny(node, actual)
      case 'bind':
        this.#run.slots[node.slot] = node.value.evaluate(this.#run)
        this.#places.set(node.slot, this.#pathOf(node.value))
        return this.why(node.body, actual)
      default: {
        const path = this.#pathOf(node)
        if (path === undefined) this.#look(node)
        else this.#add(path, !actual, false)
      }
    }
  }

  #whyEqual({ left, right, isNegated }: EqualityNode, actual: boolean): void {
    const shouldBeEqual = actual === isNegated
    for (const [side, other] of [
      [left, right],
      [right, left],
    ] as const) {
      const path = this.#pathOf(side)
      if (path === undefined) this.#look(side)
      else this.#add(path, wantedOf(other, shouldBeEqual), false)
    }
  }

  #whyAny(node: QuantifierNode, actual: boolean): void {
    const { macro, range, test, keySlot, valueSlot } = node
    const deciding = macro === 'exists'
    if (macro === 'existsOne') return this.#look(range)
    if (actual !== deciding) {
      const before = this.#faults.size
      this.#look(range)
      if (this.#faults.size === before) this.#whyNone(node, actual)
      return
    }
    const items = range.evaluate(this.#run)
    const path = this.#pathOf(range)
    const { slots } = this.#run
    for (const { key, value, step, isKey } of itemsOf(items, keySlot !== undefined)) {
      if (keySlot !== undefined) slots[keySlot] = key
      slots[valueSlot] = value
      if (test.evaluate(this.#run) !== deciding) continue
      const place = path === undefined ? this.#placeOf(value) : [...path, step]
      if (keySlot !== undefined) this.#places.set(keySlot, place)
      this.#places.set(valueSlot, place)
      const before = this.#faults.size
      this.why(test, deciding)
      // The test need not look at the item by a field of it.
      if (this.#faults.size === before && place !== undefined) this.#add(place, undefined, isKey)
    }
    if (path === undefined && this.#faults.size === 0) this.#look(range)
  }

  /** Why no item of a list that is not of the object decides: what the test looks at with one of them. */
  #whyNone({ range, test, keySlot, valueSlot }: QuantifierNode, actual: boolean): void {
    const [item] = itemsOf(range.evaluate(this.#run), keySlot !== undefined)
    if (item === undefined) return
    if (keySlot !== undefined) this.#run.slots[keySlot] = item.key
    this.#run.slots[valueSlot] = item.value
    this.why(test, actual)
  }

  /** Notes the fields that the value of a node was made from. */
  #look(node: Node): void {
    if (this.#faults.size >= MOST_FAULTS) return
    const path = this.#pathOf(node)
    if (path !== undefined) return this.#add(path, undefined, false)
    switch (node.kind) {
      case 'variable':
        return this.#look(node.definition)
      case 'member':
        this.#look(node.operand)
        return this.#look(node.key)
      case 'conditional':
        return this.#look(node.condition.evaluate(this.#run) === true ? node.yes : node.no)
      case 'bind':
        this.#run.slots[node.slot] = node.value.evaluate(this.#run)
        this.#places.set(node.slot, this.#pathOf(node.value))
        return this.#look(node.body)
      case 'other': {
        const value = node.evaluate(this.#run)
        const places = isList(value) ? value.map((item) => this.#placeOf(item)) : []
        const known = places.filter((place) => place !== undefined)
        if (known.length > 0) for (const place of known) this.#add(place, undefined, false)
        else for (const part of node.parts) this.#look(part)
        break
      }
      case 'literal':
      case 'slot':
        break
      default:
        this.why(node, node.evaluate(this.#run) === true)
    }
  }

  /** Where the value of a node stands in the object; undefined where it does not. */
  #pathOf(node: Node): Path {
    switch (node.kind) {
      case 'slot': {
        const path = this.#places.get(node.slot)
        return path ?? this.#placeOf(this.#run.slots[node.slot])
      }
      case 'variable':
        return this.#pathOf(node.definition)
      case 'conditional':
        return this.#pathOf(node.condition.evaluate(this.#run) === true ? node.yes : node.no)
      case 'member': {
        const of = this.#pathOf(node.operand)
        const key = of === undefined ? undefined : node.key.evaluate(this.#run)
        return of !== undefined && (typeof key === 'string' || typeof key === 'number') ? [...of, key] : undefined
      }
      case 'bind':
      case 'literal':
        return undefined
      case 'other':
        if (node.handsOn !== undefined) return this.#pathOfPresent(node.handsOn)
        return node.type.name === 'bool' ? undefined : this.#placeOf(node.evaluate(this.#run))
      default:
        return undefined
    }
  }

  /** Where the first stands that is there, or the first of all. */
  #pathOfPresent(nodes: readonly Node[]): Path {
    const isThere = (node: Node): boolean => {
      const value = node.evaluate(this.#run)
      return !(value instanceof CelError) && !(value instanceof Optional && value.value === undefined)
    }
    const places = nodes.map((node) => ({ node, path: this.#pathOf(node) })).filter(({ path }) => path !== undefined)
    return (places.find(({ node }) => isThere(node)) ?? places[0])?.path
  }

  /** Where a list or map stands in the object, as the thing that it is: computed lists still hold the items themselves. */
  #placeOf(value: Value | undefined): Path {
    if (typeof value !== 'object' || value === null || value instanceof CelError) return undefined
    this.#known ??= placesIn(this.#root, this.#run)
    return this.#known.get(value)
  }

  #add(path: readonly Step[], wanted: Value | undefined, isUnwanted: boolean): void {
    const id = JSON.stringify(path)
    const known = this.#faults.get(id)
    if (known !== undefined && (known.wanted !== undefined || wanted === undefined)) return
    if (this.#faults.size >= MOST_FAULTS) return
    const isMissing = valueAt(this.#root, path) === undefined
    this.#faults.set(id, { path, isMissing, wanted, isUnwanted: isUnwanted && !isMissing })
  }
}

/** What a side of a comparison should be: what the other is, where that is written in the expression. */
function wantedOf(other: Node, shouldBeEqual: boolean): Value | undefined {
  if (other.kind !== 'literal') return undefined
  if (shouldBeEqual) return other.value
  return typeof other.value === 'boolean' ? !other.value : undefined
}

interface Item {
  readonly key: Value
  readonly value: Value
  readonly step: Step
  /** What was gone over are the keys of a map. */
  readonly isKey: boolean
}

function itemsOf(range: Value, withKeys: boolean): readonly Item[] {
  if (isList(range)) {
    return range.map((item, index) => ({ key: index, value: adapt(item), step: index, isKey: false }))
  }
  if (!isMap(range)) return []
  return entriesOf(range).map(([key, value]) => {
    const id = keyOf(key)
    const step = typeof id === 'number' || typeof id === 'string' ? id : String(id)
    return { key, value: withKeys ? value : key, step, isKey: !withKeys }
  })
}

function valueAt(root: Value, path: readonly Step[]): Value | undefined {
  let value: Value | undefined = root
  for (const step of path) {
    if (value === undefined) return undefined
    if (isList(value)) value = typeof step === 'number' ? value[step] : undefined
    else value = isMap(value) ? lookUp(value, step) : undefined
  }
  return value
}

function placesIn(root: Value, run: Run): Map<object, readonly Step[]> {
  const places = new Map<object, readonly Step[]>()
  const pending: [Value, readonly Step[]][] = [[root, []]]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [value, path] = next
    if (typeof value !== 'object' || value === null || places.has(value)) continue
    run.spend(1)
    places.set(value, path)
    if (isList(value)) for (const [index, item] of value.entries()) pending.push([item, [...path, index]])
    else if (isMap(value)) {
      for (const [key, item] of entriesOf(value)) if (typeof key === 'string') pending.push([item, [...path, key]])
    }
  }
  return places
}

function isBelow(path: readonly Step[], above: readonly Step[]): boolean {
  return above.every((step, index) => path[index] === step)
}
