/** sprig's functions between texts and lists of texts. */
import { runes } from '@kubescape/go'
import { type CallContext, Dict, List, type Value, compareBytes } from '@kubescape/go-template'
import { textOf, textsOf } from './conversion.ts'
import { type Argument, define } from './define.ts'
import type { FunctionFamily } from './index.ts'

/** For each text that is sorted. */
const SORTING_STEPS = 5

/** `split`, `join`, `sortAlpha` and their kin. */
export const textListFunctions: FunctionFamily = new Map([
  ['splitList', define(['string', 'string'], ([separator, text], context) => splitList(text, separator, context))],
  ['split', define(['string', 'string'], ([separator, text], context) => numbered(split(text, separator, context)))],
  [
    'splitn',
    define(['string', 'int', 'string'], ([separator, count, text], context) =>
      numbered(splitAtMost(text, separator, Number(count), context)),
    ),
  ],
  [
    'join',
    define(['string', 'any'], ([separator, value], context) => join(textsOf(value, context), separator, context)),
  ],
  ['sortAlpha', define(['any'], ([value], context) => sortAlpha(value, context))],
  ['toStrings', define(['any'], ([value], context) => new List(textsOf(value, context), 'string'))],
])

function splitList(text: string, separator: string, context: CallContext): List {
  return new List(split(text, separator, context), 'string')
}

/** With an empty separator each character is a part. */
function split(text: string, separator: string, context: CallContext): string[] {
  const parts = separator === '' ? runes(text) : text.split(separator)
  context.spend(parts.length)
  return parts
}

/** The last part is what is left; fewer than no parts are all, none are none. */
function splitAtMost(text: string, separator: string, count: number, context: CallContext): string[] {
  if (count === 0) return []
  const parts = split(text, separator, context)
  if (count < 0 || parts.length <= count) return parts
  return [...parts.slice(0, count - 1), parts.slice(count - 1).join(separator)]
}

/** Keys are `_0`, `_1` ..., so that templates can write `.parts._0`. */
function numbered(parts: readonly string[]): Dict {
  return new Dict(new Map<string, Value>(parts.map((part, at) => [`_${at}`, part])), 'map[string]string')
}

function join(texts: readonly string[], separator: string, context: CallContext): string {
  let length = 0
  for (const text of texts) length += text.length + separator.length
  context.spend(length)
  return texts.join(separator)
}

/** A list of texts is sorted where it is, as in Go; any other is copied. */
function sortAlpha(value: Argument, context: CallContext): List {
  if (!(value instanceof List)) return new List([textOf(value)], 'string')
  context.spend(SORTING_STEPS * value.items.length)
  const sorted = textsOf(value, context).toSorted(compareBytes)
  if (value.element !== 'string') return new List(sorted, 'string')
  for (const [at, text] of sorted.entries()) value.items[at] = text
  value.items.length = sorted.length
  return value
}
