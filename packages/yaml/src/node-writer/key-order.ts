/** The order in which goyaml writes the keys of a map: numbers in keys by their size, letters after everything else. */

const digit = /\p{Nd}/u
const letter = /\p{L}/u

/** Orders two keys. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  let at = 0
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at++
  if (at === length) return a.length - b.length
  // A pair of surrogates is one character.
  if (at > 0 && (a.charCodeAt(at - 1) & 0xfc00) === 0xd800 && (a.charCodeAt(at) & 0xfc00) === 0xdc00) at--
  const [x, y] = [a.codePointAt(at) ?? 0, b.codePointAt(at) ?? 0]
  const [isLetterX, isLetterY] = [isLetter(x), isLetter(y)]
  if (isLetterX && isLetterY) return x - y
  if (isLetterX || isLetterY) {
    // After a digit a letter comes first, so that `a1b` is before `a10`.
    const isAfterDigit = at > 0 && isDigit(a.charCodeAt(at - 1))
    return isAfterDigit === isLetterX ? -1 : 1
  }
  return compareNumbers(a, b, at) || x - y
}

/** Compares the numbers that stand at the offset, then their lengths. */
function compareNumbers(a: string, b: string, at: number): number {
  // A zero inside of a number counts for its length.
  const isInside = (a[at] === '0' || b[at] === '0') && hasDigitsBefore(a, at)
  const [x, y] = [digitsAt(a, at), digitsAt(b, at)]
  const [size, other] = isInside ? [x, y] : [withoutZeros(x), withoutZeros(y)]
  if (size !== other) return size.length - other.length || (size < other ? -1 : 1)
  return x.length - y.length
}

function withoutZeros(digits: string): string {
  let at = 0
  while (digits.charCodeAt(at) === 0x30) at++
  return digits.slice(at)
}

function hasDigitsBefore(text: string, at: number): boolean {
  for (let before = at - 1; before >= 0 && isDigit(text.charCodeAt(before)); before--) {
    if (text[before] !== '0') return true
  }
  return false
}

function digitsAt(text: string, at: number): string {
  let end = at
  while (end < text.length && isAsciiDigit(text.charCodeAt(end))) end++
  return text.slice(at, end)
}

function isAsciiDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function isDigit(code: number): boolean {
  return code < 0x80 ? isAsciiDigit(code) : digit.test(String.fromCodePoint(code))
}

function isLetter(code: number): boolean {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)
  return letter.test(String.fromCodePoint(code))
}
