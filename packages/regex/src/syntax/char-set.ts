/** Sets of characters (code points), as ranges and classes of Unicode. */

/** First and last code point. */
export type CharRange = readonly [first: number, last: number]

/** The highest code point. */
export const LAST_CODE_POINT = 0x10ffff

/** A class of Unicode in a set. */
export interface UnicodeClass {
  /** As the engine writes it after `\p`: `L`, `Script=Greek`. */
  readonly name: string
  readonly isNegated: boolean
}

/** A set of characters. */
export interface CharSet {
  readonly ranges: readonly CharRange[]
  readonly classes: readonly UnicodeClass[]
  /** The set is everything but `ranges` and `classes`. */
  readonly isNegated: boolean
  /** Letters stand for their other case too; ranges have those of ASCII letters already. */
  readonly ignoresCase: boolean
}

/** A set of one character. */
export function charSet(codePoint: number, ignoresCase: boolean): CharSet {
  return rangeSet([[codePoint, codePoint]], ignoresCase)
}

/** A set of ranges. */
export function rangeSet(ranges: readonly CharRange[], ignoresCase: boolean): CharSet {
  return { ranges: ignoresCase ? foldAscii(ranges) : ranges, classes: [], isNegated: false, ignoresCase }
}

/** Ranges with the other case of each ASCII letter, and the two letters outside ASCII that are equal to one in it. */
export function foldAscii(ranges: readonly CharRange[]): CharRange[] {
  const folded = [...ranges]
  for (const [first, last] of ranges) {
    pushOverlap(folded, first, last, 0x41, 0x5a, 32)
    pushOverlap(folded, first, last, 0x61, 0x7a, -32)
  }
  const has = (char: number): boolean => folded.some(([first, last]) => first <= char && char <= last)
  for (const [letter, twin] of TWINS) {
    const capital = letter - 32
    if (has(letter)) folded.push([twin, twin])
    else if (has(twin)) folded.push([letter, letter], [capital, capital])
  }
  return folded
}

/** Long s, and the sign for kelvin. */
const TWINS: readonly CharRange[] = [
  [0x73, 0x17f],
  [0x6b, 0x212a],
]

function pushOverlap(into: CharRange[], first: number, last: number, from: number, to: number, offset: number): void {
  const [low, high] = [Math.max(first, from), Math.min(last, to)]
  if (low <= high) into.push([low + offset, high + offset])
}

/**
 * Ranges, sorted and apart, that hold every character of the set and perhaps more: a class of Unicode, and other cases of
 * letters beyond ASCII, count as everything beyond ASCII.
 */
export function coverOf(set: CharSet): CharRange[] {
  const ranges = [...set.ranges]
  for (const each of set.classes) ranges.push(...asciiOf(each))
  const isExact = set.classes.length === 0 && !(set.ignoresCase && set.ranges.some(([, last]) => last > 0x7f))
  const sorted = joinRanges(ranges)
  const cover = set.isNegated ? complement(sorted) : sorted
  return isExact ? cover : joinRanges([...cover, [0x80, LAST_CODE_POINT]])
}

/** Whether two covers have a character in common. */
export function overlap(a: readonly CharRange[], b: readonly CharRange[]): boolean {
  let [i, j] = [0, 0]
  for (;;) {
    const [x, y] = [a[i], b[j]]
    if (x === undefined || y === undefined) return false
    if (x[1] < y[0]) i++
    else if (y[1] < x[0]) j++
    else return true
  }
}

/** The same characters in ranges that are sorted and apart. */
export function joinRanges(ranges: readonly CharRange[]): CharRange[] {
  const joined: [number, number][] = []
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const previous = joined.at(-1)
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last)
    else joined.push([first, last])
  }
  return joined
}

/** Everything but ranges that are sorted and apart. */
function complement(ranges: readonly CharRange[]): CharRange[] {
  const rest: CharRange[] = []
  let next = 0
  for (const [first, last] of ranges) {
    if (first > next) rest.push([next, first - 1])
    next = last + 1
  }
  if (next <= LAST_CODE_POINT) rest.push([next, LAST_CODE_POINT])
  return rest
}

function asciiOf(unicodeClass: UnicodeClass): CharRange[] {
  const pattern = new RegExp(`\\${unicodeClass.isNegated ? 'P' : 'p'}{${unicodeClass.name}}`, 'u')
  const ranges: CharRange[] = []
  for (let code = 0; code < 0x80; code++) if (pattern.test(String.fromCharCode(code))) ranges.push([code, code])
  return ranges
}
