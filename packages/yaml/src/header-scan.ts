/** The quick look: kind and name of a document without parsing it, given only when certain. */
//
// Why a header cannot be forged: once the first content line is `key:` at column 0, the root of the document is a block
// mapping whose keys all begin at column 0. Every line that begins there is checked to be a plain key, so that a real
// `kind` key cannot escape the scan; a second one, real or inside of a multi-line text, makes the scan give up.

import { resolvePlain } from './scalars.ts'

/** What an object is, as its text says. */
export interface Header {
  apiVersion: string
  kind: string
  /** From `metadata`; absent when the document does not give it. */
  name?: string
  namespace?: string
  generateName?: string
}

type Field = keyof Header

const rootFields: ReadonlySet<string> = new Set(['apiVersion', 'kind'])
const nameFields: ReadonlySet<string> = new Set(['name', 'namespace', 'generateName'])
const longestField = 12

/** What the lines after a key at column 0 may be. */
const ignored = 0
const scalarEnd = 1
const metadata = 2

/** Reads the lines of one document at a time; the caller leaves out blank lines, comments and markers. */
export class HeaderScan {
  /** False once the document can have no header. */
  isOpen = true
  /** Whether indented lines matter at the moment. */
  watching = true
  #area = ignored
  #started = false
  #metadataSeen = false
  /** Column of the keys of `metadata`, -1 before the first. */
  #indent = -1
  /** Whether the last key of `metadata` holds a name on its own line. */
  #nameEnd = false
  #fields: Partial<Record<Field, string>> = {}

  reset(): void {
    this.isOpen = true
    this.#enter(ignored)
    // Before the first key an indented line means that the root of the document is something else.
    this.watching = true
    this.#started = false
    this.#metadataSeen = false
    this.#fields = {}
  }

  giveUp(): void {
    this.isOpen = false
    this.watching = false
  }

  header(): Header | undefined {
    const { apiVersion, kind, ...names } = this.#fields
    if (!this.isOpen || apiVersion === undefined || kind === undefined || apiVersion === '' || kind === '')
      return undefined
    return { apiVersion, kind, ...names }
  }

  /** A line from `at` to `end` that begins at column 0. */
  flush(text: string, at: number, end: number): void {
    if (text.charCodeAt(at) === 0x2d && isSpaceOrEnd(text, at + 1, end)) {
      // An item of a list that is the value of the key above.
      if (!this.#started || this.#area !== ignored) this.giveUp()
      return
    }
    const colon = plainKeyEnd(text, at, end)
    if (colon === -1) return this.giveUp()
    this.#started = true
    const length = colon - at
    const key = length <= longestField ? text.slice(at, colon) : ''
    if (rootFields.has(key)) {
      this.#enter(scalarEnd)
      this.#take(key as Field, text, colon + 1, end)
    } else if (key === 'metadata') {
      this.#enter(metadata)
      if (this.#metadataSeen || !isEmpty(text, colon + 1, end)) this.giveUp()
      this.#metadataSeen = true
    } else {
      this.#enter(ignored)
      if (!isClosed(text, colon + 1, end)) this.giveUp()
    }
  }

  /** An indented line, while `watching`; `content` is its first character that is not a space. */
  indented(text: string, at: number, content: number, end: number): void {
    if (this.#area !== metadata) return this.giveUp()
    const indent = content - at
    if (this.#indent === -1) this.#indent = indent
    if (indent > this.#indent) {
      if (this.#nameEnd || !isBalanced(text, content, end)) this.giveUp()
      return
    }
    if (indent < this.#indent) return this.giveUp()
    if (text.charCodeAt(content) === 0x2d && isSpaceOrEnd(text, content + 1, end)) {
      if (this.#nameEnd || !isBalanced(text, content, end)) this.giveUp()
      return
    }
    const colon = plainKeyEnd(text, content, end)
    if (colon === -1) return this.giveUp()
    const key = colon - content <= longestField ? text.slice(content, colon) : ''
    this.#nameEnd = nameFields.has(key)
    if (this.#nameEnd) this.#take(key as Field, text, colon + 1, end)
    else if (!isClosed(text, colon + 1, end)) this.giveUp()
  }

  #enter(area: number): void {
    this.#area = area
    this.watching = area !== ignored
    this.#indent = -1
    this.#nameEnd = false
  }

  #take(field: Field, text: string, from: number, end: number): void {
    const value = simpleScalar(text, from, end)
    if (value === undefined || this.#fields[field] !== undefined) return this.giveUp()
    this.#fields[field] = value
  }
}

/** The colon after a plain key of letters, digits and `_ . / -` that begins at `at`, or -1. */
function plainKeyEnd(text: string, at: number, end: number): number {
  const first = text.charCodeAt(at) | 0x20
  if (first < 0x61 || first > 0x7a) return -1
  for (let index = at + 1; index < end; index++) {
    const code = text.charCodeAt(index)
    if (code === 0x3a) return isSpaceOrEnd(text, index + 1, end) ? index : -1
    const lower = code | 0x20
    if ((lower >= 0x61 && lower <= 0x7a) || (code >= 0x2d && code <= 0x39) || code === 0x5f) continue
    return -1
  }
  return -1
}

function isSpaceOrEnd(text: string, at: number, end: number): boolean {
  return at >= end || text.charCodeAt(at) === 0x20
}

/** Whether nothing but spaces and a comment follows; a comment needs a space before it. */
function isEmpty(text: string, from: number, end: number): boolean {
  let at = from
  while (at < end && text.charCodeAt(at) === 0x20) at++
  return at >= end || (text.charCodeAt(at) === 0x23 && at > from)
}

/** The text of a plain or simply quoted value that is certainly a string and ends on its line. */
function simpleScalar(text: string, from: number, end: number): string | undefined {
  let start = from
  while (start < end && text.charCodeAt(start) === 0x20) start++
  const first = text.charCodeAt(start)
  const quoted = first === 0x22 || first === 0x27
  if (quoted) start++
  let at = start
  while (at < end && isNameCharacter(text.charCodeAt(at))) at++
  const value = text.slice(start, at)
  if (quoted) {
    if (text.charCodeAt(at) !== first || at >= end) return undefined
    at++
  } else if (
    value === '' ||
    !/^[A-Za-z0-9]/.test(value) ||
    value.endsWith(':') ||
    typeof resolvePlain(value) !== 'string'
  ) {
    return undefined
  }
  return isEmpty(text, at, end) && at <= end ? value : undefined
}

function isNameCharacter(code: number): boolean {
  const lower = code | 0x20
  return (lower >= 0x61 && lower <= 0x7a) || (code >= 0x2d && code <= 0x3a) || code === 0x5f
}

/** Whether a value that begins with a quote or a bracket ends on its line. */
function isClosed(text: string, from: number, end: number): boolean {
  let start = from
  while (start < end && text.charCodeAt(start) === 0x20) start++
  const first = text.charCodeAt(start)
  if (start >= end || (first !== 0x22 && first !== 0x27 && first !== 0x7b && first !== 0x5b)) return true
  let last = end - 1
  while (last > start && text.charCodeAt(last) === 0x20) last--
  if (last === start) return false
  const code = text.charCodeAt(last)
  if (first === 0x22 || first === 0x27) return code === first && isBalanced(text, start, end)
  return code === first + 2 && isBalanced(text, start, end)
}

/** Whether quotes come in pairs and brackets close on the line; no proof, but any doubt ends the scan. */
function isBalanced(text: string, from: number, end: number): boolean {
  let single = 0
  let double = 0
  let depth = 0
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) double++
    else if (code === 0x27) single++
    else if (code === 0x7b || code === 0x5b) depth++
    else if (code === 0x7d || code === 0x5d) depth--
  }
  return single % 2 === 0 && double % 2 === 0 && depth === 0
}
