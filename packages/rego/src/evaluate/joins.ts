/**
 * Hash joins: `x := xs[_]` followed by conditions such as `x.kind == "Pod"` or `x.namespace == y.namespace` visits only the items that
 * can hold, by an index over the collection. The conditions stay where they are; the index only leaves out what they would.
 */
import type { Body, Literal, Ref, Term } from '../syntax/ast.ts'
import { Decimal } from '../values/decimal.ts'
import { RegoSet, type Value } from '../values/value.ts'
import type { Frame, Read, Step } from './frame.ts'
import { builtinName, constantOf, isGround } from './ground.ts'
import { IndexStore, valueAt, type Extract, type Key } from './item-index.ts'
import type { Planner } from './planner.ts'
import { chain, scan } from './references.ts'
import type { Scope } from './scope.ts'

/** Collections shorter than this are visited as they are. */
const WORTH_AN_INDEX = 8
/** More conditions than this do not make a better index. */
const MOST_CONDITIONS = 3

const store = new IndexStore()

/** A condition on an item: the value at a path, or what an expression makes of the item, is this, or one of these. */
interface Condition {
  readonly of: readonly string[] | Term
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
  const extract = extractors(planner, conditions, scope, item)
  const { paths } = extract
  const id = paths === undefined ? {} : JSON.stringify(paths)
  return (frame) => {
    const collection = base(frame)
    if (collection === undefined) return false
    // Strictly, an expression that fails ends the evaluation: it is not tried on items that nobody asked for.
    if (
      Array.isArray(collection) &&
      collection.length >= WORTH_AN_INDEX &&
      !(paths === undefined && runtime.isStrict)
    ) {
      const items = collection as readonly Value[]
      const known = paths === undefined ? (runtime.cache.indexes ??= new IndexStore()) : store
      const index = known.index(items, id, () => extract.at(frame))
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

/** What an index takes of the items: values at paths, which any policy may share, or what expressions make of them. */
interface Extractors {
  readonly paths?: readonly (readonly string[])[]
  at(frame: Frame): readonly Extract[]
}

function extractors(planner: Planner, conditions: readonly Condition[], scope: Scope, item: number): Extractors {
  const { runtime } = planner
  const reads = conditions.map(({ of }) => (isPath(of) ? of : planner.read(of, scope)))
  const at = (frame: Frame): readonly Extract[] =>
    reads.map((read) =>
      typeof read === 'function'
        ? (each) => {
            runtime.step()
            frame[item] = each
            return read(frame)
          }
        : (each) => valueAt(each, read),
    )
  const paths = conditions.map(({ of }) => of)
  return paths.every(isPath) ? { paths, at } : { at }
}

function isPath(of: Condition['of']): of is readonly string[] {
  return Array.isArray(of)
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

/** What the literals behind the item have said so far. */
interface Known {
  /** The variable of the item. */
  readonly name: string
  /** Variables that stand for what is at a path below the item. */
  readonly aliases: Map<string, readonly string[]>
  readonly constants: Map<string, Value>
}

/** Conditions of the next literals that only depend on the item and on what is bound before it. */
function conditionsOn(planner: Planner, name: string, following: Body, scope: Scope): Condition[] {
  const conditions: Condition[] = []
  const known: Known = { name, aliases: new Map([[name, []]]), constants: new Map() }
  for (const literal of following) {
    if (conditions.length === MOST_CONDITIONS || !isSimple(literal)) break
    const { term } = literal.expression
    if (term.type === 'ref') {
      const condition = membership(term, known, scope)
      if (condition !== undefined) conditions.push(condition)
      continue
    }
    if (term.type !== 'call' || term.operator.type !== 'variable') continue
    const [left, right] = term.args as readonly [Term, Term]
    switch (term.operator.name) {
      case 'assign':
      case 'eq':
      case 'equal': {
        const condition = equality(planner, left, right, known, scope) ?? equality(planner, right, left, known, scope)
        if (condition !== undefined) conditions.push(condition)
        else if (left.type === 'variable' && !scope.isBound(left.name)) remember(left.name, right, known)
        break
      }
      case 'internal.member_2': {
        const path = pathOf(left, known.aliases)
        const values = scalarsOf(constantOf(right) ?? valueOf(right, known, scope))
        if (path !== undefined && values !== undefined) conditions.push({ of: path, key: values })
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
  return SIMPLE_CALLS.has(term.operator.name) && term.args.length === 2 && term.args.every(isPure)
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

/** A plain term, or a call of plain terms. */
function isPure(term: Term): boolean {
  return isPlain(term) || (term.type === 'call' && term.args.every(isPure))
}

/** True for an expression that nothing but the item can change. */
function isOfItem(planner: Planner, term: Term, name: string): boolean {
  if (term.type === 'variable') return term.name === name
  if (term.type === 'ref')
    return (
      term.head.type === 'variable' &&
      term.head.name === name &&
      term.operands.every((each) => constantOf(each) !== undefined)
    )
  if (term.type !== 'call') return constantOf(term) !== undefined
  const builtin = planner.builtins.get(builtinName(term.operator) ?? '')
  if (builtin?.isRelation === true || builtin?.isNondeterministic === true) return false
  return (
    term.args.length === planner.arity(term.operator) &&
    term.args.every((each) => isOfItem(planner, each, name) || constantOf(each) !== undefined)
  )
}

function equality(planner: Planner, side: Term, other: Term, known: Known, scope: Scope): Condition | undefined {
  const of =
    pathOf(side, known.aliases) ?? (side.type === 'call' && isOfItem(planner, side, known.name) ? side : undefined)
  if (of === undefined || (isPath(of) && of.length === 0)) return undefined
  const constant = constantOf(other) ?? valueOf(other, known, scope)
  if (constant !== undefined) return scalarsOf([constant]) === undefined ? undefined : { of, key: () => constant }
  if (!isPure(other) || !isGround(other, scope, planner.builtins)) return undefined
  return { of, key: planner.read(other, scope) }
}

/** `names[item.kind]` with a constant set of names. */
function membership(term: Ref, known: Known, scope: Scope): Condition | undefined {
  const [operand] = term.operands
  if (operand === undefined || term.operands.length !== 1) return undefined
  const path = pathOf(operand, known.aliases)
  const set = valueOf(term.head, known, scope)
  if (path === undefined || !(set instanceof RegoSet)) return undefined
  const values = scalarsOf(set)
  return values === undefined ? undefined : { of: path, key: values }
}

function remember(name: string, term: Term, { aliases, constants }: Known): void {
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

function valueOf(term: Term, { constants }: Known, scope: Scope): Value | undefined {
  return term.type === 'variable' ? (constants.get(term.name) ?? scope.constant(term.name)) : undefined
}

/** The members of a collection when all of them are scalars that an index can hold. */
function scalarsOf(value: Value | undefined): readonly Value[] | undefined {
  const items =
    value instanceof RegoSet ? value.values() : Array.isArray(value) ? (value as readonly Value[]) : undefined
  return items?.every((item) => typeof item !== 'object' || item === null) === true ? items : undefined
}
