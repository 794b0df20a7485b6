/** Footnotes: every text once, with a mark for each. */

/** More marks than this are numbers: they stay narrow. */
const MOST_STARS = 2

/** Gives marks for texts: stars while there are few, numbers when there are many. */
export class Footnotes {
  readonly #texts: readonly string[]

  /** All texts that will be asked for; empty ones have no note. */
  constructor(texts: readonly string[]) {
    this.#texts = [...new Set(texts.filter((text) => text !== ''))]
  }

  /** The mark of a text; empty for an empty text. */
  markOf(text: string): string {
    const at = this.#texts.indexOf(text)
    return at < 0 ? '' : this.#mark(at)
  }

  /** Marks with their texts, in order. */
  *notes(): Generator<{ mark: string; text: string }> {
    for (const [at, text] of this.#texts.entries()) yield { mark: this.#mark(at), text }
  }

  #mark(at: number): string {
    return this.#texts.length > MOST_STARS ? `*${at + 1}` : '*'.repeat(at + 1)
  }
}
