/** Lists of spans: cut, joined, and read off values. */
import { Dict, List, type Origin, type Span, Traced, type Value, type ValueOrigin } from '@kubescape/go-template'

/** Origin of characters that nobody knows more about. */
export const UNKNOWN: Origin = {}
/** Entries that one origin names; the text of a whole chart may be made from one checksum. */
const MAX_ENTRIES = 8

/** Spans of one text; what comes after them is known no better than as a whole. */
const MAX_SPANS = 100_000
/** Fewer are searched as fast as they are counted. */
const FEW = 16

/** Spans that are being put together. */
export class SpanList {
  readonly spans: Span[] = []

  add(length: number, origin: Origin): void {
    const last = this.spans.length - 1
    const before = this.spans[last]
    if (last >= MAX_SPANS) this.spans[last] = { length: (before?.length ?? 0) + length, origin: UNKNOWN }
    else if (before?.origin === origin && length > 0 && before.length > 0) {
      this.spans[last] = { length: before.length + length, origin }
    } else if (length > 0 || carriesMeaning(origin)) this.spans.push({ length, origin })
  }

  /** Adds what `spans` say about the characters from `start` to before `end`. */
  addSlice(spans: readonly Span[], start: number, end: number): void {
    const starts = spans.length > FEW ? startsOf(spans) : undefined
    let index = starts === undefined ? 0 : indexAt(spans, starts, start)
    let at = starts?.[index] ?? 0
    for (; index < spans.length && at <= end; index++) {
      const { length, origin } = spans[index] as Span
      const until = at + length
      if (length === 0) {
        if (at >= start) this.add(0, origin)
      } else if (until > start && at < end) this.add(Math.min(until, end) - Math.max(at, start), origin)
      at = until
    }
  }
}

const knownStarts = new WeakMap<readonly Span[], Int32Array>()

/** Where each span begins. */
export function startsOf(spans: readonly Span[]): Int32Array {
  let starts = knownStarts.get(spans)
  if (starts === undefined) {
    starts = new Int32Array(spans.length)
    let start = 0
    for (const [at, { length }] of spans.entries()) {
      starts[at] = start
      start += length
    }
    knownStarts.set(spans, starts)
  }
  return starts
}

/** The first span that ends at an offset or after it. */
export function indexAt(spans: readonly Span[], starts: Int32Array, offset: number): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((starts[middle] as number) + (spans[middle] as Span).length < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** Origin of the character at an offset; of the last one where the text ends. */
export function originAt(spans: readonly Span[], offset: number): Origin {
  for (let index = indexAt(spans, startsOf(spans), offset + 1); index < spans.length; index++) {
    const { length, origin } = spans[index] as Span
    if (length > 0) return origin
  }
  return spans.at(-1)?.origin ?? UNKNOWN
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
