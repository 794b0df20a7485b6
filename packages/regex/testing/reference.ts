/** Another implementation of the same syntax, to hold ours to: re2js. */
import { RE2JS } from 're2js'

/** Start of a match, its text and that of its groups, empty for those that took no part. */
export type Found = (string | number)[]

/** What the other implementation finds first in a text. */
export function reference(pattern: string): (text: string) => unknown {
  const compiled = RE2JS.compile(pattern)
  return (text) => compiled.exec(text)
}

/** All that it finds in a text. */
export function foundByReference(pattern: string, text: string): Found[] {
  const found: Found[] = []
  const matcher = RE2JS.compile(pattern).matcher(text)
  for (let from = 0; from <= text.length; from = following(text, from, matcher.end())) {
    const isFound = matcher.find(from)
    if (!isFound) break
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group) ?? '')
    found.push([matcher.start(), ...groups])
  }
  return found
}

/** Where the search goes on behind a match that ends at `end`: always behind the character at `from`. */
export function following(text: string, from: number, end: number): number {
  return Math.max(end, from + ((text.codePointAt(from) ?? 0) > 0xffff ? 2 : 1))
}
