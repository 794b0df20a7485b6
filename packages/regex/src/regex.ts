/** Patterns as Go's `regexp` understands them: leftmost-first matches, in time that is linear in the text. */
import { enginesOf, type Engine, type Engines, type Match } from './engine/engine.ts'
import { expand, parseTemplate } from './expand.ts'
import { parsePattern } from './syntax/parse.ts'
import { PatternError } from './syntax/pattern-error.ts'

/** Counts work, in characters that are gone over; it may throw to end it. */
export type Spend = (amount: number) => void

/** What a pattern may be. */
export interface PatternLimits {
  /** Characters. */
  readonly length: number
}

/** Without a limit on the length of the pattern. */
const NO_LIMITS: PatternLimits = { length: Infinity }

/**
 * Reads a pattern.
 * @throws {PatternError} with Go's words for what is wrong
 */
export function compile(pattern: string, limits: PatternLimits = NO_LIMITS): Regex {
  if (pattern.length > limits.length) throw new PatternError('expression too large', `${pattern.slice(0, 40)}...`)
  const parsed = parsePattern(pattern)
  return new Regex(pattern, enginesOf(pattern, parsed), parsed.groups, () => {})
}

/** A pattern that can be matched. Positions are in UTF-16 units; limits below 0 are none. */
export class Regex {
  readonly pattern: string
  /** Names of the groups in their order; empty for those without one. */
  readonly groups: readonly string[]
  readonly #engines: Engines
  readonly #spend: Spend

  /** Made by `compile`. */
  constructor(pattern: string, engines: Engines, groups: readonly string[], spend: Spend) {
    this.pattern = pattern
    this.groups = groups
    this.#engines = engines
    this.#spend = spend
  }

  /** The same pattern, with its work counted. */
  metered(spend: Spend): Regex {
    return new Regex(this.pattern, this.#engines, this.groups, spend)
  }

  /** Whether it matches anywhere. */
  test(text: string): boolean {
    const { native, nativeWork, linear, linearWork } = this.#engines
    const isNative = native !== undefined && text.length <= this.#engines.nativeLength
    this.#spend((isNative ? nativeWork : linearWork)(text.length))
    return (isNative ? native : linear()).test(text)
  }

  /** The text of the first match. */
  find(text: string): string | undefined {
    return this.#first(text, false)?.[0]
  }

  /** Start and end of the first match. */
  findIndex(text: string): [start: number, end: number] | undefined {
    const match = this.#first(text, false)
    return match === undefined ? undefined : [match.index, match.index + match[0].length]
  }

  /** The text of the first match, then those of its groups, empty for those that took no part. */
  findSubmatch(text: string): string[] | undefined {
    const match = this.#first(text, true)
    return match === undefined ? undefined : withoutGaps(match)
  }

  /** The texts of all matches. */
  findAll(text: string, limit = -1): string[] {
    return this.#all(text, limit, false).map((match) => match[0])
  }

  /** Start and end of all matches. */
  findAllIndex(text: string, limit = -1): [start: number, end: number][] {
    return this.#all(text, limit, false).map((match) => [match.index, match.index + match[0].length])
  }

  /** All matches with their groups. */
  findAllSubmatch(text: string, limit = -1): string[][] {
    return this.#all(text, limit, true).map(withoutGaps)
  }

  /** The text with each match replaced; `$1`, `${1}` and `$name` stand for groups. */
  replaceAll(text: string, replacement: string): string {
    const template = parseTemplate(replacement)
    const withGroups = template.some((part) => typeof part !== 'string')
    return this.#replace(text, withGroups, (match) => expand(template, match, this.groups))
  }

  /** The text with each match replaced by a text. */
  replaceAllLiteral(text: string, replacement: string): string {
    return this.#replace(text, false, () => replacement)
  }

  /** The texts between matches; with a limit, the last is all that is left. */
  split(text: string, limit = -1): string[] {
    if (limit === 0) return []
    if (this.pattern !== '' && text === '') return ['']
    const parts: string[] = []
    let start = 0
    let end = 0
    for (const match of this.#all(text, limit, false)) {
      if (limit > 0 && parts.length === limit - 1) break
      end = match.index
      const after = end + match[0].length
      if (after !== 0) parts.push(text.slice(start, end))
      start = after
    }
    if (end !== text.length) parts.push(text.slice(start))
    return parts
  }

  #first(text: string, withGroups: boolean): Match | undefined {
    return this.#search(text)(0, withGroups) ?? undefined
  }

  /** An empty match right behind another is none. */
  #all(text: string, limit: number, withGroups: boolean): Match[] {
    const most = limit < 0 ? Infinity : limit
    const matches: Match[] = []
    const search = this.#search(text)
    let before = -1
    for (let from = 0; matches.length < most && from <= text.length;) {
      const match = search(from, withGroups)
      if (match === null) break
      const end = match.index + match[0].length
      if (end !== from || match.index !== before) matches.push(match)
      before = end
      from = end === from ? afterChar(text, from) : end
    }
    return matches
  }

  #replace(text: string, withGroups: boolean, replacementOf: (match: Match) => string): string {
    const search = this.#search(text)
    let result = ''
    let before = 0
    for (let from = 0; from <= text.length;) {
      const match = search(from, withGroups)
      if (match === null) break
      const { index } = match
      const end = index + match[0].length
      result += text.slice(before, index)
      if (end > before || index === 0) {
        const replacement = replacementOf(match)
        this.#spend(replacement.length)
        result += replacement
      }
      before = end
      from = Math.max(end, afterChar(text, from))
    }
    return result + text.slice(before)
  }

  /** Searches a text from places that do not go back. */
  #search(text: string): (from: number, withGroups: boolean) => Match | null {
    const { native, nativeLength, nativeWork, linear, linearWork } = this.#engines
    if (native !== undefined && text.length <= nativeLength) {
      this.#spend(nativeWork(text.length))
      return (from, withGroups) => native.find(text, from, withGroups)
    }
    const engine: Engine = linear()
    return (from, withGroups) => {
      this.#spend(linearWork(text.length - from))
      return engine.find(text, from, withGroups)
    }
  }
}

/** The place behind the character at a place. */
function afterChar(text: string, at: number): number {
  return at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1)
}

function withoutGaps(match: Match): string[] {
  return Array.from(match, (group) => group ?? '')
}
