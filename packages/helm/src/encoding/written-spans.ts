/** Where the characters of YAML come from, while it is written. */

import type { YamlEmitter } from '@kubescape/yaml'
import type { Origin, Span, Traced, ValueOrigin } from '@kubescape/go-template'

const unknown: Origin = {}

/** Collects spans: each call tells of what the emitter has written since the one before. */
export class WrittenSpans {
  readonly #emitter: YamlEmitter
  readonly #spans: { length: number; origin: Origin }[] = []
  #last = 0
  #entry: ValueOrigin | undefined
  #origin: Origin = unknown

  /** What the emitter holds already has no origin. */
  constructor(emitter: YamlEmitter) {
    this.#emitter = emitter
    this.written(undefined)
  }

  /** The text since the last call belongs to an entry of the values. */
  written(entry: ValueOrigin | undefined): void {
    if (entry !== this.#entry) {
      this.#entry = entry
      this.#origin = entry === undefined ? unknown : { value: entry }
    }
    this.#add(this.#emitter.length - this.#last, this.#origin)
    this.#last = this.#emitter.length
  }

  /** The text since the last call is a scalar, with the indicator before it; of more than one span only after a cut. */
  scalar({ value, spans }: Traced): void {
    const end = this.#emitter.length
    const first = spans[0]?.origin ?? unknown
    if (spans.length < 2 || typeof value !== 'string') this.#add(end - this.#last, first)
    else {
      const written = this.#emitter.lastScalar()
      this.#add(end - written.length - this.#last, first)
      this.#aligned(value, written, spans)
    }
    this.#last = end
  }

  /** The spans of the first characters. */
  all(length: number): Span[] {
    let rest = length
    const spans: Span[] = []
    for (const span of this.#spans) {
      if (span.length >= rest) {
        if (rest > 0) spans.push({ length: rest, origin: span.origin })
        return spans
      }
      spans.push(span)
      rest -= span.length
    }
    if (rest > 0) spans.push({ length: rest, origin: unknown })
    return spans
  }

  #add(length: number, origin: Origin): void {
    if (length <= 0) return
    const last = this.#spans.at(-1)
    if (last !== undefined && isSame(last.origin, origin)) last.length += length
    else this.#spans.push({ length, origin })
  }

  /** A text and what was written for it: characters that were put between belong to the one that follows. */
  #aligned(text: string, written: string, spans: readonly Span[]): void {
    let index = 0
    let ends = spans[0]?.length ?? 0
    let at = 0
    const opened = openingLength(written)
    this.#add(opened, spans[0]?.origin ?? unknown)
    for (let place = opened; place < written.length; place++) {
      while (at >= ends && index + 1 < spans.length) ends += spans[++index]?.length ?? 0
      const code = written.charCodeAt(place)
      let length = 1
      if (code === text.charCodeAt(at)) at++
      else if (code === 0x5c) {
        length = escapeLength(written.charAt(place + 1))
        at++
      }
      place += length - 1
      this.#add(length, spans[index]?.origin ?? unknown)
    }
  }
}

function isSame(a: Origin, b: Origin): boolean {
  if (a === b) return true
  return a.value === b.value && a.at === b.at && a.derived === b.derived && a.synthetic === b.synthetic
}

/** Characters of the quote, or of the line with the mark, that a scalar begins with; a plain one begins with neither. */
function openingLength(written: string): number {
  const first = written.charAt(0)
  if (first === '|') return written.indexOf('\n') + 1
  return first === '"' || first === "'" ? 1 : 0
}

/** Characters of an escape of double quotes. */
function escapeLength(letter: string): number {
  return letter === 'x' ? 4 : letter === 'u' ? 6 : letter === 'U' ? 10 : 2
}
