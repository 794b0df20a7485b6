/** Comments of a file for the objects that they are about. */
import type { SourceComment } from '@kubescape/resources'
import { parsePath, type Comment, type DocumentSlice, type OpenDocument } from '@kubescape/yaml'

/** Looks for comments with a word: files without the word cost one search through their text. */
export class CommentSearch {
  readonly #text: string
  readonly #word: string | undefined
  #next = -1

  constructor(text: string, word: string | undefined) {
    this.#text = text
    this.#word = word
    if (word === undefined) this.#next = Infinity
  }

  /** The comments of a document. Ask for documents in their order. */
  within(slice: DocumentSlice, document: OpenDocument): Comment[] {
    if (this.#word === undefined || this.#next === Infinity) return []
    if (this.#next < slice.start) {
      const at = this.#text.indexOf(this.#word, slice.start)
      this.#next = at < 0 ? Infinity : at
    }
    return this.#next < slice.end ? document.comments(this.#word) : []
  }
}

/** The comments that are about an object of a document, or a part of it; `itemPath` is its path there. */
export function commentsOf(itemPath: string, comments: readonly Comment[]): SourceComment[] {
  const item = stepsOf(itemPath)
  return comments.flatMap(({ path, ...comment }): SourceComment[] => {
    // Whoever made it must hear that it is about nothing; of several objects the first one's judge tells.
    if (path === undefined) return item.every((step) => step === 'items' || step === '0') ? [{ ...comment, path }] : []
    const steps = stepsOf(path)
    if (begins(item, steps)) return [{ ...comment, path: '' }]
    return begins(steps, item) ? [{ ...comment, path: path.slice(itemPath.length).replace(/^\./, '') }] : []
  })
}

function stepsOf(path: string): string[] {
  return parsePath(path).map(String)
}

function begins(steps: readonly string[], start: readonly string[]): boolean {
  return start.every((step, at) => steps[at] === step)
}
