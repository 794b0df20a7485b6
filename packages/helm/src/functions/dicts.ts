/** sprig's functions for maps. `set`, `unset` and the merges change the map that they are given. */
import { type CallContext, Dict, FunctionError, List, type Value, isNil, plain, typeName } from '@kubescape/go-template'
import { textOf } from './conversion.ts'
import { type Argument, define, defineVariadic } from './define.ts'
import type { FunctionFamily } from './index.ts'
import { deepCopy, mergeInto } from './merge.ts'

const MAP = 'map[string]interface {}'

const merge = defineVariadic([MAP], MAP, (dicts, context) => mergeAll(dicts, false, context))
const mergeOverwrite = defineVariadic([MAP], MAP, (dicts, context) => mergeAll(dicts, true, context))
const copy = define(['any'], ([value], context) => {
  if (value === null) throw new FunctionError('reflect: call of reflect.Value.Type on zero Value')
  return deepCopy(value, context)
})

/** `dict`, `get`, `set`, `merge`, `dig` and their kin. */
export const dictFunctions: FunctionFamily = new Map([
  ['dict', defineVariadic([], 'any', (args) => makeDict(args))],
  ['get', define([MAP, 'string'], ([dict, key]) => (dict.entries.has(key) ? dict.get(key) : ''))],
  ['set', define([MAP, 'string', 'any'], ([dict, key, value], context) => set(dict, key, value, context))],
  ['unset', define([MAP, 'string'], ([dict, key]) => unset(dict, key))],
  ['hasKey', define([MAP, 'string'], ([dict, key]) => dict.entries.has(key))],
  ['pluck', defineVariadic(['string'], MAP, pluck)],
  ['keys', defineVariadic([], MAP, keys)],
  ['values', define([MAP], ([dict], context) => values(dict, context))],
  ['pick', defineVariadic([MAP], 'string', pick)],
  ['omit', defineVariadic([MAP], 'string', omit)],
  ['merge', merge],
  ['mustMerge', merge],
  ['mergeOverwrite', mergeOverwrite],
  ['mustMergeOverwrite', mergeOverwrite],
  ['deepCopy', copy],
  ['mustDeepCopy', copy],
  ['dig', defineVariadic([], 'any', dig)],
])

/** Keys and values in turn; a key without a value gets an empty text. */
function makeDict(args: readonly Argument[]): Dict {
  const entries = new Map<string, Value>()
  for (let at = 0; at < args.length; at += 2) entries.set(textOf(args[at]), at + 1 < args.length ? args[at + 1] : '')
  return new Dict(entries)
}

function set(dict: Dict, key: string, value: Argument, context: CallContext): Dict {
  if (isNil(dict)) throw new FunctionError('assignment to entry in nil map')
  context.spend(1)
  dict.entries.set(key, value)
  return dict
}

function unset(dict: Dict, key: string): Dict {
  dict.entries.delete(key)
  return dict
}

function pluck([key, ...dicts]: readonly [string, ...Dict[]]): List {
  return new List(dicts.filter((dict) => dict.entries.has(key)).map((dict) => dict.get(key)))
}

/** In no order in Go; sorted here, so that the same input gives the same output. */
function keys(dicts: readonly Dict[], context: CallContext): List {
  const all: string[] = []
  for (const dict of dicts) {
    context.spend(dict.entries.size)
    for (const key of dict.sortedKeys()) all.push(key)
  }
  return new List(all, 'string')
}

/** In the order of `keys`. */
function values(dict: Dict, context: CallContext): List {
  context.spend(dict.entries.size)
  return new List(dict.sortedKeys().map((key) => dict.get(key)))
}

function pick([dict, ...wanted]: readonly [Dict, ...string[]]): Dict {
  const entries = new Map<string, Value>()
  for (const key of wanted) if (dict.entries.has(key)) entries.set(key, dict.get(key))
  return new Dict(entries)
}

function omit([dict, ...unwanted]: readonly [Dict, ...string[]], context: CallContext): Dict {
  context.spend(dict.entries.size)
  const entries = new Map(dict.entries)
  for (const key of unwanted) entries.delete(key)
  return new Dict(entries)
}

function mergeAll([target, ...sources]: readonly [Dict, ...Dict[]], overwrite: boolean, context: CallContext): Dict {
  const merged = isNil(target) && !sources.every(isNil) ? new Dict() : target
  for (const source of sources) mergeInto(merged, source, overwrite, context)
  return merged
}

/** Keys, what to give instead, and the map: what the map holds at the first key, what that holds at the second, and so on. */
function dig(args: readonly Argument[]): Value {
  if (args.length < 3) throw new FunctionError('dig needs at least three arguments')
  let found: Value = args.at(-1)
  for (const key of args.slice(0, -2)) {
    const dict = plain(found)
    if (!(dict instanceof Dict) || dict.type !== MAP) throw conversionError(dict, MAP)
    if (typeof key !== 'string') throw conversionError(key, 'string')
    if (!dict.entries.has(key)) return args.at(-2)
    found = dict.get(key)
  }
  return found
}

function conversionError(value: Value, wanted: string): FunctionError {
  const got = value === null || value === undefined ? 'nil' : typeName(value)
  return new FunctionError(`interface conversion: interface {} is ${got}, not ${wanted}`)
}
