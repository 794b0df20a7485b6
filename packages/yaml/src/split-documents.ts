/** Cuts a file into its documents before anything is parsed, so that a broken document costs only itself. */

import { HeaderScan } from './header-scan.ts'
import type { Header } from './header-scan.ts'
import { withLineFeeds } from './positions.ts'
import { firstOf, otherLineBreaks } from './read-events.ts'

/** One document of a file. */
export interface DocumentSlice {
  /** Offsets in the text; `end` is exclusive. The slice begins at the start of a line, at its `---` if it has one. */
  start: number
  end: number
  /** Line of `start`, from 1. */
  line: number
  /** Kind and name, given only when they are certain without parsing. */
  header?: Header
}

/**
 * The documents of a text in order; those with nothing but comments are left out. A document begins at a line with `---`
 * followed by white space or the end of the line (YAML 1.2, 9.1.2) and ends before the next, or with a `...` line.
 * Directives and comments before the first `---`, or after `...`, belong to the document that follows. Never throws.
 */
export function splitDocuments(text: string): DocumentSlice[] {
  return new Splitter(withLineFeeds(text)).split()
}

class Splitter {
  readonly #text: string
  readonly #slices: DocumentSlice[] = []
  readonly #scan = new HeaderScan()
  readonly #hasOtherBreaks: boolean
  #start = 0
  #startLine = 1
  /** Whether the slice has a `---`, and whether it has more than comments. */
  #marked = false
  #content = false
  /** Whether it begins with directives, which are an error without a `---` after them. */
  #directives = false

  constructor(text: string) {
    this.#text = text
    this.#hasOtherBreaks = firstOf(text, otherLineBreaks) !== -1
  }

  split(): DocumentSlice[] {
    const text = this.#text
    const length = text.length
    const scan = this.#scan
    let line = 1
    for (let at = 0, end = 0; at < length; at = end + 1, line++) {
      end = text.indexOf('\n', at)
      if (end === -1) end = length
      const first = text.charCodeAt(at)
      if (first === 0x20) {
        // Most lines of most files: indented, in a part that no header depends on.
        if (this.#content && !scan.watching) continue
        this.#indented(at, end)
      } else if (first === 0x2d && isMarker(text, at, 0x2d)) {
        this.#begin(at, end, line)
      } else if (first === 0x2e && isMarker(text, at, 0x2e)) {
        if (!isBlankOrComment(text, at + 3, end)) this.#content = true
        this.#close(Math.min(end + 1, length))
        this.#open(Math.min(end + 1, length), line + 1)
      } else {
        this.#flush(first, at, end)
      }
    }
    this.#close(length)
    return this.#slices
  }

  #begin(at: number, end: number, line: number): void {
    if (this.#marked || this.#content) {
      this.#close(at)
      this.#open(at, line)
    }
    this.#marked = true
    if (isBlankOrComment(this.#text, at + 3, end)) return
    this.#content = true
    this.#scan.giveUp()
  }

  #indented(at: number, end: number): void {
    const text = this.#text
    let indent = at + 1
    while (text.charCodeAt(indent) === 0x20) indent++
    const first = text.charCodeAt(indent)
    if (indent >= end || first === 0x0d || first === 0x23) return
    if (!this.#content && isBlankOrComment(text, indent, end)) return
    this.#content = true
    if (this.#scan.watching) this.#scan.indented(text, at, indent, trimReturn(text, end))
  }

  /** A line that begins at column 0 with anything but a space. */
  #flush(first: number, at: number, end: number): void {
    if (at === end || first === 0x23 || (first === 0x0d && at + 1 === end)) return
    const text = this.#text
    if (!this.#content && first === 0x09 && isBlankOrComment(text, at, end)) return
    if (!this.#content && !this.#marked && first === 0x25) {
      // A directive: its document follows, and is read in full.
      this.#scan.giveUp()
      this.#directives = true
      return
    }
    this.#content = true
    if (this.#scan.isOpen) this.#scan.flush(text, at, trimReturn(text, end))
  }

  #open(start: number, line: number): void {
    this.#start = start
    this.#startLine = line
    this.#marked = false
    this.#content = false
    this.#directives = false
    this.#scan.reset()
  }

  #close(end: number): void {
    const start = this.#start
    // Content may hide behind a character that ends a comment for Kubernetes, but not for this scan.
    const isOdd = this.#hasOtherBreaks && firstOf(this.#text.slice(start, end), otherLineBreaks) !== -1
    if (!this.#content && !isOdd && !(this.#directives && !this.#marked)) return
    const slice: DocumentSlice = { start, end, line: this.#startLine }
    const header = isOdd ? undefined : this.#scan.header()
    if (header !== undefined) slice.header = header
    this.#slices.push(slice)
  }
}

function isMarker(text: string, at: number, code: number): boolean {
  if (text.charCodeAt(at + 1) !== code || text.charCodeAt(at + 2) !== code) return false
  const next = text.charCodeAt(at + 3)
  return next === 0x0a || next === 0x20 || next === 0x0d || next === 0x09 || at + 3 >= text.length
}

function isBlankOrComment(text: string, from: number, end: number): boolean {
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x23) return true
    if (code !== 0x20 && code !== 0x09 && code !== 0x0d) return false
  }
  return true
}

function trimReturn(text: string, end: number): number {
  return text.charCodeAt(end - 1) === 0x0d ? end - 1 : end
}
