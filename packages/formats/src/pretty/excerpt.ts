/** Excerpts of source: numbered lines with a marker at the field that is at fault. */
import type { Paint } from './paint.ts'
import { visibleSource } from '../visible.ts'
import { widthOf } from './width.ts'
import { truncate } from './wrap.ts'

/** A line to show. */
export interface MarkedLine {
  readonly line: number
  readonly text: string
  /** Where the field begins, from 1, in UTF-16 units. */
  readonly column: number
}

/** Fields further right than this are brought into view by cutting the beginning of the line. */
const LONGEST_LEAD = 48
const SHORT_LEAD = 16
/** No terminal is wider; keeps lines of whole minified files cheap. */
const MOST_UNITS = 1000
/** A key or a scalar, in block and flow style, with its quotes. */
const TOKEN = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s:,[\]{}]+(?::(?![\s,[\]{}])[^\s:,[\]{}]+)*|.)/

/**
 * The rows of an excerpt: `> 12 │ text` for each line and, below a single line, a row of `^` under its key or item. `width`
 * is the room for all of it.
 */
export function* renderExcerpt(
  lines: readonly MarkedLine[],
  width: number,
  dim: Paint,
  mark: Paint,
): Generator<string> {
  const digits = Math.max(...lines.map(({ line }) => String(line).length))
  const room = Math.max(8, width - digits - 5)
  for (const { line, text, column } of lines) {
    const { before, field } = cutOut(text, column)
    const shown = truncate(before + field, room)
    yield `${mark('>')} ${dim(`${String(line).padStart(digits)} │`)} ${shown}`.trimEnd()
    if (lines.length > 1 || field === '') continue
    const lead = Math.min(widthOf(before), room - 1)
    const marked = Math.min(widthOf(TOKEN.exec(field)?.[0] ?? ''), widthOf(shown) - lead)
    yield `  ${' '.repeat(digits)} ${dim('│')} ${' '.repeat(lead)}${mark('^'.repeat(Math.max(1, marked)))}`
  }
}

/** The line in two parts, before the field and from it on, both harmless and of bounded length. */
function cutOut(text: string, column: number): { before: string; field: string } {
  const line = text.trimEnd()
  const at = Math.min(Math.max(0, column - 1), line.length)
  const indent = line.length - line.trimStart().length
  const from = at > LONGEST_LEAD && at > indent ? at - SHORT_LEAD : 0
  const before = (from > 0 ? '…' : '') + visibleSource(line.slice(from, at))
  return { before, field: visibleSource(line.slice(at, at + MOST_UNITS)) }
}
