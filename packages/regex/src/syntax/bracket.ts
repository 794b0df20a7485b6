/** Sets in brackets: `[^a-z_\d[:space:]]`. */
import type { CharRange, CharSet, UnicodeClass } from './char-set.ts'
import { foldAscii, joinRanges, LAST_CODE_POINT } from './char-set.ts'
import { backslashClass, posixClass, readEscape, type NamedClass } from './escape.ts'
import { PatternError } from './pattern-error.ts'

/**
 * Reads the set whose `[` stands at `at`.
 * @throws {PatternError}
 */
export function readBracket(text: string, at: number, ignoresCase: boolean): { set: CharSet; next: number } {
  const isNegated = text[at + 1] === '^'
  const start = isNegated ? at + 2 : at + 1
  const ranges: CharRange[] = []
  const classes: UnicodeClass[] = []
  let next = start
  while (text[next] !== ']' || next === start) {
    const named = posixClass(text, next) ?? (text[next] === '\\' ? backslashClass(text, next) : undefined)
    if (named !== undefined) {
      ranges.push(...(named.isNegated ? allBut(named, ignoresCase) : named.ranges))
      classes.push(...named.classes)
      next = named.next
      continue
    }
    const from = readMember(text, at, next)
    next = from.next
    let last = from.codePoint
    if (text[next] === '-' && next + 1 < text.length && text[next + 1] !== ']') {
      const to = readMember(text, at, next + 1)
      const written = text.slice(from.start, to.next)
      if (to.codePoint < last) throw new PatternError('invalid character class range', written)
      last = to.codePoint
      next = to.next
    }
    ranges.push([from.codePoint, last])
  }
  return { set: { ranges: ignoresCase ? foldAscii(ranges) : ranges, classes, isNegated, ignoresCase }, next: next + 1 }
}

/** What a named class leaves; its letters are folded before, as they could not be told apart afterwards. */
export function allBut(named: NamedClass, ignoresCase: boolean): CharRange[] {
  const rest: CharRange[] = []
  let next = 0
  for (const [first, last] of joinRanges(ignoresCase ? foldAscii(named.ranges) : named.ranges)) {
    if (first > next) rest.push([next, first - 1])
    next = last + 1
  }
  if (next <= LAST_CODE_POINT) rest.push([next, LAST_CODE_POINT])
  return rest
}

function readMember(text: string, open: number, at: number): { codePoint: number; start: number; next: number } {
  if (at >= text.length) throw new PatternError('missing closing ]', text.slice(open))
  if (text[at] === '\\') return { ...readEscape(text, at), start: at }
  const codePoint = text.codePointAt(at) ?? 0
  return { codePoint, start: at, next: at + (codePoint > 0xffff ? 2 : 1) }
}
