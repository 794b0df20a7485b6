/** sprig's functions for texts: cutting, trimming, searching, indenting, quoting. */
import { fromByteText, isSpace, quote, runes, toByteText } from '@kubescape/go'
import { type CallContext, FunctionError, sprint } from '@kubescape/go-template'
import { textOf } from './conversion.ts'
import { type Argument, define, defineVariadic } from './define.ts'
import type { FunctionFamily } from './index.ts'

/** `trim`, `trunc`, `replace`, `indent`, `quote` and their kin. */
export const stringFunctions: FunctionFamily = new Map([
  ['hello', define([], () => 'Hello!')],
  ['trim', define(['string'], ([text]) => trimSpace(text))],
  ['trimall', define(['string', 'string'], ([cutset, text]) => trimRunes(text, cutset))],
  ['trimAll', define(['string', 'string'], ([cutset, text]) => trimRunes(text, cutset))],
  ['trimPrefix', define(['string', 'string'], ([prefix, text]) => trimPrefix(text, prefix))],
  ['trimSuffix', define(['string', 'string'], ([suffix, text]) => trimSuffix(text, suffix))],
  ['nospace', define(['string'], ([text], context) => withoutSpace(text, context))],
  ['trunc', define(['int', 'string'], ([length, text], context) => truncate(text, Number(length), context))],
  [
    'substr',
    define(['int', 'int', 'string'], ([start, end, text], context) =>
      substring(text, Number(start), Number(end), context),
    ),
  ],
  ['contains', define(['string', 'string'], ([part, text]) => text.includes(part))],
  ['hasPrefix', define(['string', 'string'], ([prefix, text]) => text.startsWith(prefix))],
  ['hasSuffix', define(['string', 'string'], ([suffix, text]) => text.endsWith(suffix))],
  ['replace', define(['string', 'string', 'string'], ([from, to, text], context) => replace(text, from, to, context))],
  ['repeat', define(['int', 'string'], ([count, text], context) => repeat(text, count, context))],
  ['indent', define(['int', 'string'], ([spaces, text], context) => indent(text, spaces, context))],
  ['nindent', define(['int', 'string'], ([spaces, text], context) => `\n${indent(text, spaces, context)}`)],
  ['plural', define(['string', 'string', 'int'], ([one, many, count]) => (count === 1n ? one : many))],
  ['quote', defineVariadic([], 'any', (args, context) => printed(args, (value) => quote(textOf(value)), context))],
  ['squote', defineVariadic([], 'any', (args, context) => printed(args, (value) => `'${sprint(value)}'`, context))],
  ['cat', defineVariadic([], 'any', (args, context) => printed(args, sprint, context))],
  ['toString', define(['any'], ([value]) => textOf(value))],
])

function trimSpace(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isSpace(text.charCodeAt(start))) start++
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

function trimRunes(text: string, cutset: string): string {
  const cut = new Set(cutset)
  let start = 0
  let end = text.length
  while (start < end) {
    const rune = runeAt(text, start)
    if (!cut.has(rune)) break
    start += rune.length
  }
  while (end > start) {
    const rune = end - 2 >= start && runeAt(text, end - 2).length === 2 ? runeAt(text, end - 2) : text.charAt(end - 1)
    if (!cut.has(rune)) break
    end -= rune.length
  }
  return text.slice(start, end)
}

function runeAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) as number)
}

function trimPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text
}

function trimSuffix(text: string, suffix: string): string {
  return text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text
}

/** Looks at bytes, and takes each that stays for a character: beyond ASCII, that is heard only if there is white space. */
function withoutSpace(text: string, context: CallContext): string {
  const bytes = bytesOf(text, context)
  let kept = ''
  for (const byte of bytes) if (!isSpace(byte.charCodeAt(0))) kept += byte
  return kept.length === bytes.length ? text : kept
}

/** The first bytes of a text; with a negative length the last ones. */
function truncate(text: string, length: number, context: CallContext): string {
  const bytes = bytesOf(text, context)
  if (length >= 0) return fromByteText(bytes.slice(0, length))
  return fromByteText(bytes.length + length > 0 ? bytes.slice(bytes.length + length) : bytes)
}

function bytesOf(text: string, context: CallContext): string {
  context.spend(text.length)
  return toByteText(text)
}

function substring(text: string, start: number, end: number, context: CallContext): string {
  const bytes = bytesOf(text, context)
  if (start < 0) {
    if (end < 0) throw outOfRange(`[:${end}]`)
    if (end > bytes.length) throw outOfRange(`[:${end}] with length ${bytes.length}`)
    return fromByteText(bytes.slice(0, end))
  }
  if (end < 0 || end > bytes.length) {
    if (start > bytes.length) throw outOfRange(`[${start}:${bytes.length}]`)
    return fromByteText(bytes.slice(start))
  }
  if (start > end) throw outOfRange(`[${start}:${end}]`)
  return fromByteText(bytes.slice(start, end))
}

function outOfRange(bounds: string): FunctionError {
  return new FunctionError(`runtime error: slice bounds out of range ${bounds}`)
}

/** An empty text is found between all characters. */
function replace(text: string, from: string, to: string, context: CallContext): string {
  if (from !== '' && !text.includes(from)) return text
  const parts = from === '' ? ['', ...runes(text), ''] : text.split(from)
  context.spend(text.length + (parts.length - 1) * to.length)
  return parts.join(to)
}

function repeat(text: string, count: bigint, context: CallContext): string {
  if (count < 0n) throw new FunctionError('strings: negative Repeat count')
  if (text === '') return ''
  context.spend(Number(count) * text.length)
  return text.repeat(Number(count))
}

/** Blank lines are indented too. */
function indent(text: string, spaces: bigint, context: CallContext): string {
  const padding = repeat(' ', spaces, context)
  return padding + replace(text, '\n', `\n${padding}`, context)
}

/** Prints what is not nil, with spaces between. */
function printed(values: readonly Argument[], print: (value: Argument) => string, context: CallContext): string {
  let text = ''
  let isFirst = true
  for (const value of values) {
    if (value === null) continue
    const part = print(value)
    context.spend(part.length)
    text += isFirst ? part : ` ${part}`
    isFirst = false
  }
  return text
}
