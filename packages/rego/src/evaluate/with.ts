/** `with`: documents and functions replaced while a literal is tried, and put back for everything after it. */
import type { Term, With } from '../syntax/ast.ts'
import { emptyObject, isObject } from '../values/object.ts'
import { keysOf, get, type Value } from '../values/value.ts'
import type { Frame, Read, Step } from './frame.ts'
import { builtinName, namesOf } from './ground.ts'
import type { Planner } from './planner.ts'
import { makeCache, type Cache, type Mock, type Replaced, type Runtime } from './runtime.ts'
import type { Scope } from './scope.ts'
import { eachOf } from './terms.ts'

/** Everything that a `with` changes. */
interface World {
  readonly input: Value | undefined
  readonly replaced: Replaced | undefined
  readonly mocks: ReadonlyMap<string, Mock> | undefined
  readonly cache: Cache
}

/** What one `with` does to a world. */
type Change = (world: World, values: readonly (Value | Mock)[]) => World

/** Compiles a literal with replacements; `compile` makes the literal itself, `next` what follows it. */
export function withReplaced(
  planner: Planner,
  withs: readonly With[],
  scope: Scope,
  compile: (next: () => Step) => Step,
  next: () => Step,
): Step {
  const { runtime } = planner
  const changes = withs.map((each, place) => changeOf(planner, each, place))
  const terms = withs.map(({ value }) => (mockOf(planner, value) === undefined ? value : undefined))
  const asked = terms.filter((term) => term !== undefined)
  return eachOf(planner, asked, scope, (reads) => {
    const outside = scope.layout.temporary()
    const step = compile(() => {
      const following = next()
      return (frame) => {
        const inside = enter(runtime, frame[outside] as World)
        const isEnough = following(frame)
        enter(runtime, inside)
        return isEnough
      }
    })
    return (frame) => {
      const values = valuesOf(planner, withs, reads, frame)
      if (values === undefined) return false
      const world = currentWorld(runtime)
      let changed = world
      for (const change of changes) changed = change(changed, values)
      frame[outside] = world
      enter(runtime, { ...changed, cache: makeCache() })
      try {
        return step(frame)
      } finally {
        enter(runtime, world)
      }
    }
  })
}

function currentWorld({ input, replaced, mocks, cache }: Runtime): World {
  return { input, replaced, mocks, cache }
}

/** Makes a world the current one, and gives the one that was. */
function enter(runtime: Runtime, world: World): World {
  const before = currentWorld(runtime)
  runtime.input = world.input
  runtime.replaced = world.replaced
  runtime.mocks = world.mocks
  runtime.cache = world.cache
  return before
}

function valuesOf(
  planner: Planner,
  withs: readonly With[],
  reads: readonly Read[],
  frame: Frame,
): (Value | Mock)[] | undefined {
  const values: (Value | Mock)[] = []
  let place = 0
  for (const { value } of withs) {
    const mock = mockOf(planner, value)
    if (mock !== undefined) values.push(mock)
    else {
      const found = reads[place++]?.(frame)
      if (found === undefined) return undefined
      values.push(found)
    }
  }
  return values
}

/** The function that a term names; undefined where it is a value. */
function mockOf(planner: Planner, term: Term): Mock | undefined {
  if (term.type !== 'variable' && term.type !== 'ref') return undefined
  const group = term.type === 'ref' ? planner.group(namesOf(term.operands)) : undefined
  if (group?.isFunction === true && term.type === 'ref' && isData(term.head)) {
    return (args) => group.call(args) as Value | undefined
  }
  const builtin = planner.builtins.get(builtinName(term) ?? '')
  if (builtin === undefined || isData(term)) return undefined
  const { runtime } = planner
  return (args) => (runtime.context === undefined ? undefined : builtin.call(runtime.context, ...args))
}

function changeOf(planner: Planner, { target }: With, place: number): Change {
  const path = target.type === 'ref' ? target.operands : []
  const root = target.type === 'ref' ? target.head : target
  if (root.type === 'variable' && root.name === 'input') {
    const names = namesOf(path)
    return (world, values) => ({ ...world, input: replaceIn(world.input, names, 0, values[place] as Value) })
  }
  const builtin = builtinName(target)
  const name = builtin ?? callName(namesOf(path))
  const isFunction =
    builtin === undefined ? planner.group(namesOf(path))?.isFunction === true : planner.builtins.has(builtin)
  if (isFunction) {
    return (world, values) => {
      const value = values[place] as Value | Mock
      const mock: Mock = typeof value === 'function' ? value : () => value
      return { ...world, mocks: new Map(world.mocks).set(name, mock) }
    }
  }
  const names = namesOf(path)
  return (world, values) => ({ ...world, replaced: replaceAt(world.replaced, names, 0, values[place] as Value) })
}

/** The name under which calls of a function of a policy look for a replacement. */
export function callName(path: readonly string[]): string {
  return `data ${path.join(' ')}`
}

function isData(term: Term): boolean {
  return term.type === 'variable' && term.name === 'data'
}

/** The document with another value at a path; what it has beside that path stays. */
function replaceIn(document: Value | undefined, path: readonly string[], depth: number, value: Value): Value {
  const name = path[depth]
  if (name === undefined) return value
  const copy = emptyObject()
  // What is no object gives way to one.
  if (isObject(document))
    for (const key of keysOf(document)) if (typeof key === 'string') copy[key] = get(document, key) as Value
  copy[name] = replaceIn(copy[name], path, depth + 1, value)
  return copy
}

function replaceAt(replaced: Replaced | undefined, path: readonly string[], depth: number, value: Value): Replaced {
  const name = path[depth]
  if (name === undefined) return { value, children: new Map() }
  if (replaced?.value !== undefined) {
    // Part of a replacement is replaced again.
    const whole = replaceIn(replaced.value, path.slice(depth), 0, value)
    return { value: whole, children: new Map() }
  }
  const children = new Map(replaced?.children)
  children.set(name, replaceAt(replaced?.children.get(name), path, depth + 1, value))
  return { children }
}
