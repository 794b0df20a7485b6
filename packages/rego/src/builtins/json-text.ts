/** JSON to values and back, as Go's package encoding/json reads and writes it; numbers keep their texts. */
import { type JsonForm, readJsonText } from '@kubescape/go'

import { numberFromText, isNumber, numberText } from '../values/number.ts'
import { COST_OF_TEXT, visit } from '../values/effort.ts'
import { emptyObject } from '../values/object.ts'
import { get, keysOf, RegoObject, RegoSet, type ObjectValue, type Value } from '../values/value.ts'
import { compareStrings } from '../values/text-order.ts'
import { failure } from './operands.ts'

/** Lists and objects within each other. */
const DEEPEST = 2_000

const FORM: JsonForm<Value, Record<string, Value>> = {
  deepest: DEEPEST,
  number(text) {
    const number = numberFromText(text)
    if (number === undefined) throw failure(`number ${text.slice(0, 40)} is out of range`)
    return number
  },
  list: (items) => items,
  begin: emptyObject,
  put(entries, key, value) {
    entries[key] = value
  },
  end: (entries) => entries,
  fail(message) {
    throw failure(message)
  },
  tooDeep() {
    throw failure(`the text nests more than ${DEEPEST} levels deep`)
  },
}

/**
 * The value of a JSON text.
 * @throws {BuiltinError} for what is no JSON, and for what nests too deep
 */
export function readJson(text: string): Value {
  return readJsonText(text, FORM)
}

/** How a value is laid out over lines: what stands before each line, and once more for each level. */
export interface Layout {
  readonly prefix: string
  readonly indent: string
}

/**
 * The value as JSON without spaces, or in lines: keys in order, sets as arrays; keys that are no texts as their JSON.
 * @throws {BuiltinError} for what nests too deep
 */
export function writeJson(value: Value, layout?: Layout): string {
  return layout === undefined ? written(value, 0) : layout.prefix + laidOut(value, layout, `\n${layout.prefix}`, 0)
}

function written(value: Value, depth: number): string {
  if (typeof value === 'string') return textJson(value)
  if (isNumber(value)) return numberText(value)
  if (value === null || typeof value === 'boolean') return String(value)
  enter(depth)
  const members = membersOf(value)
  let text = ''
  if (members !== undefined) {
    for (const member of members) text += `${text === '' ? '' : ','}${written(member, depth + 1)}`
    return `[${text}]`
  }
  for (const [key, member] of entriesOf(value as ObjectValue)) {
    text += `${text === '' ? '' : ','}${textJson(key)}:${written(member, depth + 1)}`
  }
  return `{${text}}`
}

function laidOut(value: Value, layout: Layout, line: string, depth: number): string {
  if (typeof value !== 'object' || value === null || isNumber(value)) return written(value, depth)
  enter(depth)
  const inner = line + layout.indent
  const members = membersOf(value)
  const lines =
    members === undefined
      ? entriesOf(value as ObjectValue).map(
          ([key, member]) => `${textJson(key)}: ${laidOut(member, layout, inner, depth + 1)}`,
        )
      : members.map((member) => laidOut(member, layout, inner, depth + 1))
  const [open, close] = members === undefined ? '{}' : '[]'
  return lines.length === 0 ? `${open}${close}` : `${open}${inner}${lines.join(`,${inner}`)}${line}${close}`
}

function enter(depth: number): void {
  visit(COST_OF_TEXT)
  if (depth > DEEPEST) throw failure(`the value nests more than ${DEEPEST} levels deep`)
}

function membersOf(value: Value): readonly Value[] | undefined {
  if (Array.isArray(value)) return value as readonly Value[]
  return value instanceof RegoSet ? value.values() : undefined
}

/** Entries by the texts of their keys, in the order of these; of two keys with one text the last wins. */
function entriesOf(object: ObjectValue): (readonly [string, Value])[] {
  const keys = keysOf(object)
  if (!(object instanceof RegoObject)) return keys.map((key) => [key as string, object[key as string] as Value])
  const byText = new Map<string, Value>()
  for (const key of keys) byText.set(typeof key === 'string' ? key : written(key, 0), get(object, key) as Value)
  return [...byText].toSorted(([a], [b]) => compareStrings(a, b))
}

/** Characters that may not stand in a text as they are, or that pages would take for more than text. */
// eslint-disable-next-line no-control-regex
const UNSAFE = /[\u0000-\u001f"\\<>&\u2028\u2029\ud800-\udfff]/
// eslint-disable-next-line no-control-regex
const EACH_UNSAFE = /[\u0000-\u001f"\\<>&\u2028\u2029]/g
const SHORT = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

function textJson(text: string): string {
  return UNSAFE.test(text) ? `"${text.toWellFormed().replaceAll(EACH_UNSAFE, escaped)}"` : `"${text}"`
}

function escaped(character: string): string {
  return SHORT.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
