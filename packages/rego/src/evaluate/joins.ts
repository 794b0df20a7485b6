/**
 * Hash joins: `x := xs[_]` followed by conditions such as `x.kind == "Pod"` or `x.namespace == y.namespace` visits only the items that
 * can hold, by an index over the collection. The conditions stay where they are; the index only leaves out what they would.
 */
import type { Body, Literal, Term } from '../syntax/ast.ts'
import { Decimal } from '../values/decimal.ts'
import { RegoSet, type Value } from '../values/value.ts'
import type { Frame, Read, Step } from './frame.ts'
import { constantOf, isGround } from './ground.ts'
import { IndexStore, type Key } from './item-index.ts'
import type { Planner } from './planner.ts'
import { chain, scan } from './references.ts'
import type { Scope } from './scope.ts'

/** Collections shorter than this are visited as they are. */
const WORTH_AN_INDEX = 8
/** More conditions than this do not make a better index. */
const MOST_CONDITIONS = 3

const store = new IndexStore()

/** A condition on an item: the value at a path is this, or one of these. */
interface Condition {
  readonly path: readonly string[]
  readonly key: Read | readonly Value[]
}

/** Compiles `name := term` as a join; undefined where it is none. */
export function joinScan(
  planner: Planner,
  name: string,
  term: Term,
  following: Body,
  scope: Scope,
  next: () => Step,
): Step | undefined {
  if (term.type !== 'ref' || following.length === 0) return undefined
  const last = term.operands.at(-1)
  const isFine = (each: Term): boolean => isGround(each, scope, planner.builtins)
  if (last?.type !== 'variable' || isFine(last)) return undefined
  if (term.head.type === 'variable' && term.head.name === 'data') return undefined
  const before = term.operands.slice(0, -1)
  if (!isFine(term.head) || !before.every(isFine)) return undefined
  const conditions = conditionsOn(planner, name, following, scope)
  if (conditions.length === 0) return undefined
  const base = chain(planner, planner.read(term.head, scope), before, scope)
  const at = last.name.startsWith('$') ? scope.layout.temporary() : scope.bind(last.name)
  const item = scope.bind(name)
  const step = next()
  const { runtime } = planner
  const slot = scope.layout.temporary()
  const all = scan(runtime, (frame) => frame[slot] as Value, at, item, step)
  const paths = conditions.map(({ path }) => path)
  const id = JSON.stringify(paths)
  return (frame) => {
    const collection = base(frame)
    if (collection === undefined) return false
    if (Array.isArray(collection) && collection.length >= WORTH_AN_INDEX) {
      const items = collection as readonly Value[]
      const index = store.index(items, paths, id)
      const keys = index === undefined ? undefined : keysOf(conditions, frame)
      if (index !== undefined && keys !== undefined) {
        for (const place of index.find(keys)) {
          if (++runtime.steps >= runtime.due) runtime.breathe()
          frame[at] = place
          frame[item] = items[place]
          if (step(frame)) return true
        }
        return false
      }
    }
    frame[slot] = collection
    return all(frame)
  }
}

/** The keys to look for; undefined where one is nothing that an index holds. */
function keysOf(conditions: readonly Condition[], frame: Frame): Key[] | undefined {
  const keys: Key[] = []
  for (const { key } of conditions) {
    if (typeof key !== 'function') keys.push(key)
    else {
      const value = key(frame)
      if (value === undefined) keys.push([])
      else if (value instanceof Decimal && value.plain !== undefined) keys.push(value.plain)
      else if (typeof value === 'object' && value !== null) return undefined
      else keys.push(value)
    }
  }
  return keys
}

/** Conditions of the next literals that only depend on the item and on what is bound before it. */
function conditionsOn(planner: Planner, name: string, following: Body, scope: Scope): Condition[] {
  const conditions: Condition[] = []
  const aliases = new Map<string, readonly string[]>([[name, []]])
  const constants = new Map<string, Value>()
  for (const literal of following) {
    if (conditions.length === MOST_CONDITIONS || !isSimple(literal)) break
    const { term } = literal.expression
    if (term.type === 'ref') {
      const condition = membership(term, aliases, constants, scope)
      if (condition !== undefined) conditions.push(condition)
      continue
    }
    if (term.type !== 'call' || term.operator.type !== 'variable') continue
    const [left, right] = term.args as readonly [Term, Term]
    switch (term.operator.name) {
      case 'assign':
      case 'eq':
      case 'equal': {
        const condition =
          equality(planner, left, right, aliases, constants, scope) ??
          equality(planner, right, left, aliases, constants, scope)
        if (condition !== undefined) conditions.push(condition)
        else if (left.type === 'variable' && !scope.isBound(left.name)) remember(left.name, right, aliases, constants)
        break
      }
      case 'internal.member_2': {
        const path = pathOf(left, aliases)
        const values = scalarsOf(constantOf(right) ?? known(right, constants, scope))
        if (path !== undefined && values !== undefined) conditions.push({ path, key: values })
        break
      }
      default:
    }
  }
  return conditions
}

/** Literals that do nothing but compare and name: others may print or fail, and are not looked past. */
function isSimple(
  literal: Literal,
): literal is Literal & { readonly expression: { readonly type: 'term'; readonly term: Term } } {
  const { expression, negated, withs } = literal
  if (negated || withs.length > 0 || expression.type !== 'term') return false
  const { term } = expression
  if (term.type === 'ref') return term.head.type === 'variable' && term.operands.every(isPlain)
  if (term.type !== 'call' || term.operator.type !== 'variable') return false
  return SIMPLE_CALLS.has(term.operator.name) && term.args.length === 2 && term.args.every(isPlain)
}

const SIMPLE_CALLS: ReadonlySet<string> = new Set([
  'assign',
  'eq',
  'equal',
  'neq',
  'lt',
  'lte',
  'gt',
  'gte',
  'internal.member_2',
])

function isPlain(term: Term): boolean {
  if (term.type === 'variable' || constantOf(term) !== undefined) return true
  return (
    term.type === 'ref' && term.head.type === 'variable' && term.head.name !== 'data' && term.operands.every(isPlain)
  )
}

function equality(
  planner: Planner,
  side: Term,
  other: Term,
  aliases: ReadonlyMap<string, readonly string[]>,
  constants: ReadonlyMap<string, Value>,
  scope: Scope,
): Condition | undefined {
  const path = pathOf(side, aliases)
  if (path === undefined || path.length === 0) return undefined
  const constant = constantOf(other) ?? known(other, constants, scope)
  if (constant !== undefined) return scalarsOf([constant]) === undefined ? undefined : { path, key: () => constant }
  if (!isGround(other, scope, planner.builtins) || other.type === 'call') return undefined
  if (other.type !== 'variable' && other.type !== 'ref') return undefined
  return { path, key: planner.read(other, scope) }
}

/** `names[item.kind]` with a constant set of names. */
function membership(
  term: Extract<Term, { type: 'ref' }>,
  aliases: ReadonlyMap<string, readonly string[]>,
  constants: ReadonlyMap<string, Value>,
  scope: Scope,
): Condition | undefined {
  const [operand] = term.operands
  if (operand === undefined || term.operands.length !== 1) return undefined
  const path = pathOf(operand, aliases)
  const set = known(term.head, constants, scope)
  if (path === undefined || !(set instanceof RegoSet)) return undefined
  const values = scalarsOf(set)
  return values === undefined ? undefined : { path, key: values }
}

function remember(
  name: string,
  term: Term,
  aliases: Map<string, readonly string[]>,
  constants: Map<string, Value>,
): void {
  const path = pathOf(term, aliases)
  const constant = constantOf(term)
  if (path !== undefined) aliases.set(name, path)
  else if (constant !== undefined) constants.set(name, constant)
}

/** The path of a term below the item: names only. */
function pathOf(term: Term, aliases: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  if (term.type === 'variable') return aliases.get(term.name)
  if (term.type !== 'ref' || term.head.type !== 'variable') return undefined
  const start = aliases.get(term.head.name)
  if (start === undefined) return undefined
  const names: string[] = [...start]
  for (const operand of term.operands) {
    if (operand.type !== 'scalar' || typeof operand.value !== 'string') return undefined
    names.push(operand.value)
  }
  return names
}

function known(term: Term, constants: ReadonlyMap<string, Value>, scope: Scope): Value | undefined {
  return term.type === 'variable' ? (constants.get(term.name) ?? scope.constant(term.name)) : undefined
}

/** The members of a collection when all of them are scalars that an index can hold. */
function scalarsOf(value: Value | undefined): readonly Value[] | undefined {
  const items =
    value instanceof RegoSet ? value.values() : Array.isArray(value) ? (value as readonly Value[]) : undefined
  return items?.every((item) => typeof item !== 'object' || item === null) === true ? items : undefined
}
