/** Reads globs: `*`, `**`, `?`, `[abc]`, `[!a-z]`, `{one,another}`, and `\` before a character that is only itself. */
import { failure } from './operands.ts'

/** What stands at one place of a glob. */
export type GlobPart =
  /** This character. */
  | { readonly kind: 'character'; readonly code: number }
  /** Any character that is no delimiter. */
  | { readonly kind: 'one' }
  /** Any number of characters; `isOver`: delimiters too. */
  | { readonly kind: 'many'; readonly isOver: boolean }
  /** A character that is (not) one of these; delimiters count as any other. */
  | { readonly kind: 'set'; readonly codes: ReadonlySet<number>; readonly isNegated: boolean }
  | { readonly kind: 'range'; readonly first: number; readonly last: number; readonly isNegated: boolean }
  /** One of several. */
  | { readonly kind: 'choice'; readonly of: readonly (readonly GlobPart[])[] }

/** Braces within each other. */
const DEEPEST = 200

/**
 * Reads a glob.
 * @throws {BuiltinError} for what is none
 */
export function parseGlob(text: string): readonly GlobPart[] {
  return new GlobParser(text).parts(0)
}

class GlobParser {
  readonly #codes: readonly string[]
  #at = 0

  constructor(text: string) {
    this.#codes = Array.from(text)
  }

  /** As far as the end, or within braces as far as a comma or the closing one. */
  parts(depth: number): readonly GlobPart[] {
    if (depth > DEEPEST) throw failure(`the glob nests more than ${DEEPEST} braces`)
    const parts: GlobPart[] = []
    for (; this.#at < this.#codes.length; this.#at++) {
      const character = this.#codes[this.#at] as string
      switch (character) {
        case '*': {
          const isOver = this.#codes[this.#at + 1] === '*'
          if (isOver) this.#at++
          parts.push({ kind: 'many', isOver })
          break
        }
        case '?':
          parts.push({ kind: 'one' })
          break
        case '[':
          parts.push(this.#set())
          break
        case '{':
          parts.push(this.#choice(depth))
          break
        case ',':
        case '}':
          if (depth > 0) return parts
          parts.push(only(character))
          break
        case '\\':
          this.#at++
          if (this.#at < this.#codes.length) parts.push(only(this.#codes[this.#at] as string))
          break
        default:
          parts.push(only(character))
      }
    }
    return parts
  }

  /** Stays at the closing brace, which may be missing at the end. */
  #choice(depth: number): GlobPart {
    const of: (readonly GlobPart[])[] = []
    do {
      this.#at++
      of.push(this.parts(depth + 1))
    } while (this.#codes[this.#at] === ',')
    return { kind: 'choice', of }
  }

  /** Stays at the closing bracket. */
  #set(): GlobPart {
    this.#at++
    const isNegated = this.#codes[this.#at] === '!'
    if (isNegated) this.#at++
    const [first, dash, last] = this.#codes.slice(this.#at, this.#at + 3)
    if (dash === '-' && first !== undefined) {
      this.#at += 3
      if (last === undefined || this.#codes[this.#at] !== ']') throw failure('a range of the glob has no end')
      const from = first.codePointAt(0) as number
      const to = last.codePointAt(0) as number
      if (to < from) throw failure('a range of the glob is out of order')
      return { kind: 'range', first: from, last: to, isNegated }
    }
    const codes = new Set<number>()
    for (; this.#codes[this.#at] !== ']'; this.#at++) {
      if (this.#codes[this.#at] === '\\') this.#at++
      const character = this.#codes[this.#at]
      if (character === undefined) throw failure('the glob ends within brackets')
      codes.add(character.codePointAt(0) as number)
    }
    if (codes.size === 0) throw failure('a set of the glob is empty')
    return { kind: 'set', codes, isNegated }
  }
}

function only(character: string): GlobPart {
  return { kind: 'character', code: character.codePointAt(0) as number }
}
