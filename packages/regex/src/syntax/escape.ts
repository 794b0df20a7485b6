/** What a backslash stands before. */
import type { CharRange, UnicodeClass } from './char-set.ts'
import { LAST_CODE_POINT } from './char-set.ts'
import { PatternError } from './pattern-error.ts'
import { unicodeClass } from './unicode-class.ts'

/** A class that has a name: `\d`, `\pL`, `[:alpha:]`. */
export interface NamedClass {
  readonly ranges: readonly CharRange[]
  readonly classes: readonly UnicodeClass[]
  readonly isNegated: boolean
  /** Behind the name. */
  readonly next: number
}

const DIGIT: readonly CharRange[] = [[0x30, 0x39]]
const UPPER: readonly CharRange[] = [[0x41, 0x5a]]
const LOWER: readonly CharRange[] = [[0x61, 0x7a]]
const WORD: readonly CharRange[] = [...DIGIT, ...UPPER, ...LOWER, [0x5f, 0x5f]]
/** Without the vertical tab. */
const SPACE: readonly CharRange[] = [
  [0x09, 0x0a],
  [0x0c, 0x0d],
  [0x20, 0x20],
]

const PERL: ReadonlyMap<string, readonly CharRange[]> = new Map([
  ['d', DIGIT],
  ['s', SPACE],
  ['w', WORD],
])

const POSIX: ReadonlyMap<string, readonly CharRange[]> = new Map<string, readonly CharRange[]>([
  ['alnum', [...DIGIT, ...UPPER, ...LOWER]],
  ['alpha', [...UPPER, ...LOWER]],
  ['ascii', [[0, 0x7f]]],
  [
    'blank',
    [
      [0x09, 0x09],
      [0x20, 0x20],
    ],
  ],
  [
    'cntrl',
    [
      [0, 0x1f],
      [0x7f, 0x7f],
    ],
  ],
  ['digit', DIGIT],
  ['graph', [[0x21, 0x7e]]],
  ['lower', LOWER],
  ['print', [[0x20, 0x7e]]],
  [
    'punct',
    [
      [0x21, 0x2f],
      [0x3a, 0x40],
      [0x5b, 0x60],
      [0x7b, 0x7e],
    ],
  ],
  [
    'space',
    [
      [0x09, 0x0d],
      [0x20, 0x20],
    ],
  ],
  ['upper', UPPER],
  ['word', WORD],
  ['xdigit', [...DIGIT, [0x41, 0x46], [0x61, 0x66]]],
])

const CONTROL: ReadonlyMap<string, number> = new Map([
  ['a', 0x07],
  ['f', 0x0c],
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
  ['v', 0x0b],
])

/**
 * The class that a backslash at `at` begins; undefined when it begins none.
 * @throws {PatternError} for a class of Unicode that does not exist
 */
export function backslashClass(text: string, at: number): NamedClass | undefined {
  const letter = text[at + 1] ?? ''
  const perl = PERL.get(letter.toLowerCase())
  if (perl !== undefined) {
    return { ranges: perl, classes: [], isNegated: letter !== letter.toLowerCase(), next: at + 2 }
  }
  return letter === 'p' || letter === 'P' ? readUnicodeClass(text, at) : undefined
}

/**
 * The class whose `[:` stands at `at` within brackets; undefined when it is none.
 * @throws {PatternError} when there is no class of this name
 */
export function posixClass(text: string, at: number): NamedClass | undefined {
  const end = text.startsWith('[:', at) ? text.indexOf(':]', at + 2) : -1
  if (end < 0) return undefined
  const isNegated = text[at + 2] === '^'
  const ranges = POSIX.get(text.slice(at + (isNegated ? 3 : 2), end))
  if (ranges === undefined) throw new PatternError('invalid character class range', text.slice(at, end + 2))
  return { ranges, classes: [], isNegated, next: end + 2 }
}

/**
 * The character that a backslash at `at` and what follows stand for.
 * @throws {PatternError}
 */
export function readEscape(text: string, at: number): { codePoint: number; next: number } {
  if (at + 1 >= text.length) throw new PatternError('trailing backslash at end of expression', '')
  const char = String.fromCodePoint(text.codePointAt(at + 1) ?? 0)
  const next = at + 1 + char.length
  const control = CONTROL.get(char)
  if (control !== undefined) return { codePoint: control, next }
  if (char === 'x') return readHexadecimal(text, at)
  if (char >= '0' && char <= '7') {
    const digits = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0] ?? ''
    // One digit other than 0 would refer back to a group, which cannot be matched in linear time.
    if (char === '0' || digits.length > 1) {
      return { codePoint: Number.parseInt(digits, 8), next: at + 1 + digits.length }
    }
  } else if (/^[\0-\u007f]$/.test(char) && !/^[0-9A-Za-z]$/.test(char)) {
    return { codePoint: char.charCodeAt(0), next }
  }
  throw new PatternError('invalid escape sequence', text.slice(at, next))
}

function readHexadecimal(text: string, at: number): { codePoint: number; next: number } {
  const [all, braced, plain] = /^\\x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))/.exec(text.slice(at, at + 100)) ?? []
  const codePoint = Number.parseInt(braced ?? plain ?? '', 16)
  if (all === undefined || codePoint > LAST_CODE_POINT) {
    const part = /^\\x(?:\{[0-9A-Fa-f]*|[0-9A-Fa-f])?[^]?/u.exec(text.slice(at, at + 100))?.[0]
    throw new PatternError('invalid escape sequence', part ?? text.slice(at))
  }
  return { codePoint, next: at + all.length }
}

function readUnicodeClass(text: string, at: number): NamedClass {
  const isBraced = text[at + 2] === '{'
  const end = isBraced ? text.indexOf('}', at) : at + 2 + String.fromCodePoint(text.codePointAt(at + 2) ?? 0).length
  if (end < 0 || at + 2 >= text.length) throw new PatternError('invalid character class range', text.slice(at))
  const next = isBraced ? end + 1 : end
  const name = isBraced ? text.slice(at + 3, end) : text.slice(at + 2, end)
  const isNegated = name.startsWith('^')
  const found = unicodeClass(isNegated ? name.slice(1) : name, isNegated !== (text[at + 1] === 'P'))
  if (found === undefined) throw new PatternError('invalid character class range', text.slice(at, next))
  return { ranges: [], classes: [found], isNegated: false, next }
}
