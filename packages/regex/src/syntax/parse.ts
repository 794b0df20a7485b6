/** The syntax of Go's `regexp`, which is that of RE2: no look-around, no references to groups. */
import { charSet, type CharSet, LAST_CODE_POINT, rangeSet } from './char-set.ts'
import { allBut, readBracket } from './bracket.ts'
import { backslashClass, readEscape } from './escape.ts'
import type { Assertion, Pattern, PatternNode } from './node.ts'
import { PatternError } from './pattern-error.ts'

/** Groups in groups. */
const DEEPEST = 1000
/** How often a part may be asked for with numbers, nested ones multiplied. */
const MOST_REPEATS = 1000

interface Flags {
  ignoresCase: boolean
  /** `^` and `$` stand at line breaks too. */
  isMultiline: boolean
  /** `.` takes line breaks too. */
  dotTakesAll: boolean
  /** `*` takes little, and `*?` much. */
  isLazy: boolean
}

/**
 * Reads a pattern.
 * @throws {PatternError} with Go's words for what is wrong
 */
export function parsePattern(text: string): Pattern {
  return new Parser(text).parse()
}

class Parser {
  readonly #text: string
  readonly #groups: string[] = []
  #at = 0
  #depth = 0
  #flags: Readonly<Flags> = { ignoresCase: false, isMultiline: false, dotTakesAll: false, isLazy: false }

  constructor(text: string) {
    this.#text = text
  }

  parse(): Pattern {
    const node = this.#choice()
    if (this.#at < this.#text.length) throw new PatternError('unexpected )', this.#text)
    return { node, groups: this.#groups }
  }

  #choice(): PatternNode {
    const options = [this.#sequence()]
    while (this.#text[this.#at] === '|') {
      this.#at++
      options.push(this.#sequence())
    }
    return options.length === 1 && options[0] !== undefined ? options[0] : { kind: 'choice', options }
  }

  #sequence(): PatternNode {
    const parts: PatternNode[] = []
    /** Where the repetition began that was read last. */
    let repeatStart = -1
    for (;;) {
      const start = this.#at
      const char = this.#text[start]
      if (char === undefined || char === '|' || char === ')') break
      const bounds = this.#bounds(char)
      if (bounds === undefined) {
        repeatStart = -1
        this.#part(parts, char)
        continue
      }
      const asked = this.#text[this.#at] === '?'
      if (asked) this.#at++
      if (repeatStart >= 0) throw this.#error('invalid nested repetition operator', repeatStart)
      const node = parts.pop()
      if (node === undefined) throw this.#error('missing argument to repetition operator', start)
      const [least, most] = bounds
      const repeat: PatternNode = { kind: 'repeat', node, least, most, isGreedy: asked === this.#flags.isLazy }
      if (char === '{' && Math.max(least, most) >= 2 && !fits(repeat, MOST_REPEATS)) {
        throw this.#error('invalid repeat count', start)
      }
      parts.push(repeat)
      repeatStart = start
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'sequence', parts }
  }

  /** How often the part before comes, where that is said here. */
  #bounds(char: string): readonly [least: number, most: number] | undefined {
    switch (char) {
      case '*':
        this.#at++
        return [0, Infinity]
      case '+':
        this.#at++
        return [1, Infinity]
      case '?':
        this.#at++
        return [0, 1]
      case '{':
        return this.#count()
      default:
        return undefined
    }
  }

  /** `{2}`, `{2,}`, `{2,5}`; anything else in braces is text. */
  #count(): readonly [least: number, most: number] | undefined {
    const found = /^\{(0|[1-9]\d*)(,(0|[1-9]\d*)?)?\}/.exec(this.#text.slice(this.#at, this.#at + 100))
    if (found === null) return undefined
    const [all, from, comma, to] = found
    const least = Number(from)
    const most = comma === undefined ? least : Number(to ?? Infinity)
    if (least > MOST_REPEATS || (to !== undefined && most > MOST_REPEATS) || most < least) {
      throw new PatternError('invalid repeat count', all)
    }
    this.#at += all.length
    return [least, most]
  }

  #part(parts: PatternNode[], char: string): void {
    const { ignoresCase, isMultiline, dotTakesAll } = this.#flags
    switch (char) {
      case '(':
        this.#group(parts)
        break
      case '[': {
        const { set, next } = readBracket(this.#text, this.#at, ignoresCase)
        this.#at = next
        parts.push({ kind: 'set', set })
        break
      }
      case '.':
        this.#at++
        parts.push({ kind: 'set', set: dotTakesAll ? ANYTHING : NO_LINE_BREAK })
        break
      case '^':
        this.#assert(parts, isMultiline ? 'line-start' : 'text-start', 1)
        break
      case '$':
        this.#assert(parts, isMultiline ? 'line-end' : 'text-end', 1)
        break
      case '\\':
        this.#backslash(parts)
        break
      default:
        this.#literal(parts)
    }
  }

  #literal(parts: PatternNode[]): void {
    const codePoint = this.#text.codePointAt(this.#at) ?? 0
    this.#at += codePoint > 0xffff ? 2 : 1
    parts.push({ kind: 'set', set: charSet(codePoint, this.#flags.ignoresCase) })
  }

  #assert(parts: PatternNode[], assertion: Assertion, length: number): void {
    this.#at += length
    parts.push({ kind: 'assertion', assertion })
  }

  #backslash(parts: PatternNode[]): void {
    const { ignoresCase } = this.#flags
    switch (this.#text[this.#at + 1]) {
      case 'A':
        return this.#assert(parts, 'text-start', 2)
      case 'z':
        return this.#assert(parts, 'text-end', 2)
      case 'b':
        return this.#assert(parts, 'word-edge', 2)
      case 'B':
        return this.#assert(parts, 'no-word-edge', 2)
      case 'Q': {
        const end = this.#text.indexOf('\\E', this.#at)
        const stop = end < 0 ? this.#text.length : end
        this.#at += 2
        while (this.#at < stop) this.#literal(parts)
        this.#at = end < 0 ? stop : stop + 2
        return
      }
      default: {
        const named = backslashClass(this.#text, this.#at)
        if (named === undefined) {
          const { codePoint, next } = readEscape(this.#text, this.#at)
          this.#at = next
          parts.push({ kind: 'set', set: charSet(codePoint, ignoresCase) })
          return
        }
        const set: CharSet =
          named.classes.length > 0
            ? { ranges: [], classes: named.classes, isNegated: false, ignoresCase }
            : rangeSet(named.isNegated ? allBut(named, ignoresCase) : named.ranges, ignoresCase && !named.isNegated)
        this.#at = named.next
        parts.push({ kind: 'set', set })
      }
    }
  }

  #group(parts: PatternNode[]): void {
    const start = this.#at
    const outer = this.#flags
    this.#at++
    let isCapturing = true
    if (this.#text[this.#at] === '?') {
      const name = this.#groupName(start)
      if (name === undefined) {
        isCapturing = false
        if (this.#setFlags(start) === ')') return
      } else {
        this.#groups.push(name)
      }
    } else {
      this.#groups.push('')
    }
    const index = this.#groups.length
    if (++this.#depth > DEEPEST) throw new PatternError('expression nests too deeply', this.#text)
    const node = this.#choice()
    if (this.#text[this.#at] !== ')') throw new PatternError('missing closing )', this.#text)
    this.#at++
    this.#depth--
    this.#flags = outer
    parts.push(isCapturing ? { kind: 'group', node, index } : { kind: 'sequence', parts: [node] })
  }

  /** The name of a group `(?P<name>` or `(?<name>`; undefined for one without. */
  #groupName(start: number): string | undefined {
    const open = this.#text.startsWith('P<', start + 2) ? start + 4 : start + 3
    if (this.#text[open - 1] !== '<') return undefined
    const end = this.#text.indexOf('>', open)
    const name = this.#text.slice(open, end)
    if (end < 0 || !/^[\p{L}\p{N}_]+$/u.test(name)) {
      throw new PatternError('invalid named capture', this.#text.slice(start, end < 0 ? undefined : end + 1))
    }
    this.#at = end + 1
    return name
  }

  /** Reads flags, and tells what they end in: `:` when they are for a group, `)` when for all that follows. */
  #setFlags(start: number): ':' | ')' {
    const flags = { ...this.#flags }
    let isOn = true
    let isAwaited = false
    for (this.#at = start + 2; this.#at < this.#text.length;) {
      const char = this.#text[this.#at++]
      if ((char === ':' || char === ')') && !isAwaited) {
        this.#flags = flags
        return char
      }
      isAwaited = char === '-' && isOn
      if (isAwaited) isOn = false
      else if (char === 'i') flags.ignoresCase = isOn
      else if (char === 'm') flags.isMultiline = isOn
      else if (char === 's') flags.dotTakesAll = isOn
      else if (char === 'U') flags.isLazy = isOn
      else break
    }
    // The last character may be half of a pair.
    if ((this.#text.codePointAt(this.#at - 1) ?? 0) > 0xffff) this.#at++
    throw this.#error('invalid or unsupported Perl syntax', start)
  }

  #error(reason: string, start: number): PatternError {
    return new PatternError(reason, this.#text.slice(start, this.#at))
  }
}

const ANYTHING: CharSet = rangeSet([[0, LAST_CODE_POINT]], false)
const NO_LINE_BREAK: CharSet = { ranges: [[0x0a, 0x0a]], classes: [], isNegated: true, ignoresCase: false }

/** Whether numbers of repetitions, nested ones multiplied, stay within a limit. */
function fits(node: PatternNode, limit: number): boolean {
  switch (node.kind) {
    case 'repeat': {
      const times = node.most === Infinity ? node.least : node.most
      if (node.most === 0) return true
      if (times > limit) return false
      return fits(node.node, times > 1 ? Math.floor(limit / times) : limit)
    }
    case 'sequence':
      return node.parts.every((part) => fits(part, limit))
    case 'choice':
      return node.options.every((option) => fits(option, limit))
    case 'group':
      return fits(node.node, limit)
    default:
      return true
  }
}
