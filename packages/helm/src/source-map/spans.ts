/** Lists of spans: cut, joined, and read off values. */
import { Dict, List, Traced, type Value } from '../go/value.ts'
import type { Origin, Span, ValueOrigin } from './origin.ts'

/** Origin of characters that nobody knows more about. */
export const UNKNOWN: Origin = {}
/** Entries that one origin names; the text of a whole chart may be made from one checksum. */
const MAX_ENTRIES = 8

/** Spans that are being put together. */
export class SpanList {
  readonly spans: Span[] = []

  add(length: number, origin: Origin): void {
    const last = this.spans.length - 1
    const before = this.spans[last]
    if (before?.origin === origin && length > 0 && before.length > 0) {
      this.spans[last] = { length: before.length + length, origin }
    } else if (length > 0 || carriesMeaning(origin)) this.spans.push({ length, origin })
  }

  /** Adds what `spans` say about the characters from `start` to before `end`. */
  addSlice(spans: readonly Span[], start: number, end: number): void {
    let [index, at] = firstSpan(spans, start)
    for (; index < spans.length; index++) {
      const { length, origin } = spans[index] as Span
      const until = at + length
      if (length === 0) {
        if (at >= start && at <= end) this.add(0, origin)
      } else if (until > start && at < end) this.add(Math.min(until, end) - Math.max(at, start), origin)
      if (at > end) return
      at = until
    }
  }
}

/** The origin of the character at a place, or of the last one. */
export function originAt(spans: readonly Span[], offset: number): Origin {
  let [index, end] = firstSpan(spans, offset)
  for (; index < spans.length; index++) {
    const { length, origin } = spans[index] as Span
    end += length
    if (end > offset && length > 0) return origin
  }
  return spans.at(-1)?.origin ?? UNKNOWN
}

/** Where the spans of long lists end: such lists are asked for one line after the other. */
const ends = new WeakMap<readonly Span[], Float64Array>()
const LONG = 32

/** The first span that ends at a place or behind it, and where it starts. */
function firstSpan(spans: readonly Span[], offset: number): [index: number, start: number] {
  if (offset === 0 || spans.length < LONG) return [0, 0]
  const known = ends.get(spans) ?? endsOf(spans)
  ends.set(spans, known)
  let [low, high] = [0, known.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((known[middle] as number) < offset) low = middle + 1
    else high = middle
  }
  return [low, low === 0 ? 0 : (known[low - 1] as number)]
}

function endsOf(spans: readonly Span[]): Float64Array {
  let end = 0
  return Float64Array.from(spans, ({ length }) => (end += length))
}

/** A span without length is kept for what was left out there. */
function carriesMeaning({ skipped, value, insteadOf }: Origin): boolean {
  return skipped !== undefined || value !== undefined || insteadOf !== undefined
}

/** What the spans say about a part of their text. */
export function sliceSpans(spans: readonly Span[], start: number, end: number): readonly Span[] {
  const list = new SpanList()
  list.addSlice(spans, start, end)
  return list.spans
}

/** Spans of a text that a value is printed as. */
export function spansOf(value: Value, text: string): readonly Span[] {
  if (value instanceof Traced) {
    return typeof value.value === 'string'
      ? value.spans
      : [{ length: text.length, origin: value.spans[0]?.origin ?? UNKNOWN }]
  }
  const origin = (value instanceof Dict || value instanceof List) && value.origin
  return [{ length: text.length, origin: origin ? { value: origin, within: origin, derived: true } : UNKNOWN }]
}

/** Entries of the values that an argument comes from. */
export function entriesOf(value: Value): readonly ValueOrigin[] {
  if (value instanceof Traced) return entriesIn(value.spans)
  if (value instanceof Dict || value instanceof List) return value.origin === undefined ? [] : [value.origin]
  return []
}

/** Entries that spans name, each once. */
export function entriesIn(spans: readonly Span[]): readonly ValueOrigin[] {
  const entries: ValueOrigin[] = []
  for (const { origin } of spans) {
    if (origin.value !== undefined) addEntry(entries, origin.value)
    for (const entry of origin.also ?? []) addEntry(entries, entry)
    if (entries.length >= MAX_ENTRIES) break
  }
  return entries
}

/** Adds an entry unless it is there already. */
export function addEntry(entries: ValueOrigin[], entry: ValueOrigin): void {
  if (entries.length < MAX_ENTRIES && !entries.some((known) => isSameEntry(known, entry))) entries.push(entry)
}

/** The entry of a list or map that lies in the values. */
export function entryOf({ layer, path }: ValueOrigin, key: string | number): ValueOrigin {
  return { layer, path: [...path, key] }
}

/** Whether two origins are one entry, whichever layer wrote it. */
export function isSameEntry(a: ValueOrigin, b: ValueOrigin): boolean {
  return a === b || (a.path.length === b.path.length && a.path.every((part, at) => part === b.path[at]))
}

/** A traced text without every place of another text in it. */
export function withoutText(traced: Traced, unwanted: string): Traced {
  const { value: text, spans } = traced
  if (typeof text !== 'string' || !text.includes(unwanted)) return traced
  const list = new SpanList()
  let start = 0
  for (let found = text.indexOf(unwanted); found !== -1; found = text.indexOf(unwanted, start)) {
    list.addSlice(spans, start, found)
    start = found + unwanted.length
  }
  list.addSlice(spans, start, text.length)
  return new Traced(text.replaceAll(unwanted, ''), list.spans)
}
