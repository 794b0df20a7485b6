/** Calls: of functions of policies, of builtins, of operators that need no call. */
import { BuiltinError, type Builtin } from '../builtins/builtin.ts'
import { EvaluationError } from '../problem.ts'
import type { Call, Location, Ref, Term } from '../syntax/ast.ts'
import { compare, equal, get, keysOf, RegoSet, type ObjectValue, type Value } from '../values/value.ts'
import { valueText } from '../values/value-text.ts'
import type { Frame, Read } from './frame.ts'
import { builtinName, constantOf, namesOf } from './ground.ts'
import { isCollection } from './lookup.ts'
import type { Group, Planner } from './planner.ts'
import type { Runtime } from './runtime.ts'
import { callName } from './with.ts'

/** Compiles a call whose arguments are given. */
export function compileCall(planner: Planner, call: Call, args: readonly Read[]): Read {
  const name = builtinName(call.operator)
  if (name === undefined) {
    const path = namesOf((call.operator as Ref).operands)
    const group = planner.group(path)
    if (group === undefined)
      throw new EvaluationError('eval_internal_error', `no function ${path.join('.')}`, call.location)
    return mockable(planner, callName(path), args, call.location, callGroup(group, args))
  }
  if (name === 'internal.print') return print(planner, call, args)
  const builtin = planner.builtins.get(name)
  if (builtin === undefined) throw new EvaluationError('eval_internal_error', `no builtin ${name}`, call.location)
  const plain = operator(name, call, args) ?? callBuiltin(planner.runtime, builtin, args, call.location)
  return mockable(planner, name, args, call.location, plain)
}

/** A call that looks for a replacement first, where some `with` of the policy makes one. */
function mockable(planner: Planner, name: string, args: readonly Read[], location: Location, plain: Read): Read {
  if (!planner.mockable.has(name)) return plain
  const { runtime } = planner
  return (frame) => {
    const mock = runtime.mocks?.get(name)
    if (mock === undefined) return plain(frame)
    const values = argumentsOf(args, frame)
    if (values === undefined) return undefined
    // In the place of a function it is itself again.
    const mocks = new Map(runtime.mocks)
    mocks.delete(name)
    const before = runtime.mocks
    const { cache } = runtime
    runtime.mocks = mocks
    runtime.cache = { values: [], memos: [] }
    try {
      return mock(values)
    } catch (error) {
      return failed(runtime, error, name, location)
    } finally {
      runtime.mocks = before
      runtime.cache = cache
    }
  }
}

function argumentsOf(args: readonly Read[], frame: Frame): Value[] | undefined {
  const values: Value[] = []
  for (const read of args) {
    const value = read(frame)
    if (value === undefined) return undefined
    values.push(value)
  }
  return values
}

function callGroup(group: Group, args: readonly Read[]): Read {
  return (frame) => {
    const values = argumentsOf(args, frame)
    return values === undefined ? undefined : (group.call(values) as Value | undefined)
  }
}

function callBuiltin(runtime: Runtime, builtin: Builtin, args: readonly Read[], location: Location): Read {
  const [first, second] = args as [Read, Read]
  const { call, name } = builtin
  // The usual counts of arguments need no list.
  if (args.length === 1) {
    return (frame) => {
      const a = first(frame)
      if (a === undefined) return undefined
      if (++runtime.steps >= runtime.due) runtime.breathe()
      try {
        return call(runtime.context as never, a)
      } catch (error) {
        return failed(runtime, error, name, location)
      }
    }
  }
  if (args.length === 2) {
    return (frame) => {
      const a = first(frame)
      if (a === undefined) return undefined
      const b = second(frame)
      if (b === undefined) return undefined
      if (++runtime.steps >= runtime.due) runtime.breathe()
      try {
        return call(runtime.context as never, a, b)
      } catch (error) {
        return failed(runtime, error, name, location)
      }
    }
  }
  return (frame) => {
    const values = argumentsOf(args, frame)
    if (values === undefined) return undefined
    runtime.step()
    try {
      return call(runtime.context as never, ...values)
    } catch (error) {
      return failed(runtime, error, name, location)
    }
  }
}

/** A builtin that fails has no value; strictly, the evaluation ends. */
function failed(runtime: Runtime, error: unknown, name: string, location: Location): undefined {
  if (error instanceof BuiltinError) {
    if (!runtime.isStrict) return undefined
    const message = error.message.startsWith(name) ? error.message : `${name}: ${error.message}`
    throw new EvaluationError(error.code, message, location)
  }
  if (error instanceof EvaluationError && error.location === undefined) {
    throw new EvaluationError(error.code, error.message, location)
  }
  throw error
}

/** Operators on values that need no checks of their operands. */
function operator(name: string, { args: terms }: Call, args: readonly Read[]): Read | undefined {
  const [left, right] = args as [Read, Read]
  switch (name) {
    case 'equal':
    case 'eq':
      return compared(left, right, equal)
    case 'neq':
      return compared(left, right, (a, b) => !equal(a, b))
    case 'lt':
      return compared(left, right, (a, b) =>
        typeof a === 'number' && typeof b === 'number' ? a < b : compare(a, b) < 0,
      )
    case 'lte':
      return compared(left, right, (a, b) =>
        typeof a === 'number' && typeof b === 'number' ? a <= b : compare(a, b) <= 0,
      )
    case 'gt':
      return compared(left, right, (a, b) =>
        typeof a === 'number' && typeof b === 'number' ? a > b : compare(a, b) > 0,
      )
    case 'gte':
      return compared(left, right, (a, b) =>
        typeof a === 'number' && typeof b === 'number' ? a >= b : compare(a, b) >= 0,
      )
    case 'internal.member_2':
      return memberOf(left, right, terms[1] as Term)
    default:
      return undefined
  }
}

function compared(left: Read, right: Read, holds: (a: Value, b: Value) => boolean): Read {
  return (frame) => {
    const a = left(frame)
    if (a === undefined) return undefined
    const b = right(frame)
    return b === undefined ? undefined : holds(a, b)
  }
}

function memberOf(member: Read, collection: Read, term: Term): Read {
  const constant = constantOf(term)
  if (Array.isArray(constant)) {
    const set = new RegoSet(constant as readonly Value[])
    return (frame) => {
      const value = member(frame)
      return value === undefined ? undefined : set.has(value)
    }
  }
  return (frame) => {
    const value = member(frame)
    if (value === undefined) return undefined
    const members = collection(frame)
    if (members === undefined) return undefined
    return isMember(value, members)
  }
}

function isMember(value: Value, members: Value): boolean {
  if (members instanceof RegoSet) return members.has(value)
  if (Array.isArray(members)) {
    for (const each of members as readonly Value[]) if (equal(each, value)) return true
    return false
  }
  if (!isCollection(members)) return false
  const object = members as ObjectValue
  return keysOf(object).some((key) => equal(get(object, key) as Value, value))
}

/** `print`: every argument is a set of values, empty where it is undefined; each combination is a line. */
function print({ runtime }: Planner, { location }: Call, args: readonly Read[]): Read {
  return (frame) => {
    if (runtime.print === undefined) return true
    const [sets] = args.map((read) => read(frame))
    if (!Array.isArray(sets)) return true
    let lines: string[] = ['']
    for (const [place, set] of (sets as readonly RegoSet[]).entries()) {
      const texts = set.size === 0 ? ['<undefined>'] : set.values().map(printed)
      runtime.spend(lines.length * texts.length)
      lines = lines.flatMap((line) => texts.map((text) => (place === 0 ? text : `${line} ${text}`)))
    }
    for (const line of lines) runtime.print(line, location)
    return true
  }
}

function printed(value: Value): string {
  return typeof value === 'string' ? value : valueText(value)
}
