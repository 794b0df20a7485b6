/** Macros: calls that bind names, and evaluate an argument for each item. */
import type { Node } from './node.ts'
import { noOverload } from './members.ts'
import { CelProblem } from './problem.ts'
import type { Run } from './run.ts'
import type { Scope } from './scope.ts'
import type { Call, Expression } from './syntax/ast.ts'
import { addEntry } from './literals.ts'
import { compareValues } from './values/compare.ts'
import { BOOL, DYN, INT, isDyn, listOf, mapOf, optionalOf, typeText, type Type } from './types.ts'
import { entriesOf, isMap, keysOf } from './values/maps.ts'
import { adapt, CelError, CelMap, isList, NONE, Optional, type MapKey, type Value } from './values/value.ts'

/** What macros need of the checker. */
export interface MacroChecker {
  check(expression: Expression, scope: Scope | undefined): Node
  bind(name: string, type: Type, parent: Scope | undefined): Scope
}

/** The items of a list or map, to be gone over. */
interface Loop {
  readonly range: Node
  readonly keySlot: number | undefined
  readonly valueSlot: number
  readonly scope: Scope
}

const QUANTIFIERS: Readonly<Record<string, 'all' | 'exists' | 'existsOne'>> = {
  all: 'all',
  exists: 'exists',
  exists_one: 'existsOne',
  existsOne: 'existsOne',
}

/** The closure of a macro; undefined for what is an ordinary call. */
export function checkMacro(checker: MacroChecker, call: Call, scope: Scope | undefined): Node | undefined {
  const { target, name, arguments: list } = call
  if (target === undefined) return undefined
  const isCel = target.kind === 'identifier' && target.name === 'cel'
  if (isCel && name === 'bind' && list.length === 3) return checkBind(checker, call, scope)
  const quantifier = Object.hasOwn(QUANTIFIERS, name) ? QUANTIFIERS[name] : undefined
  if (quantifier !== undefined && (list.length === 2 || list.length === 3)) {
    return checkQuantifier(checker, quantifier, call, scope)
  }
  if (name === 'filter' && list.length === 2) return checkFilter(checker, call, scope)
  if (name === 'map' && (list.length === 2 || list.length === 3)) return checkList(checker, call, 1, scope)
  if (list.length === 3 || list.length === 4) {
    if (name === 'transformList') return checkList(checker, call, 2, scope)
    if (name === 'transformMap' || name === 'transformMapEntry') return checkTransformMap(checker, call, scope)
  }
  if (name === 'sortBy' && list.length === 2) return checkSortBy(checker, call, scope)
  if ((name === 'optMap' || name === 'optFlatMap') && list.length === 2) return checkOptional(checker, call, scope)
  return undefined
}

function checkBind(checker: MacroChecker, call: Call, scope: Scope | undefined): Node {
  const [, valueTree, bodyTree] = call.arguments as readonly [Expression, Expression, Expression]
  const value = checker.check(valueTree, scope)
  const inner = checker.bind(nameAt(call, 0), value.type, scope)
  const body = checker.check(bodyTree, inner)
  const { slot } = inner.binding
  const evaluate = (run: Run): Value => {
    run.spend(1)
    // A value that cannot be had only counts where it is used.
    run.slots[slot] = value.evaluate(run)
    return body.evaluate(run)
  }
  return { kind: 'bind', slot, value, body, type: body.type, evaluate }
}

function checkQuantifier(
  checker: MacroChecker,
  macro: 'all' | 'exists' | 'existsOne',
  call: Call,
  scope: Scope | undefined,
): Node {
  const loop = openLoop(checker, call, call.arguments.length - 1, scope)
  const test = checkTest(checker, call, call.arguments.length - 1, loop)
  const { range, keySlot, valueSlot } = loop
  const evaluate =
    macro === 'existsOne' ? (run: Run): Value => countsOne(run, loop, test) : quantify(macro === 'exists', loop, test)
  return { kind: 'quantifier', macro, range, test, keySlot, valueSlot, type: BOOL, evaluate }
}

/** Like `||` for exists, `&&` for all: an error does not count where another item decides. */
function quantify(deciding: boolean, loop: Loop, test: Node): (run: Run) => Value {
  return (run) => {
    let error: CelError | undefined
    let isDecided = false
    const failure = forEach(run, loop, () => {
      const value = test.evaluate(run)
      if (value === deciding) isDecided = true
      else if (typeof value !== 'boolean') error ??= value instanceof CelError ? value : noOverload('_&&_', value)
      return isDecided
    })
    if (failure !== undefined) return failure
    return isDecided ? deciding : (error ?? !deciding)
  }
}

function countsOne(run: Run, loop: Loop, test: Node): Value {
  let count = 0
  let error: CelError | undefined
  const failure = forEach(run, loop, () => {
    const value = test.evaluate(run)
    if (value === true) count++
    else if (value !== false) error = value instanceof CelError ? value : noOverload('exists_one', value)
    return error !== undefined
  })
  return failure ?? error ?? count === 1
}

function checkFilter(checker: MacroChecker, call: Call, scope: Scope | undefined): Node {
  const loop = openLoop(checker, call, 1, scope)
  const test = checkTest(checker, call, 1, loop)
  const evaluate = (run: Run): Value => {
    const kept: Value[] = []
    let error: CelError | undefined
    const failure = forEach(run, loop, (value) => {
      const holds = test.evaluate(run)
      if (holds === true) kept.push(value)
      else if (holds !== false) error = holds instanceof CelError ? holds : noOverload('filter', holds)
      return error !== undefined
    })
    return failure ?? error ?? kept
  }
  const type = listOf(loopTypes(loop.range.type, 1, call).value)
  return { kind: 'other', parts: [loop.range], type, evaluate }
}

/** `map` with one name, `transformList` with two; each may filter. */
function checkList(checker: MacroChecker, call: Call, names: number, scope: Scope | undefined): Node {
  const loop = openLoop(checker, call, names, scope)
  const test = call.arguments.length === names + 2 ? checkTest(checker, call, names, loop) : undefined
  const result = checker.check(last(call), loop.scope)
  const evaluate = (run: Run): Value => {
    const made: Value[] = []
    let error: CelError | undefined
    const failure = forEach(run, loop, () => {
      const holds = test === undefined ? true : test.evaluate(run)
      const value = holds === true ? result.evaluate(run) : holds
      if (value instanceof CelError) error = value
      else if (holds === true) made.push(value)
      else if (holds !== false) error = noOverload(call.name, holds)
      return error !== undefined
    })
    return failure ?? error ?? made
  }
  return { kind: 'other', parts: [loop.range], type: listOf(result.type), evaluate }
}

/** `transformMap` makes new values for keys, `transformMapEntry` new entries. */
function checkTransformMap(checker: MacroChecker, call: Call, scope: Scope | undefined): Node {
  const loop = openLoop(checker, call, 2, scope)
  const test = call.arguments.length === 4 ? checkTest(checker, call, 2, loop) : undefined
  const result = checker.check(last(call), loop.scope)
  const makesEntries = call.name === 'transformMapEntry'
  const add = (map: Map<MapKey, readonly [Value, Value]>, key: Value, value: Value): CelError | undefined => {
    if (!makesEntries) return addEntry(map, key, value)
    if (!isMap(value)) return noOverload(call.name, value)
    for (const [each, item] of entriesOf(value)) {
      const problem = addEntry(map, each, item)
      if (problem !== undefined) return problem
    }
    return undefined
  }
  const evaluate = (run: Run): Value => {
    const map = new Map<MapKey, readonly [Value, Value]>()
    let error: CelError | undefined
    const failure = forEach(run, loop, (_, key) => {
      const holds = test === undefined ? true : test.evaluate(run)
      const value = holds === true ? result.evaluate(run) : holds
      if (value instanceof CelError) error = value
      else if (holds === true) error = add(map, key, value)
      else if (holds !== false) error = noOverload(call.name, holds)
      return error !== undefined
    })
    return failure ?? error ?? new CelMap(map)
  }
  const type = makesEntries
    ? result.type
    : mapOf(loop.range.type.name === 'list' ? INT : (loop.range.type.of[0] ?? DYN), result.type)
  return { kind: 'other', parts: [loop.range], type, evaluate }
}

function checkSortBy(checker: MacroChecker, call: Call, scope: Scope | undefined): Node {
  const loop = openLoop(checker, call, 1, scope)
  const by = checker.check(last(call), loop.scope)
  const evaluate = (run: Run): Value => {
    const pairs: (readonly [key: Value, value: Value])[] = []
    let error: CelError | undefined
    const failure = forEach(run, loop, (value) => {
      const key = by.evaluate(run)
      if (key instanceof CelError) error = key
      else if (compareValues(pairs[0]?.[0] ?? key, key) === undefined) error = noOverload('sortBy', key)
      else pairs.push([key, value])
      return error !== undefined
    })
    run.spend(pairs.length * Math.ceil(Math.log2(pairs.length + 1)))
    return failure ?? error ?? pairs.toSorted(([a], [b]) => compareValues(a, b) ?? 0).map(([, value]) => value)
  }
  return { kind: 'other', parts: [loop.range], type: loop.range.type, evaluate }
}

/** `optMap` wraps what it makes, `optFlatMap` makes optionals. */
function checkOptional(checker: MacroChecker, call: Call, scope: Scope | undefined): Node {
  const { offset } = call
  const target = checker.check(call.target ?? last(call), scope)
  if (!isDyn(target.type) && target.type.name !== 'optional_type') {
    throw new CelProblem(`${call.name} is for optionals, not for ${typeText(target.type)}`, offset)
  }
  const inner = checker.bind(nameAt(call, 0), target.type.of[0] ?? DYN, scope)
  const body = checker.check(last(call), inner)
  const { slot } = inner.binding
  const wraps = call.name === 'optMap'
  const evaluate = (run: Run): Value => {
    run.spend(1)
    const optional = target.evaluate(run)
    if (optional instanceof CelError) return optional
    if (!(optional instanceof Optional)) return noOverload(call.name, optional)
    if (optional.value === undefined) return NONE
    run.slots[slot] = optional.value
    const value = body.evaluate(run)
    if (value instanceof CelError) return value
    if (wraps) return new Optional(value)
    return value instanceof Optional ? value : noOverload(call.name, value)
  }
  return { kind: 'other', parts: [target], type: wraps ? optionalOf(body.type) : body.type, evaluate }
}

function openLoop(checker: MacroChecker, call: Call, names: number, scope: Scope | undefined): Loop {
  const range = checker.check(call.target ?? last(call), scope)
  const types = loopTypes(range.type, names, call)
  if (names === 1) {
    const inner = checker.bind(nameAt(call, 0), types.value, scope)
    return { range, keySlot: undefined, valueSlot: inner.binding.slot, scope: inner }
  }
  const [first, second] = [nameAt(call, 0), nameAt(call, 1)]
  if (first === second) throw new CelProblem(`${call.name} names both ${first}`, call.offset)
  const outer = checker.bind(first, types.key, scope)
  const inner = checker.bind(second, types.value, outer)
  return { range, keySlot: outer.binding.slot, valueSlot: inner.binding.slot, scope: inner }
}

/** With one name a map is gone over by its keys. */
function loopTypes(type: Type, names: number, call: Call): { readonly key: Type; readonly value: Type } {
  if (isDyn(type)) return { key: DYN, value: DYN }
  if (type.name === 'list') return { key: INT, value: type.of[0] ?? DYN }
  if (type.name !== 'map')
    throw new CelProblem(`${call.name} is for lists and maps, not for ${typeText(type)}`, call.offset)
  const [key = DYN, value = DYN] = type.of
  return { key, value: names === 1 ? key : value }
}

/** Visits items until the visitor says true; gives an error where there are no items to be had. */
function forEach(run: Run, loop: Loop, visit: (value: Value, key: Value) => boolean): CelError | undefined {
  const range = loop.range.evaluate(run)
  if (range instanceof CelError) return range
  const { keySlot, valueSlot } = loop
  const { slots } = run
  const items = isList(range) ? range : isMap(range) ? (keySlot === undefined ? keysOf(range) : undefined) : null
  if (items === null) return noOverload('a macro over items', range)
  if (items === undefined && isMap(range)) {
    for (const [key, value] of entriesOf(range)) {
      run.spend(1)
      if (keySlot !== undefined) slots[keySlot] = key
      slots[valueSlot] = value
      if (visit(value, key)) return undefined
    }
    return undefined
  }
  let index = 0
  for (const item of items ?? []) {
    run.spend(1)
    const value = adapt(item)
    if (keySlot !== undefined) slots[keySlot] = index
    slots[valueSlot] = value
    if (visit(value, index)) return undefined
    index++
  }
  return undefined
}

function checkTest(checker: MacroChecker, call: Call, place: number, loop: Loop): Node {
  const tree = call.arguments[place] ?? last(call)
  const test = checker.check(tree, loop.scope)
  if (!isDyn(test.type) && test.type.name !== 'bool') {
    throw new CelProblem(`what ${call.name} tests must be bool, it is ${typeText(test.type)}`, tree.offset)
  }
  return test
}

function nameAt(call: Call, place: number): string {
  const tree = call.arguments[place]
  if (tree?.kind !== 'identifier' || tree.isAbsolute) {
    throw new CelProblem(`${call.name} takes a name as argument ${place + 1}`, tree?.offset ?? call.offset)
  }
  return tree.name
}

function last(call: Call): Expression {
  const tree = call.arguments.at(-1)
  if (tree === undefined) throw new CelProblem(`${call.name} takes arguments`, call.offset)
  return tree
}
