/**
 * `text.format(list)`: the verbs s, d, f, e, b, o, x and X; only f takes a precision. It writes as API servers do (v1.35, tried out): numbers
 * of f have commas, the exponents of e are raised.
 */
import { floatText, formatFloat, fromBytes, toBytes } from '@kubescape/go'

import type { Run } from '../run.ts'
import { entriesOf, isMap } from '../values/maps.ts'
import { durationText, timestampText } from '../values/times.ts'
import {
  adapt,
  CelError,
  Double,
  Duration,
  isInt,
  isList,
  Timestamp,
  TypeValue,
  typeNameOf,
  Uint,
  type Value,
} from '../values/value.ts'
import { compareTexts } from '../values/compare.ts'

/** Digits after the point where a verb names none. */
const PRECISION = 6
/** More digits than anyone reads. */
const MAX_PRECISION = 1000
/** Levels of values that are written. */
const MAX_DEPTH = 100

/** The text with its verbs replaced by arguments. */
export function format(text: string, list: readonly Value[], run: Run): Value {
  run.spendText(text.length)
  let made = ''
  let next = 0
  let at = 0
  while (at < text.length) {
    const percent = text.indexOf('%', at)
    if (percent < 0) break
    made += text.slice(at, percent)
    if (text[percent + 1] === '%') {
      made += '%'
      at = percent + 2
      continue
    }
    const { verb, precision, end } = readVerb(text, percent + 1)
    if (next >= list.length) return new CelError(`format has no argument ${next} for %${verb}`)
    if (precision > MAX_PRECISION) return new CelError(`a precision of ${precision} is too large`)
    const written = write(verb, precision, adapt(list[next++]), run)
    if (written instanceof CelError) return written
    made += written
    at = end
  }
  if (next < list.length) return new CelError(`format has ${list.length} arguments for ${next} verbs`)
  return made + text.slice(at)
}

function readVerb(text: string, at: number): { verb: string; precision: number; end: number } {
  let end = at
  let precision = PRECISION
  if (text[end] === '.') {
    end++
    const from = end
    while (end - from < 6 && (text[end] ?? '') >= '0' && (text[end] ?? '') <= '9') end++
    precision = end === from ? Infinity : Number(text.slice(from, end))
  }
  return { verb: text[end] ?? '', precision, end: end + 1 }
}

function write(verb: string, precision: number, value: Value, run: Run): string | CelError {
  switch (verb) {
    case 's':
      return textOf(value, run, false, 0)
    case 'd':
      return decimal(value)
    case 'f':
    case 'e':
      return floating(verb, precision, value)
    case 'b':
      if (typeof value === 'boolean') return value ? '1' : '0'
      return inBase(value, 2, verb)
    case 'o':
      return inBase(value, 8, verb)
    case 'x':
    case 'X':
      return hexadecimal(value, verb, run)
    default:
      return new CelError(`format knows no verb ${JSON.stringify(verb)}`)
  }
}

function decimal(value: Value): string | CelError {
  if (isInt(value)) return String(value)
  return value instanceof Uint ? String(value.value) : unfit('d', value)
}

function floating(verb: 'f' | 'e', precision: number, value: Value): string | CelError {
  const number = numberOf(value)
  if (number === undefined) return unfit(verb, value)
  if (!Number.isFinite(number)) {
    const sign = Number.isNaN(number) ? 'NaN' : number > 0 ? '\u221e' : '-\u221e'
    return verb === 'e' ? sign.padStart(PRECISION) : sign
  }
  return verb === 'e' ? exponential(number) : grouped(formatFloat(number, 'f', precision))
}

/** NaN and infinities may be texts. */
function numberOf(value: Value): number | undefined {
  if (value instanceof Double) return value.value
  return value === 'NaN' ? NaN : value === 'Infinity' ? Infinity : value === '-Infinity' ? -Infinity : undefined
}

/** `1,234.5`. */
function grouped(text: string): string {
  const point = text.indexOf('.')
  const whole = point < 0 ? text : text.slice(0, point)
  return whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',') + text.slice(whole.length)
}

const RAISED = '\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079'

/** The exponent is raised: ten to the power of it. */
function exponential(number: number): string {
  const [digits = '', exponent = ''] = formatFloat(number, 'e', PRECISION).split('e')
  const raised = exponent
    .replace('+', '')
    .replace('-', '\u207b')
    .replaceAll(/\d/g, (digit) => RAISED[Number(digit)] ?? '')
  return `${digits}\u00d710${raised}`
}

function inBase(value: Value, base: number, verb: string): string | CelError {
  if (isInt(value)) return value.toString(base)
  return value instanceof Uint ? value.value.toString(base) : unfit(verb, value)
}

function hexadecimal(value: Value, verb: 'x' | 'X', run: Run): string | CelError {
  const bytes = typeof value === 'string' ? toBytes(value) : value
  let text: string | CelError
  if (bytes instanceof Uint8Array) {
    run.spendText(bytes.length * 2)
    text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  } else text = inBase(value, 16, verb)
  return typeof text === 'string' && verb === 'X' ? text.toUpperCase() : text
}

/** As `%s` writes it; within lists and maps texts have quotes. */
function textOf(value: Value, run: Run, isWithin: boolean, depth: number): string | CelError {
  run.spend(1)
  if (depth > MAX_DEPTH) return new CelError('format was given values that are nested too deep')
  if (typeof value === 'string') {
    run.spendText(value.length)
    return isWithin ? JSON.stringify(value) : value
  }
  if (isInt(value) || typeof value === 'boolean' || value === null) return String(value)
  if (value instanceof Uint) return String(value.value)
  if (value instanceof Double) return doubleText(value.value, isWithin)
  if (value instanceof Duration) return isWithin ? `duration("${durationText(value)}")` : durationText(value)
  if (value instanceof Timestamp) return isWithin ? `timestamp("${timestampText(value)}")` : timestampText(value)
  if (value instanceof TypeValue) return value.name
  if (value instanceof Uint8Array) {
    run.spendText(value.length)
    const text = fromBytes(value)
    if (!text.isWellFormed()) return new CelError('the bytes are no UTF-8')
    return isWithin ? `b${JSON.stringify(text)}` : text
  }
  if (isList(value)) return joined(value.map(adapt), '[', ']', run, depth)
  if (!isMap(value)) return unfit('s', value)
  const entries: [string, string][] = []
  for (const [key, item] of entriesOf(value)) {
    const name = textOf(key, run, true, depth + 1)
    if (name instanceof CelError) return name
    const text = textOf(item, run, true, depth + 1)
    if (text instanceof CelError) return text
    entries.push([name, text])
  }
  const sorted = entries.toSorted(([a], [b]) => compareTexts(a, b))
  return `{${sorted.map(([name, text]) => `${name}:${text}`).join(', ')}}`
}

function joined(items: readonly Value[], open: string, close: string, run: Run, depth: number): string | CelError {
  const texts: string[] = []
  for (const item of items) {
    const text = textOf(item, run, true, depth + 1)
    if (text instanceof CelError) return text
    texts.push(text)
  }
  return `${open}${texts.join(', ')}${close}`
}

function doubleText(value: number, isWithin: boolean): string {
  if (!isWithin) return floatText(value)
  return Number.isFinite(value) ? formatFloat(value, 'f', PRECISION) : `"${floatText(value)}"`
}

function unfit(verb: string, value: Value): CelError {
  return new CelError(`format's %${verb} is not for ${typeNameOf(value)}`)
}
