/** Comments that are meant for a program, with the field that each is about. */

import { nodeStart } from './node-span.ts'
import type { Location } from './locate.ts'
import type { DocumentEvents } from './read-events.ts'
import { lineStarts, positionAt } from './positions.ts'
import type { DocumentSlice } from './split-documents.ts'
import { isValueMap } from './value.ts'
import type { Value } from './value.ts'

/** A comment that begins with the word that was asked for. */
export interface Comment {
  /** What stands behind that word, to the end of the line. */
  text: string
  /** Where the comment begins, from 1. */
  line: number
  column: number
  /**
   * What it is about. In the head of the document: the empty path, which is all of it. Behind a field: that field, or
   * the list item that begins on its line. On a line of its own: the same for the next line with content. Undefined when
   * no field begins on that line.
   */
  path: string | undefined
}

/** What is asked of an open document. */
interface Commented {
  readonly events: DocumentEvents
  readonly value: Value
  readonly locate: (paths: readonly string[]) => Location[]
}

/** The comments of a document that begin with `word`; text in scalars is no comment. */
export function findComments(text: string, slice: DocumentSlice, word: string, document: Commented): Comment[] {
  const offsets = [...offsetsOf(text, slice, word, document.events)]
  if (offsets.length === 0) return []
  const starts = lineStarts(text, slice.start, slice.end)
  const content = contentStart(document.events)
  const placed = offsets.map(({ hash, end }) => {
    const { line, column } = positionAt(text, hash, starts, slice.line)
    const newline = text.indexOf('\n', end)
    const said = text.slice(end, newline === -1 || newline > slice.end ? slice.end : newline).trim()
    const about = hash < content ? 0 : lineAbout(text, starts, line - slice.line, hash, slice)
    return { comment: { text: said, line, column }, about }
  })
  const paths = fieldsAt(new Set(placed.map(({ about }) => about)), document)
  return placed.map(({ comment, about }) => ({ ...comment, path: about === 0 ? '' : paths.get(about) }))
}

function* offsetsOf(
  text: string,
  { start, end }: DocumentSlice,
  word: string,
  { events, base }: DocumentEvents,
): Generator<{ hash: number; end: number }> {
  let index = 0
  for (let at = text.indexOf(word, start); at !== -1 && at < end; at = text.indexOf(word, at + word.length)) {
    let hash = at - 1
    while (text[hash] === ' ' || text[hash] === '\t') hash--
    // YAML 1.2, 6.6: a comment is set off by white space.
    if (hash < start || text[hash] !== '#' || (hash > start && !/\s/.test(text[hash - 1] ?? ''))) continue
    if (/\S/.test(text[at + word.length] ?? ' ')) continue
    let scalar = events[index]
    while (scalar !== undefined && !(scalar.type === 4 && base + scalar.valueEnd > hash)) scalar = events[++index]
    if (scalar?.type === 4 && scalar.valueStart !== -1 && base + scalar.valueStart <= hash) continue
    yield { hash, end: at + word.length }
  }
}

/** Where the first node begins. */
function contentStart({ events, input, base }: DocumentEvents): number {
  for (const event of events) {
    const start = nodeStart(event, input, 0)
    if (start !== -1) return base + start
  }
  return Infinity
}

/** The line that a comment is about: its own, or, where that holds nothing else, the next with content; -1 for none. */
function lineAbout(
  text: string,
  starts: readonly number[],
  row: number,
  hash: number,
  { line, end }: DocumentSlice,
): number {
  if (/\S/.test(text.slice(starts[row], hash))) return line + row
  for (let next = row + 1; next < starts.length; next++) {
    const content = /[^ \t\r\n]/.exec(text.slice(starts[next], starts[next + 1] ?? end))
    if (content !== null && content[0] !== '#') return line + next
  }
  return -1
}

/** The outermost field or list item that begins on each line. */
function fieldsAt(lines: ReadonlySet<number>, { value, locate }: Commented): Map<number, string> {
  const found = new Map<number, string>()
  let open: { path: string; value: Value }[] = [{ path: '', value }]
  while (open.length > 0 && found.size < lines.size) {
    const children = open.flatMap(childrenOf)
    const places = locate(children.map(({ path }) => path))
    open = children.filter(({ path }, at) => {
      const place = places[at]
      if (place === undefined || !place.exists) return false
      if (lines.has(place.line) && !found.has(place.line)) found.set(place.line, path)
      for (const line of lines) if (line > place.line && line <= place.endLine) return true
      return false
    })
  }
  return found
}

function childrenOf({ path, value }: { path: string; value: Value }): { path: string; value: Value }[] {
  if (Array.isArray(value)) return value.map((item, at) => ({ path: `${path}[${at}]`, value: item }))
  if (!isValueMap(value)) return []
  return Object.entries(value).map(([key, child]) => {
    const step = /^[\w-]+$/.test(key) ? key : `["${key.replaceAll(/["\\]/g, String.raw`\$&`)}"]`
    return { path: path === '' || step.startsWith('[') ? path + step : `${path}.${step}`, value: child }
  })
}
