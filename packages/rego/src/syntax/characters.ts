/** Classes of characters of which tokens are made; all of ASCII, all else is in texts and comments only. */

/** Letters and the underscore. */
export function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f
}

/** Decimal digits. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** What may follow the first letter of a word. */
export function isWordPart(code: number): boolean {
  return isLetter(code) || isDigit(code)
}
