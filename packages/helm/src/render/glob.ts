/** Patterns of `.Files.Glob`, as the library gobwas/glob reads them with `/` between segments. */
import { compile, quoteMeta } from '@kubescape/regex'

/** Longer patterns match every file, as unreadable ones do. */
const MAX_LENGTH = 1024

/**
 * Reads a pattern: `*` and `?` stay within a segment, `**` does not; `[a-z]`, `[!a-z]`, `{a,b}`, and `\` before a sign. What
 * cannot be read matches every file, as with Helm.
 */
export function parseGlob(pattern: string): (path: string) => boolean {
  const source = pattern.length > MAX_LENGTH ? undefined : new GlobReader(pattern).read()
  if (source === undefined) return () => true
  const regex = compile(`^(?s:${source})$`)
  return (path) => regex.test(path)
}

/** Writes a pattern as a regular expression. */
class GlobReader {
  readonly #pattern: string
  #at = 0

  constructor(pattern: string) {
    this.#pattern = pattern
  }

  read(): string | undefined {
    const source = this.#sequence(false)
    return this.#at === this.#pattern.length ? source : undefined
  }

  /** Signs up to the end, or to the next `,` or `}` of the alternatives around. */
  #sequence(isAlternative: boolean): string | undefined {
    let source = ''
    while (this.#at < this.#pattern.length) {
      const sign = this.#pattern.charAt(this.#at)
      if (isAlternative && (sign === ',' || sign === '}')) return source
      this.#at++
      const piece = this.#piece(sign)
      if (piece === undefined) return undefined
      source += piece
    }
    return source
  }

  #piece(sign: string): string | undefined {
    switch (sign) {
      case '*':
        if (this.#pattern.charAt(this.#at) !== '*') return '[^/]*'
        while (this.#pattern.charAt(this.#at) === '*') this.#at++
        return '.*'
      case '?':
        return '[^/]'
      case '[':
        return this.#class()
      case '{':
        return this.#alternatives()
      case '}':
      case ']':
        return undefined
      case '\\':
        return this.#at < this.#pattern.length ? quoteMeta(this.#pattern.charAt(this.#at++)) : undefined
      default:
        return quoteMeta(sign)
    }
  }

  #alternatives(): string | undefined {
    const parts: string[] = []
    for (;;) {
      const part = this.#sequence(true)
      const end = this.#pattern.charAt(this.#at++)
      if (part === undefined || end === '') return undefined
      parts.push(part)
      if (end === '}') return `(?:${parts.join('|')})`
    }
  }

  #class(): string | undefined {
    const end = this.#pattern.indexOf(']', this.#at)
    if (end === -1) return undefined
    const inner = this.#pattern.slice(this.#at, end)
    this.#at = end + 1
    const isNegated = inner.startsWith('!')
    const signs = Array.from(isNegated ? inner.slice(1) : inner)
    const [low = '', dash, high = ''] = signs
    if (signs.length === 0) return undefined
    const isRange = signs.length === 3 && dash === '-'
    if (isRange && low > high) return undefined
    const members = isRange ? `${escaped(low)}-${escaped(high)}` : signs.map(escaped).join('')
    return `[${isNegated ? '^' : ''}${members}]`
  }
}

function escaped(sign: string): string {
  return /[\\\]^[-]/.test(sign) ? `\\${sign}` : sign
}
