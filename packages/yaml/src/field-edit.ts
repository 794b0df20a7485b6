/**
 * Edits of single fields, byte-exact: only what changes is touched. The text around a field decides whether an edit is certain;
 * where it is not (anchors, tabs, block scalars, values over several lines) there is none.
 */
import type { Location } from './locate.ts'
import { parsePath, type PathStep } from './path.ts'
import { scalarText } from './scalar-text.ts'

/** What to do with a field. The value is text; it is written as the boolean or number that it looks like, except among texts. */
export type FieldChange =
  | { readonly action: 'set'; readonly path: string; readonly value: string }
  | { readonly action: 'remove'; readonly path: string }

/** What becomes of the text from `start` to `end`. */
export interface TextEdit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** How one field is changed. Several that are inserted at the same place become one edit: see `textEdits`. */
export type FieldEdit = (TextEdit & { readonly kind: 'replace' }) | Insertion

/** Entries that go into a mapping. */
export interface Insertion {
  readonly kind: 'insert'
  readonly start: number
  readonly end: number
  /** Before the first entry, behind the line of the first entry, or behind the opening brace. */
  readonly at: 'before' | 'behind' | 'brace'
  /** Spaces before the keys of the mapping; in braces nothing. */
  readonly indent: string
  readonly newline: string
  /** In braces: whether keys are quoted, and whether others follow. */
  readonly isJson: boolean
  readonly isEmpty: boolean
  readonly steps: readonly PathStep[]
  readonly value: string
}

/** A key of a block mapping, with its colon. */
const KEY = /(?:[A-Za-z_][\w./-]*|"[^"\\\n]*"|'[^'\n]*') *:(?=[ \r\n])/y
const SIMPLE_ENTRY = /(?:[A-Za-z_][\w./-]*): +(?:[\w./@-]+|"[^"\\\n]*"|'[^'\n]*')[ ]*(?: #[^\n]*)?$/
/** Anchors and aliases: what is changed at one place would change at others. */
const SHARED = /(?:^|[\s:,[{-])[&*][\w-]|<</

/** True when no field of the document can be changed with certainty. */
export function isUneditable(text: string, slice: { readonly start: number; readonly end: number }): boolean {
  const document = text.slice(slice.start, slice.end)
  return /\t|\r(?!\n)/.test(document) || SHARED.test(document)
}

/** The edit of one field whose location is known; undefined where it is not certain. `prefix` leads from the document to the object. */
export function fieldEdit(
  text: string,
  location: Location,
  prefix: string,
  change: FieldChange,
): FieldEdit | undefined {
  const steps = [...parsePath(prefix), ...parsePath(change.path)]
  if (change.action === 'remove') return location.exists ? removal(text, location, steps) : undefined
  return location.exists ? replacement(text, location, steps, change.value) : insertion(text, location, steps, change)
}

function replacement(text: string, at: Location, steps: readonly PathStep[], value: string): FieldEdit | undefined {
  const { start, valueStart, valueEnd } = at
  if (!isNamed(text, at, steps.at(-1))) return undefined
  const present = text.slice(valueStart, valueEnd)
  const written = scalarText(value, steps)
  if (present === '') {
    return start < valueStart && text[valueStart - 1] === ':'
      ? { kind: 'replace', start: valueStart, end: valueStart, text: ` ${written}` }
      : undefined
  }
  if (/[\r\n]|^[&*!|>[{%@`]/.test(present)) return undefined
  return { kind: 'replace', start: valueStart, end: valueEnd, text: written }
}

/** Whether what is located is what the last step names: the key itself is there, and not a merge or an alias. */
function isNamed(text: string, { start, valueStart }: Location, step: PathStep | undefined): boolean {
  if (typeof step === 'number' && start === valueStart) return true
  const key = /^(.*?) *:\s*$/.exec(text.slice(start, valueStart))?.[1]
  return key !== undefined && [String(step), `"${step}"`, `'${step}'`].includes(key)
}

function removal(text: string, at: Location, steps: readonly PathStep[]): FieldEdit | undefined {
  if (!isNamed(text, at, steps.at(-1))) return undefined
  return flowRemoval(text, at) ?? blockRemoval(text, at)
}

/** An entry in braces or brackets goes with the comma behind it, or else with the one before it. */
function flowRemoval(text: string, { start, end }: Location): FieldEdit | undefined {
  const before = /[[{,]\s*$/.exec(text.slice(Math.max(0, start - 200), start))
  if (before === null) return undefined
  const behind = /^\s*(,?)\s*(.)/s.exec(text.slice(end, end + 200))
  if (behind === null) return undefined
  const [all, comma, next = ''] = behind
  if (comma === ',') {
    return next === '#' ? undefined : { kind: 'replace', start, end: end + all.length - next.length, text: '' }
  }
  if (next !== '}' && next !== ']') return undefined
  const from = before[0].startsWith(',') ? start - before[0].length : start
  return { kind: 'replace', start: from, end, text: '' }
}

/** An entry on lines of its own goes with them; the only one leaves an empty collection behind. */
function blockRemoval(text: string, { start, end, valueStart }: Location): FieldEdit | undefined {
  const isItem = start === valueStart
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const lineEnd = endOfLine(text, end)
  const before = text.slice(lineStart, start)
  // What follows in the line must be nothing but a comment; a block scalar ends on the line behind it.
  if (text[end - 1] === '\n' || !/^ *(?:#.*)?\r?$/.test(text.slice(end, lineEnd))) return undefined
  const own = isItem ? before.indexOf('-') : before.length
  const next = nextLine(text, lineEnd)
  const hasNext = next?.indent === own && next.isDash === isItem
  if (!isItem && /^ *(?:- +)+$/.test(before)) {
    // The first entry of a list item: the next one takes its place behind the dash.
    return hasNext && next.isAdjacent ? { kind: 'replace', start, end: next.start, text: '' } : undefined
  }
  if (!(isItem ? /^ *- +$/ : /^ *$/).test(before)) return undefined
  if (hasNext || hasPrevious(text, lineStart, own, isItem)) {
    return { kind: 'replace', start: lineStart, end: Math.min(lineEnd + 1, text.length), text: '' }
  }
  const parentEnd = lineStart === 0 ? 0 : withoutReturn(text, lineStart - 1)
  const parent = text.slice(text.lastIndexOf('\n', parentEnd - 1) + 1, parentEnd)
  const indent = /^( *(?:- +)*)[A-Za-z_][\w./-]*:$/.exec(parent)?.[1]?.length
  if (indent === undefined || indent > own || (indent === own && !isItem)) return undefined
  return { kind: 'replace', start: parentEnd, end: withoutReturn(text, lineEnd), text: isItem ? ' []' : ' {}' }
}

/** Whether an entry of the same collection stands before the line: the next line upward that is not deeper tells. */
function hasPrevious(text: string, lineStart: number, own: number, isItem: boolean): boolean {
  for (let end = lineStart - 1; end >= 0;) {
    const start = text.lastIndexOf('\n', end - 1) + 1
    const line = text.slice(start, end)
    const indent = line.search(/[^ \r]/)
    if (indent >= 0 && line[indent] !== '#' && indent <= own) {
      const dashes = /^-(?: +-)* +/.exec(line.slice(indent))?.[0].length ?? 0
      return isItem ? dashes > 0 && indent === own : indent + dashes === own
    }
    end = start - 1
  }
  return false
}

function insertion(
  text: string,
  at: Location,
  steps: readonly PathStep[],
  { value }: { readonly value: string },
): Insertion | undefined {
  const rest = steps.slice(at.depth)
  const { valueStart } = at
  if (typeof rest[0] !== 'string' || rest.slice(1).some((step) => typeof step === 'number' && step !== 0)) {
    return undefined
  }
  const common = {
    kind: 'insert',
    steps: rest,
    value: scalarText(value, steps),
    isJson: false,
    isEmpty: false,
  } as const
  if (text[valueStart] === '{') {
    const start = valueStart + 1
    const next = /\S/.exec(text.slice(start, start + 1000))?.[0]
    if (next === undefined || next === '#') return undefined
    const isJson = next === '"' || /^\s*[[{]/.test(text.slice(0, 1000))
    return { ...common, at: 'brace', start, end: start, indent: '', newline: '', isJson, isEmpty: next === '}' }
  }
  KEY.lastIndex = valueStart
  if (!KEY.test(text)) return undefined
  const lineStart = text.lastIndexOf('\n', valueStart - 1) + 1
  const before = text.slice(lineStart, valueStart)
  const lineEnd = endOfLine(text, valueStart)
  const newline = text[lineEnd - 1] === '\r' ? '\r\n' : '\n'
  const indent = ' '.repeat(before.length)
  if (/^ *$/.test(before)) return { ...common, at: 'before', start: valueStart, end: valueStart, indent, newline }
  // Behind a dash: the first entry stays where it is, if it ends with its line.
  if (!/^ *(?:- +)+$/.test(before)) return undefined
  const start = withoutReturn(text, lineEnd)
  const next = nextLine(text, lineEnd)
  if (!SIMPLE_ENTRY.test(text.slice(valueStart, start)) || (next !== undefined && next.indent > before.length)) {
    return undefined
  }
  return { ...common, at: 'behind', start, end: start, indent, newline }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

function withoutReturn(text: string, lineEnd: number): number {
  return text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd
}

interface Line {
  /** Where its content begins. */
  readonly start: number
  readonly indent: number
  readonly isDash: boolean
  /** No comment or empty line lies between. */
  readonly isAdjacent: boolean
}

/** The next line with content; undefined at the end of the document. */
function nextLine(text: string, lineEnd: number): Line | undefined {
  for (let at = lineEnd; at < text.length;) {
    const start = at + 1
    const end = endOfLine(text, start)
    const line = text.slice(start, end)
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(line)) return undefined
    const indent = line.search(/[^ \r]/)
    if (indent >= 0 && line[indent] !== '#') {
      return {
        start: start + indent,
        indent,
        isDash: /^-(?:\s|$)/.test(line.slice(indent)),
        isAdjacent: at === lineEnd,
      }
    }
    at = end
  }
  return undefined
}
