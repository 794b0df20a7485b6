/** Builtins for texts; places and lengths count characters, not the units that JavaScript counts. */
import { byteLength, fromByteText, isSpace, runeCount, runes, toByteText, toLower, toUpper } from '@kubescape/go'
import { arrayOf, BOOLEAN, either, NUMBER, setOf, STRING } from '../types/type.ts'
import { integerOf, type NumberValue } from '../values/number.ts'
import { RegoSet, type Value } from '../values/value.ts'
import { toBigFloat, truncated } from './big-float.ts'
import { BuiltinError, type Builtin, type BuiltinContext, define } from './builtin.ts'
import { failure, mismatch, numberOperand, placeOperand, textOperand, textsOperand } from './operands.ts'

const TEXTS = either(arrayOf(STRING), setOf(STRING))
const TEXT_OR_TEXTS = either(STRING, arrayOf(STRING), setOf(STRING))
/** Texts up to this length are not worth counting. */
const SHORT = 256
/** What a piece of a text costs, as it is kept as a value. */
const PIECE_COST = 4
const BASES: ReadonlySet<NumberValue> = new Set([2, 8, 10, 16])

/** `concat`, `contains`, `split`, `substring` and so on. */
export const STRINGS: readonly Builtin[] = [
  define('concat', [STRING, TEXTS], STRING, (context, delimiter, list) => {
    const separator = textOperand(delimiter, 1)
    const parts = textsOperand(list, 2)
    let length = separator.length * parts.length
    for (let at = 0; at < parts.length; at++) length += (parts[at] as string).length
    if (length > SHORT) context.spend(length)
    return parts.join(separator)
  }),
  searching('contains', BOOLEAN, (text, search) => text.includes(search)),
  searching('startswith', BOOLEAN, (text, search) => text.startsWith(search)),
  searching('endswith', BOOLEAN, (text, search) => text.endsWith(search)),
  searching('indexof', NUMBER, (text, search) => {
    if (search === '') throw failure('the text to look for is empty')
    const at = text.indexOf(search)
    return at <= 0 ? at : runeCount(text.slice(0, at))
  }),
  searching('indexof_n', arrayOf(NUMBER), allIndexes),
  searching('strings.count', NUMBER, (text, search) => {
    if (search === '') return runeCount(text) + 1
    let count = 0
    for (let at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + search.length)) count++
    return count
  }),
  define('format_int', [NUMBER, NUMBER], STRING, (context, operand, base) => {
    const number = numberOperand(operand, 1)
    const radix = numberOperand(base, 2)
    if (!BASES.has(radix)) {
      throw new BuiltinError('eval_type_error', 'operand 2 must be one of {2, 8, 10, 16}')
    }
    if (typeof number === 'number' && Number.isSafeInteger(number)) return number.toString(radix as number)
    context.spend(SHORT)
    const whole = typeof number === 'bigint' ? integerOf(number) : truncated(toBigFloat(number)).whole
    return (whole as bigint).toString(radix as number)
  }),
  changing('lower', (text) => (isAscii(text) ? text.toLowerCase() : runes(text).map(toLower).join(''))),
  changing('upper', (text) => (isAscii(text) ? text.toUpperCase() : runes(text).map(toUpper).join(''))),
  changing('strings.reverse', (text) => runes(text).toReversed().join('')),
  changing('trim_space', (text) => {
    const end = endBefore(text, isSpace)
    return text.slice(startAfter(text, isSpace, end), end)
  }),
  define('substring', [STRING, NUMBER, NUMBER], STRING, (context, operand, offset, length) => {
    const text = textOperand(operand, 1)
    const first = placeOperand(offset, 2)
    if (first < 0) throw failure('negative offset')
    const count = placeOperand(length, 3)
    if (text.length > SHORT) context.spend(text.length)
    const start = afterRunes(text, 0, first)
    return count < 0 ? text.slice(start) : text.slice(start, afterRunes(text, start, count))
  }),
  define('split', [STRING, STRING], arrayOf(STRING), (context, text, delimiter) =>
    split(context, textOperand(text, 1), textOperand(delimiter, 2)),
  ),
  define('strings.split_n', [STRING, STRING, NUMBER], arrayOf(STRING), (context, operand, delimiter, limit) => {
    const text = textOperand(operand, 1)
    const separator = textOperand(delimiter, 2)
    const count = placeOperand(limit, 3)
    const parts = split(context, text, separator)
    return count < 0 ? parts.slice(Math.max(parts.length + count, 0)) : parts.slice(0, count)
  }),
  define('replace', [STRING, STRING, STRING], STRING, (context, text, old, replacement) =>
    replaced(context, textOperand(text, 1), textOperand(old, 2), textOperand(replacement, 3)),
  ),
  cutting('trim', true, true),
  cutting('trim_left', true, false),
  cutting('trim_right', false, true),
  searching('trim_prefix', STRING, (text, prefix) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  searching('trim_suffix', STRING, (text, suffix) =>
    text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text,
  ),
  matching('strings.any_prefix_match', (text, prefix) => text.startsWith(prefix)),
  matching('strings.any_suffix_match', (text, suffix) => text.endsWith(suffix)),
]

/** A function of two texts. */
function searching(
  name: string,
  result: Builtin['type']['args'][number],
  search: (text: string, other: string, context: BuiltinContext) => Value,
): Builtin {
  return define(name, [STRING, STRING], result, (context, left, right) => {
    const text = textOperand(left, 1)
    const other = textOperand(right, 2)
    if (text.length > SHORT) context.spend(text.length)
    return search(text, other, context)
  })
}

/** A function of one text. */
function changing(name: string, change: (text: string) => string): Builtin {
  return define(name, [STRING], STRING, (context, operand) => {
    const text = textOperand(operand, 1)
    if (text.length > SHORT) context.spend(text.length)
    return change(text)
  })
}

/** Cuts off characters of a set. */
function cutting(name: string, atStart: boolean, atEnd: boolean): Builtin {
  return define(name, [STRING, STRING], STRING, (context, operand, characters) => {
    const text = textOperand(operand, 1)
    const cutset = textOperand(characters, 2)
    if (text.length + cutset.length > SHORT) context.spend(text.length + cutset.length)
    const codes = new Set(runes(cutset).map((rune) => rune.codePointAt(0)))
    const isCut = (code: number): boolean => codes.has(code)
    const end = atEnd ? endBefore(text, isCut) : text.length
    return text.slice(atStart ? startAfter(text, isCut, end) : 0, end)
  })
}

function matching(name: string, holds: (text: string, part: string) => boolean): Builtin {
  return define(name, [TEXT_OR_TEXTS, TEXT_OR_TEXTS], BOOLEAN, (context, left, right) => {
    const texts = oneOrMore(left, 1)
    const parts = oneOrMore(right, 2)
    return texts.some((text) => {
      if (parts.length > 8) context.spend(parts.length)
      return parts.some((part) => holds(text, part))
    })
  })
}

function oneOrMore(value: Value, place: number): readonly string[] {
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value) && !(value instanceof RegoSet)) {
    throw mismatch(value, place, 'one of {string, set, array}')
  }
  return textsOperand(value, place)
}

/** Where a text is found in another, overlapping ones included. */
function allIndexes(text: string, search: string, context: BuiltinContext): Value {
  if (search === '') throw failure('the text to look for is empty')
  const indexes: Value[] = []
  let counted = 0
  let index = 0
  for (let at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + 1)) {
    context.spend(search.length + PIECE_COST)
    index += runeCount(text.slice(counted, at))
    counted = at
    indexes.push(index)
  }
  return indexes
}

function split(context: BuiltinContext, text: string, delimiter: string): readonly string[] {
  const parts = delimiter === '' ? runes(text) : text.split(delimiter)
  if (text.length > SHORT) context.spend(text.length + parts.length * PIECE_COST)
  return parts
}

/** The empty text stands before every byte, as in Go, and after the last. */
function replaced(context: BuiltinContext, text: string, old: string, replacement: string): string {
  if (old === '') {
    const bytes = toByteText(text)
    context.spend(bytes.length + (bytes.length + 1) * replacement.length)
    if (bytes === text)
      return `${replacement}${text
        .split('')
        .map((byte) => byte + replacement)
        .join('')}`
    const written = toByteText(replacement)
    return fromByteText(
      `${written}${bytes
        .split('')
        .map((byte) => byte + written)
        .join('')}`,
    )
  }
  const parts = text.split(old)
  if (parts.length === 1) return text
  const length = text.length + (parts.length - 1) * (replacement.length - old.length)
  if (text.length + length > SHORT) context.spend(text.length + length)
  return parts.join(replacement)
}

/** The place in a text behind some characters more. */
function afterRunes(text: string, start: number, count: number): number {
  let at = start
  for (let passed = 0; passed < count && at < text.length; passed++) at += widthAt(text, at)
  return at
}

function widthAt(text: string, at: number): number {
  return text.charCodeAt(at) >= 0xd800 && (text.codePointAt(at) as number) > 0xffff ? 2 : 1
}

/** Where the characters at the begin end that are cut. */
function startAfter(text: string, isCut: (code: number) => boolean, end: number): number {
  let at = 0
  while (at < end && isCut(text.codePointAt(at) as number)) at += widthAt(text, at)
  return at
}

/** Where the characters at the end begin that are cut. */
function endBefore(text: string, isCut: (code: number) => boolean): number {
  let end = text.length
  while (end > 0) {
    const isPair = end > 1 && (text.codePointAt(end - 2) as number) > 0xffff
    const start = end - (isPair ? 2 : 1)
    if (!isCut(text.codePointAt(start) as number)) break
    end = start
  }
  return end
}

function isAscii(text: string): boolean {
  return byteLength(text) === text.length
}
