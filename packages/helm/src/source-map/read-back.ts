/** Text that templates made and read again: what is read comes from where the text comes from. */
import { openDocument, splitDocuments } from '@kubescape/yaml'

import { Dict, List, type Origin, type Span, Traced, type Value, plain } from '@kubescape/go-template'
import { entriesIn, sliceSpans, UNKNOWN } from './spans.ts'

/** Scalars of one text that are followed. */
const MAX_SCALARS = 2000

/** A scalar in what was read. */
interface Leaf {
  readonly path: string
  readonly value: Exclude<Value, Dict | List>
  readonly put: (value: Value) => void
}

/** Gives the scalars of a document, which nobody else has yet, the origins of their characters in its text. */
export function traceDocument(document: Dict | List, { value: text, spans }: Traced): void {
  if (typeof text !== 'string') return
  const leaves: Leaf[] = []
  collect(document, '', leaves)
  const slice = splitDocuments(text)[0]
  if (slice === undefined || leaves.length > MAX_SCALARS) return
  const places = openDocument(text, slice).locate(leaves.map(({ path }) => path))
  for (const [at, { value, put }] of leaves.entries()) {
    const place = places[at]
    const bare = plain(value)
    if (place?.exists !== true || typeof bare === 'object' || bare === undefined) continue
    put(new Traced(bare, spansOfScalar(bare, text, spans, place.valueStart, place.valueEnd)))
  }
}

function collect(value: Dict | List, path: string, leaves: Leaf[]): void {
  const children: [string, Value, (changed: Value) => void][] =
    value instanceof Dict
      ? [...value.entries].map(([key, item]) => [
          `["${key.replaceAll(/["\\]/g, String.raw`\$&`)}"]`,
          item,
          (changed) => value.entries.set(key, changed),
        ])
      : value.items.map((item, at) => [`[${at}]`, item, (changed) => (value.items[at] = changed)])
  for (const [step, item, put] of children) {
    if (leaves.length > MAX_SCALARS) return
    if (item instanceof Dict || item instanceof List) collect(item, path + step, leaves)
    else leaves.push({ path: path + step, value: item, put })
  }
}

function spansOfScalar(
  value: string | number | bigint | boolean,
  text: string,
  spans: readonly Span[],
  start: number,
  end: number,
): readonly Span[] {
  const isText = typeof value === 'string'
  const isQuoted = isText && end - start === value.length + 2 && text.startsWith(value, start + 1)
  const [from, to] = isQuoted ? [start + 1, end - 1] : [start, end]
  const own = sliceSpans(spans, from, to)
  if (isText && to - from === value.length) return own
  const [origin = UNKNOWN, ...others] = new Set(own.map((span) => span.origin))
  return [{ length: isText ? value.length : 0, origin: others.length === 0 ? origin : joined(own) }]
}

function joined(spans: readonly Span[]): Origin {
  const [value, ...also] = entriesIn(spans)
  return value === undefined ? UNKNOWN : { value, also, derived: true }
}
