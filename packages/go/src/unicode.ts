/** Classes and cases of runes: package unicode. A rune is a text of one character. */

const LETTER = /^\p{L}/u
const DIGIT = /^\p{Nd}/u
const NUMBER = /^\p{N}/u
const PUNCTUATION = /^\p{P}/u
const UPPER = /^\p{Lu}/u
const LOWER = /^\p{Ll}/u
const TITLE = /^\p{Lt}/u

/** Whether a code point is white space. */
export function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d)
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  )
}

/** Whether a rune is a letter of any script. */
export function isLetter(rune: string): boolean {
  return LETTER.test(rune)
}

/** Whether a rune is a decimal digit of any script. */
export function isDigit(rune: string): boolean {
  return DIGIT.test(rune)
}

/** Whether a rune is a number: digits, Roman numerals, fractions. */
export function isNumber(rune: string): boolean {
  return NUMBER.test(rune)
}

/** Whether a rune is punctuation. */
export function isPunctuation(rune: string): boolean {
  return PUNCTUATION.test(rune)
}

/** Whether a rune is an upper case letter. */
export function isUpper(rune: string): boolean {
  return UPPER.test(rune)
}

/** Whether a rune is a lower case letter. */
export function isLower(rune: string): boolean {
  return LOWER.test(rune)
}

/** Whether a rune is one letter that looks like an upper case one followed by a lower case one. */
export function isTitle(rune: string): boolean {
  return TITLE.test(rune)
}

/** The rune in upper case: always one rune, so letters that become several stay as they are. */
export function toUpper(rune: string): string {
  return simple(rune.toUpperCase(), rune)
}

/** The rune in lower case. */
export function toLower(rune: string): string {
  // The Turkish capital I with a dot becomes an i.
  return rune === '\u0130' ? 'i' : simple(rune.toLowerCase(), rune)
}

/** The rune at the begin of a title: upper case, but for letters with a form of their own there. */
export function toTitle(rune: string): string {
  const code = rune.codePointAt(0) as number
  if ((code >= 0x1c4 && code <= 0x1cc) || (code >= 0x1f1 && code <= 0x1f3)) {
    // Each of these has its three forms in a row, the middle one for titles.
    const first = code >= 0x1f1 ? 0x1f1 : code - ((code - 0x1c4) % 3)
    return String.fromCharCode(first + 1)
  }
  const isGeorgian = code >= 0x10d0 && code <= 0x10ff
  return isGeorgian ? rune : toUpper(rune)
}

/** JavaScript changes the case of whole texts, which may make several characters of one. */
function simple(changed: string, rune: string): string {
  const length = (changed.codePointAt(0) ?? 0) > 0xffff ? 2 : 1
  return changed.length === length ? changed : rune
}
