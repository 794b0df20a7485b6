/** Where the characters of a rendered template come from. */
import { positionAt } from '@kubescape/yaml'
import type { Guard, Origin, SourceRun, Span, TemplatePlace, ValueOrigin } from '@kubescape/go-template'
import { absentEntries, type AbsentEntry } from './absent.ts'
import { addEntry, indexAt, startsOf } from './spans.ts'

/** A place in a template. */
export interface SourcePosition {
  /** Name of the template file: `web/templates/deployment.yaml`. */
  readonly template: string
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
}

/** An entry of the values that a text is made from. */
export interface ValueUse {
  readonly entry: ValueOrigin
  /**
   * `exact`: the text is the value, or holds it as it is. `derived`: it is made from the value. `empty`: the entry is empty,
   * and only because of that something else stands here.
   */
  readonly use: 'exact' | 'derived' | 'empty'
}

/** What is known about a piece of rendered text. */
export interface SourceRange {
  /** The place that wrote most of it; undefined when no template did. */
  readonly position: SourcePosition | undefined
  /** The actions that called the template of `position`, the nearest first. */
  readonly callers: readonly SourcePosition[]
  /** Entries that it is made from, those of most characters first. */
  readonly values: readonly ValueUse[]
  /** Entries that conditions around it looked at, those of the innermost condition first. */
  readonly guards: readonly ValueOrigin[]
  /** Something in it is random or made from the clock. */
  readonly synthetic: boolean
}

/** Origins of one rendered text. */
export class SourceMap {
  readonly #text: string
  readonly #spans: readonly Span[]
  /** Where each span begins. */
  readonly #starts: Int32Array
  readonly #source: (template: string) => string | undefined

  /**
   * @param spans together as long as the text
   * @param source the text of a template
   */
  constructor(text: string, spans: readonly Span[], source: (template: string) => string | undefined) {
    this.#text = text
    this.#spans = spans
    this.#source = source
    this.#starts = startsOf(spans)
  }

  /** What is known about the character at an offset, in UTF-16 units. */
  at(offset: number): SourceRange {
    return this.range(offset, offset + 1)
  }

  /** What is known about the characters from `start` to before `end`. */
  range(start: number, end: number): SourceRange {
    const weights = new Map<Origin, number>()
    for (const { from, length, origin } of this.runs(start, end)) {
      const ink = inkOf(this.#text, Math.max(from, start), Math.min(from + length, end))
      if (length > 0) weights.set(origin, (weights.get(origin) ?? 0) + ink)
    }
    const origins = [...weights].toSorted(([, a], [, b]) => b - a).map(([origin]) => origin)
    const place = heaviestPlace(weights)
    const values = new Map<string, ValueUse>()
    for (const origin of origins) addUses(values, origin)
    return {
      position: place && this.#position(place),
      callers: place === undefined ? [] : callersOf(place).map((caller) => this.#position(caller)),
      values: [...values.values()],
      guards: place === undefined ? [] : guardsOf(place),
      synthetic: origins.some(({ synthetic }) => synthetic === true),
    }
  }

  /**
   * Entries of the values that would bring a field that is missing in a mapping, the likeliest first.
   * @param start offset of the first key of the mapping, or of its brace
   * @param end offset after the mapping
   */
  absent(start: number, end: number, key: string): readonly AbsentEntry[] {
    // What was left out at the begin stands before the first key.
    let from = start
    while (from > 0 && this.#text.charCodeAt(from - 1) <= 0x20) from--
    return absentEntries({ text: this.#text, runs: [...this.runs(from, end)], start, key, source: this.#source })
  }

  /** The runs of one origin that touch a range; those without length at its ends are among them. */
  *runs(start: number, end: number): Generator<SourceRun> {
    for (let index = indexAt(this.#spans, this.#starts, start); index < this.#spans.length; index++) {
      const { length, origin } = this.#spans[index] as Span
      const from = this.#starts[index] as number
      if (from > end || (from === end && length > 0)) return
      if (from + length > start || length === 0) yield { from, length, origin }
    }
  }

  #position({ template, offset }: TemplatePlace): SourcePosition {
    const text = this.#source(template)
    return { template, ...(text === undefined ? { line: 1, column: 1 } : positionAt(text, offset)) }
  }
}

/** Characters that are no white space. */
function inkOf(text: string, start: number, end: number): number {
  let ink = 0
  for (let at = start; at < end; at++) if (text.charCodeAt(at) > 0x20) ink++
  return ink
}

function heaviestPlace(weights: ReadonlyMap<Origin, number>): TemplatePlace | undefined {
  const places = new Map<string, { readonly place: TemplatePlace; weight: number }>()
  for (const [{ at: place }, weight] of weights) {
    if (place === undefined) continue
    const key = `${place.offset} ${place.template}`
    const same = places.get(key)
    if (same === undefined) places.set(key, { place, weight })
    else same.weight += weight
  }
  let heaviest: { readonly place: TemplatePlace; weight: number } | undefined
  for (const other of places.values()) if (heaviest === undefined || other.weight > heaviest.weight) heaviest = other
  return heaviest?.place
}

function callersOf({ caller }: TemplatePlace): readonly TemplatePlace[] {
  const callers: TemplatePlace[] = []
  for (let next = caller; next !== undefined; next = next.caller) callers.push(next)
  return callers
}

function guardsOf(place: TemplatePlace): readonly ValueOrigin[] {
  const entries: ValueOrigin[] = []
  for (const { guard } of [place, ...callersOf(place)]) {
    for (let next: Guard | undefined = guard; next !== undefined; next = next.outer) {
      for (const entry of next.values) addEntry(entries, entry)
    }
  }
  return entries
}

function addUses(uses: Map<string, ValueUse>, { value, derived, also, insteadOf }: Origin): void {
  if (value !== undefined) addUse(uses, value, derived === true ? 'derived' : 'exact')
  for (const entry of also ?? []) addUse(uses, entry, 'derived')
  for (const entry of insteadOf ?? []) addUse(uses, entry, 'empty')
}

function addUse(uses: Map<string, ValueUse>, entry: ValueOrigin, use: ValueUse['use']): void {
  const key = JSON.stringify(entry.path)
  if (!uses.has(key) || use === 'exact') uses.set(key, { entry, use })
}
