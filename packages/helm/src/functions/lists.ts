/** sprig's functions for lists. They never change a list, but give a new one; items are passed on as they are. */
import { deepEqual } from '../go/deep-equal.ts'
import {
  type CallContext,
  FunctionError,
  type GoFunction,
  List,
  NilList,
  type Value,
  isTrue,
  kindName,
} from '@kubescape/go-template'
import { wholeOf } from './conversion.ts'
import { type Argument, define, defineVariadic } from './define.ts'
import type { FunctionFamily } from './index.ts'

/** What Go says of functions that ask nil for its type. */
const NIL_POINTER = 'runtime error: invalid memory address or nil pointer dereference'

const list = defineVariadic([], 'any', (items) => new List([...items]))
const first = define(['any'], ([value]) => itemsOf(value, 'find first on')[0] ?? null)
const last = define(['any'], ([value]) => itemsOf(value, 'find last on').at(-1) ?? null)
const push = adding('push on', (items, item) => [...items, item])
const prepend = adding('prepend on', (items, item) => [item, ...items])
const rest = shortening('find rest on', (items) => items.slice(1))
const initial = shortening('find initial on', (items) => items.slice(0, -1))
const reverse = changing('find reverse on', (items) => items.toReversed())
const compact = changing('compact on', (items) => items.filter(isTrue))
const uniq = changing('find uniq on', unique)
const without = defineVariadic(['any'], 'any', leaveOut)
const has = define(['any', 'any'], holds)
const slice = defineVariadic(['any'], 'any', cut)
const chunk = define(['int', 'any'], cutEvenly)

/** `list`, `first`, `append`, `uniq`, `slice` and their kin, with their twins that begin with `must`. */
export const listFunctions: FunctionFamily = new Map<string, GoFunction>([
  ['list', list],
  ['tuple', list],
  ['concat', defineVariadic([], 'any', concatenate)],
  // What fails in Go without `must` is a panic, of which templates make the same error.
  ...twins({ append: push, push, prepend, first, last, rest, initial }),
  ...twins({ reverse, compact, uniq, without, has, slice, chunk }),
])

function twins(functions: Readonly<Record<string, GoFunction>>): [string, GoFunction][] {
  return Object.entries(functions).flatMap(([name, definition]) => [
    [name, definition],
    [`must${name.charAt(0).toUpperCase()}${name.slice(1)}`, definition],
  ])
}

function adding(action: string, change: (items: readonly Value[], item: Value) => Value[]): GoFunction {
  return define(['any', 'any'], ([value, item], context) => {
    const items = itemsOf(value, action)
    context.spend(items.length)
    return new List(change(items, item))
  })
}

function changing(action: string, change: (items: readonly Value[], context: CallContext) => Value[]): GoFunction {
  return define(['any'], ([value], context) => {
    const items = itemsOf(value, action)
    context.spend(items.length)
    return new List(change(items, context))
  })
}

/** Of an empty list there is nothing to leave out: Go then gives a nil slice. */
function shortening(action: string, shorten: (items: readonly Value[]) => Value[]): GoFunction {
  return define(['any'], ([value], context) => {
    const items = itemsOf(value, action)
    context.spend(items.length)
    return items.length === 0 ? new NilList() : new List(shorten(items))
  })
}

function itemsOf(value: Argument, action: string): readonly Value[] {
  if (value instanceof List) return value.items
  if (value === null) throw new FunctionError(NIL_POINTER)
  throw new FunctionError(`Cannot ${action} type ${kindName(value)}`)
}

function unique(items: readonly Value[], context: CallContext): Value[] {
  const found: Value[] = []
  for (const item of items) {
    context.spend(found.length)
    if (!found.some((other) => deepEqual(other, item, context.spend))) found.push(item)
  }
  return found
}

function leaveOut([value, ...omitted]: readonly [Argument, ...Argument[]], context: CallContext): List {
  const items = itemsOf(value, 'find without on')
  context.spend(items.length * omitted.length)
  return new List(items.filter((item) => !omitted.some((other) => deepEqual(other, item, context.spend))))
}

function holds([needle, value]: readonly [Argument, Argument], context: CallContext): boolean {
  if (value === null) return false
  const items = itemsOf(value, 'find has on')
  context.spend(items.length)
  return items.some((item) => deepEqual(item, needle, context.spend))
}

/** Of an empty list there is nothing to cut: nil, whatever the bounds. */
function cut([value, ...bounds]: readonly [Argument, ...Argument[]], context: CallContext): Value {
  if (value === null) throw new FunctionError(NIL_POINTER)
  if (!(value instanceof List)) {
    throw new FunctionError(`list should be type of slice or array but ${kindName(value)}`)
  }
  const { items, element } = value
  if (items.length === 0) return null
  const start = bounds.length > 0 ? Number(wholeOf(bounds[0])) : 0
  const end = bounds.length > 1 ? Number(wholeOf(bounds[1])) : items.length
  if (start < 0 || end < start || end > items.length) {
    throw new FunctionError('reflect.Value.Slice: slice index out of bounds')
  }
  context.spend(end - start)
  return new List(items.slice(start, end), element)
}

function cutEvenly([size, value]: readonly [bigint, Argument], context: CallContext): List {
  const items = itemsOf(value, 'chunk')
  const width = Number(size)
  const count = Math.floor((items.length - 1) / width) + 1
  if (!Number.isFinite(count) || count < 0) throw new FunctionError('runtime error: makeslice: len out of range')
  context.spend(items.length + count)
  const chunks = Array.from({ length: count }, (_, at) => {
    const end = at === count - 1 ? items.length : (at + 1) * width
    return new List(items.slice(at * width, end))
  })
  return new List(chunks, '[]interface {}')
}

function concatenate(lists: readonly Argument[], context: CallContext): List {
  const all: Value[] = []
  for (const value of lists) {
    if (value === null) throw new FunctionError(NIL_POINTER)
    if (!(value instanceof List)) throw new FunctionError(`Cannot concat type ${kindName(value)} as list`)
    context.spend(value.items.length)
    for (const item of value.items) all.push(item)
  }
  return all.length === 0 ? new NilList() : new List(all)
}
