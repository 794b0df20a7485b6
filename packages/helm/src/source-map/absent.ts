/** Fields that nobody wrote: which values would bring them. */
import type { SourceRun, TemplatePlace, ValueOrigin } from '@kubescape/go-template'
import { entryOf, isSameEntry } from './spans.ts'

/** An entry of the values that would bring a field. */
export interface AbsentEntry extends ValueOrigin {
  /** The entry would be the field. Otherwise a condition looks at it: the field comes when the entry is another. */
  readonly fills: boolean
}

/** A mapping, and the field that it does not have. */
export interface AbsentField {
  /** The rendered text. */
  readonly text: string
  /** The runs of the mapping. */
  readonly runs: readonly SourceRun[]
  /** Offset of the first key of the mapping, or of its brace. */
  readonly start: number
  readonly key: string
  /** The text of a template. */
  readonly source: (template: string) => string | undefined
}

/** The entries that would bring the field, those that would be the field first. */
export function absentEntries(field: AbsentField): readonly AbsentEntry[] {
  const entries: AbsentEntry[] = []
  for (const run of field.runs) {
    const collection = collectionAt(field, run)
    if (collection !== undefined) put(entries, { ...entryOf(collection, field.key), fills: true })
    for (const entry of conditionsOf(field, run)) put(entries, entry)
  }
  return entries.toSorted((a, b) => Number(b.fills) - Number(a.fills))
}

function put(entries: AbsentEntry[], entry: AbsentEntry): void {
  if (!entries.some((known) => isSameEntry(known, entry))) entries.push(entry)
}

/**
 * The collection of the values that was written as the mapping, or into it: one of its entries begins in the column of the first
 * key.
 */
function collectionAt({ text, start }: AbsentField, { from, length, origin }: SourceRun): ValueOrigin | undefined {
  const { value, within } = origin
  if (within === undefined || value === undefined) return undefined
  const word = skipToKey(text, from)
  if (word >= from + length || (word !== start && columnOf(text, word) !== columnOf(text, start))) return undefined
  const key = /^["']?([^\s"':{}[\],]+)["']?:/.exec(text.slice(word, word + 300))?.[1]
  const at = key === undefined ? -1 : value.path.indexOf(key, within.path.length)
  return at === -1 ? within : { layer: value.layer, path: value.path.slice(0, at) }
}

/** What the condition looks at that keeps the field out. */
function conditionsOf({ text, runs, start, key, source }: AbsentField, { origin }: SourceRun): AbsentEntry[] {
  const { skipped, at } = origin
  const values = at?.guard?.values ?? []
  if (skipped === undefined || at === undefined || values.length === 0) return []
  const field = new RegExp(String.raw`^([ \t]*(?:- +)*)["']?${escapePattern(key)}["']?:`, 'm').exec(skipped.text)
  if (field === null) return []
  const first = runs.find(({ from, length }) => length > 0 && from + length > start)
  const column = first && columnInTemplate(text, start, first, at, source)
  if (column !== undefined && column !== field[1]?.length) return []
  const filled = skipped.filled.filter((fill) => fill.key === key)
  return values.map((value) => {
    const last = value.path.at(-1)
    return { ...value, fills: filled.some(({ name }) => name === undefined || name === last) }
  })
}

/** The column of an offset in the template that wrote it, where that is the template of another place too. */
function columnInTemplate(
  text: string,
  offset: number,
  { from, length, origin }: SourceRun,
  place: TemplatePlace,
  source: AbsentField['source'],
): number | undefined {
  const { at } = origin
  if (at === undefined || at.template !== place.template || at.caller !== place.caller) return undefined
  const template = source(at.template)
  // Only text of the template stands there in the same column.
  if (template?.startsWith(text.slice(from, from + length), at.offset) !== true) return undefined
  return columnOf(template, at.offset + Math.max(0, offset - from))
}

/** The first word, past the signs of list items. */
function skipToKey(text: string, start: number): number {
  let at = start
  while (at < text.length && (text.charCodeAt(at) <= 0x20 || text.startsWith('- ', at))) at++
  return at
}

/** Characters between the begin of the line and an offset. */
function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1)
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
