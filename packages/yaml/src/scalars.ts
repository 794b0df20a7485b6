/** Plain scalars as sigs.k8s.io/yaml reads them: the tables and number rules of goyaml v2 `resolve.go`. */

/** What a scalar is. `.nan` and `.inf` come as `NaN` and infinities, which JSON does not have. */
export type Scalar = null | boolean | number | bigint | string

const words = new Map<string, null | boolean | number>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
])
const longestWord = 5

/** What the first character allows: 0 a string, 1 a word, 2 a word or a float, 3 any number. */
const hints = new Uint8Array(128)
for (const letter of 'yYnNtTfFoO~') hints[letter.charCodeAt(0)] = 1
hints['.'.charCodeAt(0)] = 2
for (const digit of '+-0123456789') hints[digit.charCodeAt(0)] = 3

/** What a scalar with this first character may be other than a string: see `hints`. */
export function hintOf(charCode: number): number {
  return charCode < 128 ? (hints[charCode] as number) : 0
}

/** The value of a plain scalar without a tag. */
export function resolvePlain(text: string): Scalar {
  if (text === '') return null
  const hint = hintOf(text.charCodeAt(0))
  return hint === 0 ? text : resolveHinted(text, hint)
}

/** As `resolvePlain`, for a caller that has the hint of the first character, which is not 0. */
export function resolveHinted(text: string, hint: number): Scalar {
  if (text.length <= longestWord) {
    const word = words.get(text)
    if (word !== undefined) return word
  }
  if (hint === 1) return text
  if (hint === 2) return parseDotFloat(text) ?? text
  return parseShortInteger(text) ?? parseInteger(text) ?? parseFloatText(text) ?? parseBinaryWithSign(text) ?? text
}

/** Whether `resolvePlain` takes the text for an integer, so that `1e3` and `1000` can be told apart. */
export function isIntegerText(text: string): boolean {
  return hintOf(text.charCodeAt(0)) === 3 && (parseInteger(text) ?? parseBinaryWithSign(text)) !== undefined
}

/** The common case, up to 15 decimal digits without a leading zero. */
function parseShortInteger(text: string): number | undefined {
  const length = text.length
  if (length > 15) return undefined
  const first = text.charCodeAt(0)
  if (first === 0x30) return length === 1 ? 0 : undefined
  let value = 0
  for (let index = 0; index < length; index++) {
    const digit = text.charCodeAt(index) - 0x30
    if (digit < 0 || digit > 9) return undefined
    value = value * 10 + digit
  }
  return value
}

const integer = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/

/** Go's `strconv.ParseInt(text, 0, 64)`, then `ParseUint`, after removal of underscores. */
function parseInteger(text: string): number | bigint | undefined {
  const match = integer.exec(withoutUnderscores(text))
  if (match === null) return undefined
  const [, sign = '', hex, binary, octal, decimal] = match
  if (hex !== undefined) return inRange(sign, '0x', hex, 16)
  if (binary !== undefined) return inRange(sign, '0b', binary, 64)
  if (octal !== undefined) return inRange(sign, '0o', octal, 22)
  return inRange(sign, '', decimal ?? '', 20)
}

/** `maxDigits` are those of 2^64: more are out of range, and reading them could take long. */
function inRange(sign: string, prefix: string, text: string, maxDigits: number): number | bigint | undefined {
  const digits = text.replace(/^0+(?=.)/, '')
  if (digits.length > maxDigits) return undefined
  const magnitude = BigInt(prefix + digits)
  // Only a text without a sign gets the second try as an unsigned integer.
  const limit = sign === '-' ? 1n << 63n : sign === '+' ? (1n << 63n) - 1n : (1n << 64n) - 1n
  if (magnitude > limit) return undefined
  const value = sign === '-' ? -magnitude : magnitude
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value
}

const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/

function parseFloatText(text: string): number | undefined {
  const plain = withoutUnderscores(text)
  return float.test(plain) ? finite(Number(plain)) : undefined
}

/** After a leading dot goyaml asks `strconv.ParseFloat` alone. */
function parseDotFloat(text: string): number | undefined {
  return dotFloat.test(text) ? finite(Number(withoutUnderscores(text))) : undefined
}
const dotFloat = /^\.[0-9]+(?:_[0-9]+)*([eE][-+]?[0-9]+(?:_[0-9]+)*)?$/

/** goyaml's own reading of `0b` texts lets a sign follow the prefix. */
function parseBinaryWithSign(text: string): number | bigint | undefined {
  const match = /^0b([-+])([01]+)$/.exec(withoutUnderscores(text))
  return match === null ? undefined : inRange(match[1] ?? '', '0b', match[2] ?? '', 64)
}

/** A number out of the range of a double is a range error in Go, and the scalar stays a string. */
function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined
}

function withoutUnderscores(text: string): string {
  return text.includes('_') ? text.replaceAll('_', '') : text
}
