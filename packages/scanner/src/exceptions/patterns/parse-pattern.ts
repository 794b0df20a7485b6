/** The syntax of patterns: Go's `regexp` (RE2), which has no look-around and no references to groups. */
import { namedClass, readClass, readEscapedChar, type CharTest } from './char-class.ts'

/** A part of a pattern. */
export type PatternNode =
  | { readonly kind: 'char'; readonly test: CharTest }
  | { readonly kind: 'assert'; readonly test: (text: string, at: number) => boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly node: PatternNode; readonly least: number; readonly most: number }

/** Groups in groups. */
const DEEPEST = 100
/** As in RE2. */
const MOST_REPEATS = 1000

interface Flags {
  readonly ignoreCase: boolean
  /** `.` takes line breaks too. */
  readonly dotAll: boolean
  /** `^` and `$` stand at line breaks too. */
  readonly multiline: boolean
}

/**
 * Reads a pattern.
 * @throws {SyntaxError} with one clause for people
 */
export function parsePattern(pattern: string, ignoreCase: boolean): PatternNode {
  return new Parser(pattern, { ignoreCase, dotAll: false, multiline: false }).parse()
}

class Parser {
  readonly #text: string
  #at = 0
  #depth = 0
  #flags: Flags

  constructor(text: string, flags: Flags) {
    this.#text = text
    this.#flags = flags
  }

  parse(): PatternNode {
    const node = this.#choice()
    if (this.#at < this.#text.length) throw new SyntaxError('it has a ) without a (')
    return node
  }

  #choice(): PatternNode {
    const options = [this.#sequence()]
    while (this.#take('|')) options.push(this.#sequence())
    return options.length === 1 && options[0] !== undefined ? options[0] : { kind: 'choice', options }
  }

  #sequence(): PatternNode {
    const parts: PatternNode[] = []
    while (this.#at < this.#text.length && !this.#looksAt('|') && !this.#looksAt(')')) {
      const atom = this.#atom()
      if (atom !== undefined) parts.push(this.#repeated(atom))
    }
    return { kind: 'sequence', parts }
  }

  /** Something that can be repeated; nothing for flags that hold from here on. */
  #atom(): PatternNode | undefined {
    const { ignoreCase, dotAll, multiline } = this.#flags
    const char = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0)
    if ('*+?'.includes(char)) throw new SyntaxError(`it has a ${char} with nothing before it`)
    this.#at += char.length
    switch (char) {
      case '.':
        return { kind: 'char', test: (each) => dotAll || each !== '\n' }
      case '^':
        return { kind: 'assert', test: (text, at) => at === 0 || (multiline && text[at - 1] === '\n') }
      case '$':
        return { kind: 'assert', test: (text, at) => at === text.length || (multiline && text[at] === '\n') }
      case '(':
        return this.#group()
      case '[': {
        const { test, next } = readClass(this.#text, this.#at, ignoreCase)
        this.#at = next
        return { kind: 'char', test }
      }
      case '\\':
        return this.#escape()
      default:
        return literal(char, ignoreCase)
    }
  }

  #group(): PatternNode | undefined {
    if (++this.#depth > DEEPEST) throw new SyntaxError('its groups nest too deeply')
    const outer = this.#flags
    if (this.#take('?')) {
      const [name] = /^P?<[A-Za-z_]\w*>/.exec(this.#text.slice(this.#at, this.#at + 100)) ?? []
      if (name !== undefined) this.#at += name.length
      else if (this.#setFlags()) {
        this.#depth--
        return undefined
      }
    }
    const node = this.#choice()
    if (!this.#take(')')) throw new SyntaxError('it has a ( without a )')
    this.#flags = outer
    this.#depth--
    return node
  }

  /** Flags of a group, or of what follows: then true. */
  #setFlags(): boolean {
    const [all, on = '', off = '', end] = /^([imsU]*)(?:-([imsU]+))?([:)])/.exec(this.#text.slice(this.#at)) ?? []
    if (all === undefined) throw new SyntaxError('it looks ahead or behind, which is not supported')
    this.#at += all.length
    const isSet = (flag: string, before: boolean): boolean => on.includes(flag) || (before && !off.includes(flag))
    const { ignoreCase, dotAll, multiline } = this.#flags
    this.#flags = { ignoreCase: isSet('i', ignoreCase), dotAll: isSet('s', dotAll), multiline: isSet('m', multiline) }
    return end === ')'
  }

  #escape(): PatternNode {
    const { ignoreCase } = this.#flags
    const char = this.#text[this.#at] ?? ''
    switch (char) {
      case 'A':
        this.#at++
        return { kind: 'assert', test: (_, at) => at === 0 }
      case 'z':
        this.#at++
        return { kind: 'assert', test: (text, at) => at === text.length }
      case 'b':
        this.#at++
        return { kind: 'assert', test: isEdge }
      case 'B':
        this.#at++
        return { kind: 'assert', test: (text, at) => !isEdge(text, at) }
      default: {
        const named = namedClass(this.#text, this.#at)
        if (named !== undefined) {
          this.#at = named.next
          return { kind: 'char', test: named.test }
        }
        const escaped = readEscapedChar(this.#text, this.#at)
        this.#at = escaped.next
        return literal(escaped.char, ignoreCase)
      }
    }
  }

  #repeated(node: PatternNode): PatternNode {
    const [all, sign = '', from = '', comma, to = ''] =
      /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(this.#text.slice(this.#at, this.#at + 40)) ?? []
    if (all === undefined) return node
    this.#at += all.length
    if (/^[*+?]/.test(this.#text.slice(this.#at))) throw new SyntaxError(`it repeats a repetition: ${all}`)
    if (sign !== '') return { kind: 'repeat', node, least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Infinity }
    const least = Number(from)
    const most = comma === undefined ? least : to === '' ? Infinity : Number(to)
    if (least > MOST_REPEATS || (most !== Infinity && (most > MOST_REPEATS || most < least))) {
      throw new SyntaxError(`it has a repetition that cannot be: ${all}`)
    }
    return { kind: 'repeat', node, least, most }
  }

  #looksAt(char: string): boolean {
    return this.#text[this.#at] === char
  }

  #take(char: string): boolean {
    if (!this.#looksAt(char)) return false
    this.#at++
    return true
  }
}

function isWord(text: string, at: number): boolean {
  return /\w/.test(text[at] ?? '')
}

/** `\b` of ASCII. */
function isEdge(text: string, at: number): boolean {
  return isWord(text, at - 1) !== isWord(text, at)
}

function literal(char: string, ignoreCase: boolean): PatternNode {
  if (!ignoreCase) return { kind: 'char', test: (each) => each === char }
  const wanted = char.toLowerCase()
  return { kind: 'char', test: (each) => each === char || each.toLowerCase() === wanted }
}
