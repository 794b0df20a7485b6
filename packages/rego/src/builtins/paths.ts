/** Builtins that name parts of objects by paths: `a/b`, or `["a", "b"]`. */
import { ANY, arrayOf, either, objectOf, setOf, STRING } from '../types/type.ts'
import { isObject, objectFrom } from '../values/object.ts'
import { get, keysOf, RegoSet, ValueMap, type ObjectValue, type Value } from '../values/value.ts'
import { type Builtin, type BuiltinContext, define } from './builtin.ts'
import { membersOperand, mismatch, objectOperand } from './operands.ts'

const PATH = either(STRING, arrayOf(ANY))
const PATHS = either(arrayOf(PATH), setOf(PATH))
const OBJECT = objectOf(ANY, ANY)

/** `json.filter`, `json.remove`. */
export const PATH_BUILTINS: readonly Builtin[] = [
  define('json.filter', [OBJECT, PATHS], OBJECT, (context, operand, paths) =>
    kept(context, objectOperand(operand, 1), branchesOf(context, paths)),
  ),
  define(
    'json.remove',
    [OBJECT, PATHS],
    OBJECT,
    (context, operand, paths) => rest(context, objectOperand(operand, 1), branchesOf(context, paths)) ?? {},
  ),
]

/** Where paths go on from here; at the end of one there is null. */
type Branches = ValueMap<Branches | null>

/**
 * The steps of a path: texts are split at slashes, `~1` is a slash and `~0` a tilde (RFC 6901). The empty text is the whole.
 * @throws {BuiltinError} for what is no path
 */
export function pathOf(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value as readonly Value[]
  if (typeof value !== 'string') {
    throw mismatch(value, 2, 'one of {set, array} containing string paths or array of path segments')
  }
  if (value === '') return []
  let start = 0
  while (value.charCodeAt(start) === 0x2f) start++
  const steps = value.slice(start).split('/')
  return value.includes('~') ? steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')) : steps
}

function branchesOf(context: BuiltinContext, value: Value): Branches {
  const root: Branches = new ValueMap()
  for (const member of membersOperand(value, 2)) {
    const path = pathOf(member)
    context.spend(path.length)
    let branches: Branches | null = root
    for (const [place, step] of path.entries()) {
      if (place === path.length - 1) {
        branches.set(step, null)
        break
      }
      let next: Branches | null | undefined = branches.get(step)
      // A shorter path that ends here takes all anyway.
      if (next === null) break
      if (next === undefined) branches.set(step, (next = new ValueMap()))
      branches = next
    }
  }
  return root
}

/** What lies on the paths. Scalars where a path goes on are kept. */
function kept(context: BuiltinContext, value: Value, branches: Branches | null): Value {
  if (branches === null || value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) {
    const items = value as readonly Value[]
    context.spend(items.length)
    return items.flatMap((item, place) => {
      const next = branches.get(String(place))
      return next === undefined ? [] : [kept(context, item, next)]
    })
  }
  if (value instanceof RegoSet) {
    context.spend(value.size)
    const members = new RegoSet()
    for (const member of value.values()) {
      const next = branches.get(member)
      if (next !== undefined) members.add(kept(context, member, next))
    }
    return members
  }
  if (!isObject(value)) return value
  const entries: [Value, Value][] = []
  const keys = branches.keys()
  context.spend(keys.length)
  for (const key of keys) {
    const found = get(value, key)
    if (found !== undefined) entries.push([key, kept(context, found, branches.get(key) as Branches | null)])
  }
  return objectFrom(entries)
}

/** What does not lie on the paths; undefined where nothing is left because a path ends here. */
function rest(context: BuiltinContext, value: Value, branches: Branches | null | undefined): Value | undefined {
  if (branches === undefined) return value
  if (branches === null) return undefined
  if (Array.isArray(value)) {
    const items = value as readonly Value[]
    context.spend(items.length)
    return items.flatMap((item, place) => {
      const left = rest(context, item, branches.get(String(place)))
      return left === undefined ? [] : [left]
    })
  }
  if (value instanceof RegoSet) {
    context.spend(value.size)
    const members = new RegoSet()
    for (const member of value.values()) {
      const left = rest(context, member, branches.get(member))
      if (left !== undefined) members.add(left)
    }
    return members
  }
  return isObject(value) ? restOfObject(context, value, branches) : value
}

function restOfObject(context: BuiltinContext, object: ObjectValue, branches: Branches): Value {
  const entries: [Value, Value][] = []
  const keys = keysOf(object)
  context.spend(keys.length)
  for (const key of keys) {
    const left = rest(context, get(object, key) as Value, branches.get(key))
    if (left !== undefined) entries.push([key, left])
  }
  return objectFrom(entries)
}
