/** Values of any type as texts and numbers: sprig's `toString`, and package spf13/cast for the numbers. */
import { fromBytes, parseFloat64, parseInteger } from '@kubescape/go'
import { type CallContext, List, Sized, type Value, plain, sprint } from '@kubescape/go-template'

const LEAST_INT64 = -(2n ** 63n)

/**
 * The value as `toString` gives it: bytes are a text, all else is printed.
 * @throws {LimitError} when it is nested too deep or gets too long
 */
export function textOf(value: Value): string {
  const bare = plain(value)
  if (typeof bare === 'string') return bare
  if (bare instanceof List && bare.element === 'uint8') {
    return fromBytes(Uint8Array.from(bare.items, (item) => Number(wholeOf(item))))
  }
  return sprint(bare ?? null)
}

/** The texts of a list, without its nils; a single value is a list of one, nil of none. */
export function textsOf(value: Value, context: Pick<CallContext, 'spend'>): string[] {
  const bare = plain(value) ?? null
  if (bare === null) return []
  if (!(bare instanceof List)) return [textOf(bare)]
  context.spend(bare.items.length)
  const texts: string[] = []
  for (const item of bare.items) {
    const inner = plain(item)
    if (inner !== null && inner !== undefined) texts.push(textOf(inner))
  }
  return texts
}

/** The value as a whole number of 64 bits; 0 for what is none. Texts are read as literals: `0x1F`, `010`, `1_000`. */
export function wholeOf(value: Value): bigint {
  const bare = plain(value)
  switch (typeof bare) {
    case 'bigint':
      return bare
    case 'number':
      return truncated(bare)
    case 'boolean':
      return bare ? 1n : 0n
    case 'string': {
      const { value: whole, problem } = parseInteger(withoutZeroDecimals(bare), 0)
      return problem === undefined ? whole : 0n
    }
    default:
  }
  if (!(bare instanceof Sized)) return 0n
  return typeof bare.value === 'bigint' ? BigInt.asIntN(64, bare.value) : truncated(bare.value)
}

/** The value as a float64; 0 for what is none. */
export function floatOf(value: Value): number {
  const bare = plain(value)
  switch (typeof bare) {
    case 'number':
      return bare
    case 'bigint':
      return Number(bare)
    case 'boolean':
      return bare ? 1 : 0
    case 'string': {
      const { value: float, problem } = parseFloat64(bare)
      return problem === undefined ? float : 0
    }
    default:
  }
  return bare instanceof Sized ? Number(bare.value) : 0
}

/** As processors of the x86 family convert floats: what does not fit becomes the least number. */
function truncated(float: number): bigint {
  return Math.abs(float) < 2 ** 63 ? BigInt(Math.trunc(float)) : LEAST_INT64
}

/** `12.00` is twelve; `12.01` stays as it is, and so is no whole number. */
function withoutZeroDecimals(text: string): string {
  let end = text.length
  while (end > 0 && text.charCodeAt(end - 1) === 0x30) end--
  const hasZeros = end < text.length
  return hasZeros && text.charCodeAt(end - 1) === 0x2e ? text.slice(0, end - 1) : text
}
