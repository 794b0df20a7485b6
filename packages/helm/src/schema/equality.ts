/** Equality and arithmetic as JSON Schema wants them. */
import { Dict, List, Sized, type Value, plain } from '@kubescape/go-template'
import { isList, type Json } from './schema-document.ts'

/** A text that equal values share: 1 and 1.0 are equal, and the order of keys does not count. Parts are counted. */
export function canonical(value: Value, spend: (count: number) => void): string {
  spend(1)
  const bare = plain(value) ?? null
  if (bare instanceof Dict) {
    return `{${bare
      .sortedKeys()
      .map((key) => `${JSON.stringify(key)}:${canonical(bare.get(key), spend)}`)
      .join()}}`
  }
  if (bare instanceof List) return `[${bare.items.map((item) => canonical(item, spend)).join()}]`
  const number = numberOf(bare)
  return number === undefined ? JSON.stringify(bare) : String(number)
}

/** What a JSON text says as a value of templates. */
export function fromJson(json: Json): Value {
  if (typeof json !== 'object' || json === null) return json
  if (isList(json)) return new List(json.map(fromJson))
  return new Dict(new Map(Object.entries(json).map(([key, value]) => [key, fromJson(value)])))
}

/** The number that a value is; undefined for what is none. */
export function numberOf(value: Value): number | undefined {
  const bare = plain(value)
  if (typeof bare === 'number') return bare
  if (typeof bare === 'bigint') return Number(bare)
  return bare instanceof Sized ? Number(bare.value) : undefined
}

/** Whether a decimal number is a whole multiple of another one, without errors of rounding. */
export function isMultiple(value: number, of: number): boolean {
  if (of === 0 || !Number.isFinite(value)) return false
  const [a, b] = [decimal(value), decimal(of)]
  const exponent = Math.min(a.exponent, b.exponent)
  if (Math.max(a.exponent, b.exponent) - exponent > 400) return Number.isInteger(value / of)
  return (a.digits * 10n ** BigInt(a.exponent - exponent)) % (b.digits * 10n ** BigInt(b.exponent - exponent)) === 0n
}

function decimal(value: number): { readonly digits: bigint; readonly exponent: number } {
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length }
}
