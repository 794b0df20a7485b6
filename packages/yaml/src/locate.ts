/** Where fields stand in the text, on demand: the events of one document are read again and walked once for all paths. */

import type { Event } from 'js-yaml'
import { compose } from './compose.ts'
import { scalarKey, tagHandles } from './event-scalars.ts'
import { withDefaults } from './limits.ts'
import type { Limits } from './limits.ts'
import { leafEnd, nodeStart, skipSpace } from './node-span.ts'
import { parsePath, valueAt } from './path.ts'
import type { PathStep } from './path.ts'
import { lineStarts, positionAt } from './positions.ts'
import { readEvents } from './read-events.ts'
import type { DocumentEvents } from './read-events.ts'
import type { DocumentSlice } from './split-documents.ts'
import type { Value } from './value.ts'

/** Where a field or a list item stands. Lines and columns from 1, columns in UTF-16 units, ends exclusive. */
export interface Location {
  line: number
  column: number
  endLine: number
  endColumn: number
  /** False when the path leads nowhere; the rest is then that of its nearest ancestor. */
  exists: boolean
  /** How many steps of the path lead to what is located: all of them when it exists. */
  depth: number
  /** Offsets in the text: from the key of a mapping entry, or from a list item, to the end of the value. */
  start: number
  end: number
  /** Offsets of the value, its tag and anchor included; `valueStart` equals `valueEnd` when nothing is written. */
  valueStart: number
  valueEnd: number
}

/**
 * Where the paths (see `parsePath`) stand in the text, in their order. A field that an alias or a merge key brings in is
 * located at the alias or at the `<<`. Of duplicate keys the last counts, as in reading. For a document that cannot be
 * read every path gets the document with `exists: false`. Never throws.
 */
export function locate(
  text: string,
  slice: DocumentSlice,
  paths: readonly string[],
  limits?: Partial<Limits>,
): Location[] {
  if (paths.length === 0) return []
  try {
    const bounds = withDefaults(limits)
    return locateIn(readEvents(text, slice.start, slice.end, bounds), text, slice, paths, bounds)
  } catch {
    return locateIn(undefined, text, slice, paths, withDefaults(limits))
  }
}

/**
 * Where the paths stand in a document whose events are at hand; without events every path gets the whole document. Give the
 * line starts when asking more than once.
 */
export function locateIn(
  document: DocumentEvents | undefined,
  text: string,
  slice: DocumentSlice,
  paths: readonly string[],
  limits: Limits,
  starts = lineStarts(text, slice.start, slice.end),
): Location[] {
  const place = (span: Span, base: number, exists: boolean, depth: number): Location => {
    const start = base + span.start
    const end = base + span.end
    const from = positionAt(text, start, starts, slice.line)
    const to = positionAt(text, end, starts, slice.line)
    return {
      line: from.line,
      column: from.column,
      endLine: to.line,
      endColumn: to.column,
      exists,
      depth,
      start,
      end,
      valueStart: base + span.valueStart,
      valueEnd: base + span.valueEnd,
    }
  }
  try {
    if (document === undefined) throw new Error('unread')
    const walk = new Walk(document, limits)
    return walk.find(paths.map(parsePath)).map(({ span, exists, depth }) => place(span, walk.base, exists, depth))
  } catch {
    const length = slice.end - slice.start
    return paths.map(() => place({ start: 0, end: length, valueStart: 0, valueEnd: length }, slice.start, false, 0))
  }
}

interface Span {
  start: number
  end: number
  valueStart: number
  valueEnd: number
}

/** A wanted node: what was found of it, and the wanted nodes below. */
interface Wanted {
  span: Span | undefined
  children: Map<string, Wanted> | undefined
  /** The last `<<` entry of the mapping. */
  merge: Span | undefined
}

interface Found {
  span: Span
  exists: boolean
  depth: number
}

class Walk {
  readonly base: number
  readonly #events: readonly Event[]
  readonly #input: string
  readonly #limits: Limits
  readonly #handles: ReadonlyMap<string, string>
  #index = 1
  /** End of what was read so far. */
  #cursor = 0
  #hasAlias = false
  #value: { value: Value | undefined } | undefined

  constructor(document: DocumentEvents, limits: Limits) {
    this.base = document.base
    this.#events = document.events
    this.#input = document.input
    this.#limits = limits
    this.#handles = tagHandles(document.events[0])
  }

  find(paths: readonly PathStep[][]): Found[] {
    const root: Wanted = { span: undefined, children: undefined, merge: undefined }
    for (const path of paths) want(root, path)
    if (this.#events.length > 0) {
      const { start, end } = this.#node(root)
      root.span = { start, end, valueStart: start, valueEnd: end }
    } else {
      root.span = { start: 0, end: 0, valueStart: 0, valueEnd: 0 }
    }
    return paths.map((path) => this.#result(root, path))
  }

  #result(root: Wanted, path: readonly PathStep[]): Found {
    let node = root
    let span = root.span as Span
    for (const [depth, step] of path.entries()) {
      const child = node.children?.get(String(step))
      if (child?.span === undefined) {
        const exists = this.#isAliased() && valueAt(this.#read(), path) !== undefined
        return { span: exists ? (node.merge ?? span) : span, exists, depth: exists ? path.length : depth }
      }
      node = child
      span = child.span
    }
    return { span, exists: true, depth: path.length }
  }

  /** Whether a path may lead through text that stands elsewhere. */
  #isAliased(): boolean {
    return this.#hasAlias || this.#input.includes('<<')
  }

  #read(): Value | undefined {
    if (this.#value === undefined) {
      try {
        this.#value = { value: compose(this.#events, this.#input, this.#limits).value }
      } catch {
        this.#value = { value: undefined }
      }
    }
    return this.#value.value
  }

  /** Walks the next node and gives its offsets; an empty one stands at the cursor. */
  #node(wanted: Wanted | undefined): { start: number; end: number } {
    const event = this.#events[this.#index++] as Event
    const input = this.#input
    const start = nodeStart(event, input, this.#cursor)
    if (event.type === 4 || event.type === 5) {
      if (event.type === 5) this.#hasAlias = true
      const end = leafEnd(event, input)
      if (start === -1 || end === -1) return { start: this.#cursor, end: this.#cursor }
      this.#cursor = end
      return { start, end }
    }
    if (event.type !== 2 && event.type !== 3) return { start: this.#cursor, end: this.#cursor }
    this.#cursor = Math.max(this.#cursor, event.start)
    if (wanted === undefined && event.style === 1 && this.#skipBlock()) return { start, end: this.#cursor }
    // A pair in a list, `[a: b]`, is a flow mapping without brackets.
    if (event.type === 2) this.#sequence(event.style === 2, wanted?.children)
    else this.#mapping(event.style === 2, wanted)
    this.#index++
    if (event.style === 2 && '[{'.includes(input.charAt(event.start))) this.#closeFlow()
    return { start, end: this.#cursor }
  }

  /**
   * Goes behind the end of a block collection whose start event was read, looking at its last node only. False, with
   * nothing done, when that node is empty, since its place then depends on the indicators before it.
   */
  #skipBlock(): boolean {
    const events = this.#events
    const { length } = events
    const first = this.#index
    const cursor = this.#cursor
    let last: Event | undefined
    for (let depth = 1; depth > 0 && this.#index < length;) {
      const event = events[this.#index++] as Event
      if (event.type === 6) depth--
      else if (event.type === 4) last = event
      else if (event.type === 5) {
        last = event
        this.#hasAlias = true
      } else if (event.type !== 1 && event.style === 1) depth++
      else {
        this.#index--
        this.#node(undefined)
        last = undefined
      }
    }
    if (last === undefined) return true
    const end = leafEnd(last, this.#input)
    if (end === -1) {
      this.#index = first
      this.#cursor = cursor
      return false
    }
    this.#cursor = end
    return true
  }

  /** Moves the cursor behind the closing bracket. */
  #closeFlow(): void {
    const at = skipSpace(this.#input, this.#cursor, true)
    const code = this.#input.charCodeAt(at)
    if (code === 0x5d || code === 0x7d) this.#cursor = at + 1
  }

  #sequence(isFlow: boolean, children: Map<string, Wanted> | undefined): void {
    if (isFlow) this.#cursor++
    for (let index = 0; (this.#events[this.#index] as Event).type !== 6; index++) {
      if (!isFlow) this.#skipIndicator(0x2d)
      const child = children?.get(String(index))
      const { start, end } = this.#node(child)
      if (child !== undefined) child.span = { start, end, valueStart: start, valueEnd: end }
    }
  }

  #mapping(isFlow: boolean, wanted: Wanted | undefined): void {
    const first = this.#input.charCodeAt(this.#cursor)
    if (isFlow && first === 0x7b) this.#cursor++
    while ((this.#events[this.#index] as Event).type !== 6) {
      const keyEvent = this.#events[this.#index] as Event
      const key = wanted !== undefined && keyEvent.type === 4 ? this.#keyText(keyEvent) : undefined
      const keySpan = this.#node(undefined)
      this.#skipIndicator(0x3a)
      const child = key === undefined ? undefined : wanted?.children?.get(key)
      if (child?.span !== undefined) forget(child)
      const { start, end } = this.#node(child)
      const span = { start: keySpan.start, end, valueStart: start, valueEnd: end }
      if (child !== undefined) child.span = span
      else if (key === '<<' && wanted !== undefined) wanted.merge = span
    }
  }

  #keyText(event: Event & { type: 4 }): string | undefined {
    try {
      return scalarKey(this.#input, event, this.#handles)
    } catch {
      return undefined
    }
  }

  /** Moves the cursor behind the `-` or `:` that comes next, if it does. */
  #skipIndicator(code: number): void {
    const at = skipSpace(this.#input, this.#cursor)
    if (this.#input.charCodeAt(at) === code) this.#cursor = at + 1
  }
}

function want(root: Wanted, path: readonly PathStep[]): void {
  let node = root
  for (const step of path) {
    node.children ??= new Map()
    const key = String(step)
    let child = node.children.get(key)
    if (child === undefined) {
      child = { span: undefined, children: undefined, merge: undefined }
      node.children.set(key, child)
    }
    node = child
  }
}

/** Drops what was found below an entry that a later one with the same key replaces. */
function forget(wanted: Wanted): void {
  wanted.span = undefined
  wanted.merge = undefined
  for (const child of wanted.children?.values() ?? []) {
    if (child.span !== undefined) forget(child)
  }
}
