/** Functions of texts. Places count code points. */
import type { Run } from '../run.ts'
import { lengthOf, placeOf, unitAt } from '../values/texts.ts'
import { CelError, type Int, type Value } from '../values/value.ts'
import { format } from './format.ts'
import type { Library } from './library.ts'

/** White space of Unicode, as CEL trims it. */
const BLANKS = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/u

export const STRINGS: Library = {
  functions: { 'strings.quote(string): string': quote },
  members: {
    'string.charAt(int): string': charAt,
    'string.indexOf(string): int': (text: string, part: string, run: Run) => indexOf(text, part, 0, run),
    'string.indexOf(string, int): int': indexOf,
    'string.lastIndexOf(string): int': (text: string, part: string, run: Run) =>
      lastIndexOf(text, part, undefined, run),
    'string.lastIndexOf(string, int): int': lastIndexOf,
    'string.lowerAscii(): string': (text: string, run: Run) => {
      run.spendText(text.length)
      return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
    },
    'string.upperAscii(): string': (text: string, run: Run) => {
      run.spendText(text.length)
      return text.replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase())
    },
    'string.replace(string, string): string': (text: string, old: string, by: string, run: Run) =>
      replace(text, old, by, -1, run),
    'string.replace(string, string, int): string': replace,
    'string.split(string): list<string>': (text: string, by: string, run: Run) => split(text, by, -1, run),
    'string.split(string, int): list<string>': split,
    'string.substring(int): string': (text: string, from: Int, run: Run) => substring(text, from, undefined, run),
    'string.substring(int, int): string': substring,
    'string.trim(): string': trim,
    'string.reverse(): string': (text: string, run: Run) => {
      run.spendText(text.length)
      return Array.from(text).toReversed().join('')
    },
    'string.format(list<dyn>): string': format,
    'list<string>.join(): string': (list: readonly Value[], run: Run) => join(list, '', run),
    'list<string>.join(string): string': join,
  },
}

function charAt(text: string, place: Int, run: Run): Value {
  run.spendText(text.length)
  const unit = unitAt(text, Number(place))
  if (unit === undefined) return outOfRange(place)
  return unit === text.length ? '' : String.fromCodePoint(text.codePointAt(unit) ?? 0)
}

/** An empty text is found at the offset; beyond the end nothing else is. */
function indexOf(text: string, part: string, from: Int, run: Run): Value {
  run.spendText(text.length + part.length)
  if (from < 0) return outOfRange(from)
  const start = unitAt(text, Number(from))
  if (start === undefined) return part === '' ? lengthOf(text) : -1
  const found = text.indexOf(part, start)
  return found < 0 ? -1 : placeOf(text, found)
}

function lastIndexOf(text: string, part: string, from: Int | undefined, run: Run): Value {
  run.spendText(text.length + part.length)
  if (from !== undefined && from < 0) return outOfRange(from)
  const start = from === undefined ? text.length : unitAt(text, Number(from))
  if (part === '') return start === undefined ? lengthOf(text) : placeOf(text, start)
  if (start === undefined || (from !== undefined && start === text.length)) return -1
  const found = text.lastIndexOf(part, start)
  return found < 0 ? -1 : placeOf(text, found)
}

function replace(text: string, old: string, by: string, limit: Int, run: Run): Value {
  run.spendText(text.length + old.length)
  let left = limit < 0 ? Infinity : Number(limit)
  const parts = old === '' ? Array.from(text) : text.split(old)
  // An empty text stands before each character and at the end.
  if (old === '') {
    parts.unshift('')
    parts.push('')
  }
  let made = parts[0] ?? ''
  for (const part of parts.slice(1)) {
    const isReplaced = left-- > 0
    if (isReplaced) run.spendText(by.length)
    made += (isReplaced ? by : old) + part
  }
  return made
}

function split(text: string, by: string, limit: Int, run: Run): Value {
  run.spendText(text.length)
  if (limit === 0) return []
  const parts = by === '' ? Array.from(text) : text.split(by)
  run.spend(parts.length)
  if (limit < 0 || parts.length <= limit) return parts
  const kept = Number(limit) - 1
  return [...parts.slice(0, kept), parts.slice(kept).join(by)]
}

function substring(text: string, from: Int, to: Int | undefined, run: Run): Value {
  run.spendText(text.length)
  const start = unitAt(text, Number(from))
  const end = to === undefined ? text.length : unitAt(text, Number(to))
  if (start === undefined) return outOfRange(from)
  if (end === undefined) return outOfRange(to ?? 0)
  return start > end
    ? new CelError(`invalid substring range: ${from} to ${to ?? lengthOf(text)}`)
    : text.slice(start, end)
}

function trim(text: string, run: Run): Value {
  run.spendText(text.length)
  let start = 0
  let end = text.length
  while (start < end && BLANKS.test(text[start] ?? '')) start++
  while (end > start && BLANKS.test(text[end - 1] ?? '')) end--
  return text.slice(start, end)
}

function join(list: readonly Value[], by: string, run: Run): Value {
  run.spend(list.length)
  const texts: string[] = []
  for (const item of list) {
    if (typeof item !== 'string') return new CelError('join is for lists of texts')
    run.spendText(item.length + by.length)
    texts.push(item)
  }
  return texts.join(by)
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
}

function quote(text: string, run: Run): Value {
  run.spendText(text.length)
  // eslint-disable-next-line no-control-regex
  return `"${text.toWellFormed().replaceAll(/[\u0007\b\f\n\r\t\v\\"]/g, (sign) => ESCAPES[sign] ?? sign)}"`
}

function outOfRange(place: Int): CelError {
  return new CelError(`index out of range: ${place}`)
}
