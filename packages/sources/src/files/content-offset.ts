/** Where the content of a document begins. */

const BEFORE = /^(?:[ \t]*(?:#.*|---[ \t]*(?:#.*)?)?\r?\n)*\s*/

/** The number of characters before the first key: comments, the marker of the document, blank lines. */
export function contentOffset(document: string): number {
  return BEFORE.exec(document)?.[0].length ?? 0
}
