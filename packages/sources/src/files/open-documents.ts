/** Documents that were read and may be asked again by the report: small inputs stay at hand, large ones are read again. */
import type { DocumentSlice, OpenDocument } from '@kubescape/yaml'

/** Length of the texts whose documents are kept; kept documents take about ten times as much memory. */
const KEPT_LENGTH = 6 * 1024 * 1024

/** Keeps documents up to a total length of text, and beyond that only the one asked for last. */
export class OpenDocuments {
  readonly #kept = new Map<string, OpenDocument>()
  #length = 0
  #last: { key: string; document: OpenDocument } | undefined

  /** Keeps a document, if there is room. */
  keep(file: string, slice: DocumentSlice, document: OpenDocument): void {
    const length = slice.end - slice.start
    if (this.#length + length > KEPT_LENGTH) return
    this.#length += length
    this.#kept.set(keyOf(file, slice), document)
  }

  /** Remembers the document that was read again last: the items of a list share one reading. */
  last(file: string, slice: DocumentSlice, document: OpenDocument): void {
    this.#last = { key: keyOf(file, slice), document }
  }

  /** The document, if it is at hand. */
  find(file: string, slice: DocumentSlice): OpenDocument | undefined {
    const key = keyOf(file, slice)
    return this.#last?.key === key ? this.#last.document : this.#kept.get(key)
  }
}

function keyOf(file: string, { start }: DocumentSlice): string {
  return `${start}:${file}`
}
