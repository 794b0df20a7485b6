/** Classes of characters in actions. */

const LETTER_OR_DIGIT = /^[\p{L}\p{Nd}]$/u

/** Space, tab, carriage return or line feed. */
export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d
}

/** Underscore, or a letter or digit of any script; `code` is a code point, -1 for the end of the text. */
export function isAlphanumeric(code: number): boolean {
  if (code < 0x80) {
    return (
      (code >= 0x61 && code <= 0x7a) ||
      (code >= 0x41 && code <= 0x5a) ||
      (code >= 0x30 && code <= 0x39) ||
      code === 0x5f
    )
  }
  return LETTER_OR_DIGIT.test(String.fromCodePoint(code))
}
