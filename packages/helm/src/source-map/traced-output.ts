/** Text with the origin of every character. */
import {
  type ActionNode,
  type BranchNode,
  type Budget,
  type Frame,
  type Origin,
  type Output,
  type Span,
  type TemplatePlace,
  type TextNode,
  Traced,
  type Value,
  sprint,
} from '@kubescape/go-template'
import { skippedBlock } from './skipped-block.ts'
import { sliceSpans, SpanList, spansOf, UNKNOWN } from './spans.ts'

/** Keeps the text and its spans. */
export class TracedOutput implements Output {
  text = ''
  readonly #list = new SpanList()
  readonly #budget: Budget

  constructor(budget: Budget) {
    this.#budget = budget
  }

  /** Where the text comes from: spans that together are as long as it. */
  get spans(): readonly Span[] {
    return this.#list.spans
  }

  literal({ at, text }: TextNode, frame: Frame): void {
    const { source } = frame.template
    if (source.spans !== undefined) this.#add(sliceSpans(source.spans, at, at + text.length), placeOf(frame))
    else this.#lines(at, text, placeOf(frame))
    this.#write(text)
  }

  value(_node: ActionNode, value: Value, frame: Frame): void {
    const text = sprint(value)
    const spans = spansOf(value, text)
    const isFollowed = spans.length < 2 || frame.rendering.tracer?.follows(spans.length) === true
    this.#add(isFollowed ? spans : [{ length: text.length, origin: UNKNOWN }], placeOf(frame))
    this.#write(text)
  }

  skip(node: BranchNode, frame: Frame): void {
    const place = placeOf(frame)
    const skipped = skippedBlock(node)
    if (skipped.text !== '') this.#list.add(0, { ...(place && { at: place }), skipped })
  }

  result(): Traced {
    return new Traced(this.text, this.#list.spans)
  }

  inner(): TracedOutput {
    return new TracedOutput(this.#budget)
  }

  /** Each line of the template is a place of its own. */
  #lines(at: number, text: string, place: TemplatePlace | undefined): void {
    let start = 0
    while (start < text.length) {
      const found = text.indexOf('\n', start)
      const end = found === -1 ? text.length : found + 1
      this.#list.add(end - start, place === undefined ? {} : { at: { ...place, offset: at + start } })
      start = end
    }
  }

  /** What was written before keeps its place; what is written now has this one. */
  #add(spans: readonly Span[], place: TemplatePlace | undefined): void {
    let [last, placed]: [Origin?, Origin?] = []
    for (const { length, origin } of spans) {
      if (origin !== last || placed === undefined) {
        last = origin
        placed = origin.at === undefined && place !== undefined ? { ...origin, at: place } : origin
      }
      this.#list.add(length, placed)
    }
  }

  #write(text: string): void {
    this.text += text
    this.#budget.write(text.length, this.text.length)
  }
}

function placeOf(frame: Frame): TemplatePlace | undefined {
  return frame.rendering.tracer?.place(frame)
}
