/** The text that a scalar becomes as the key of a JSON object: `convertToJSONableObject` of sigs.k8s.io/yaml. */

import { isIntegerText, resolvePlain } from './scalars.ts'
import type { Scalar } from './scalars.ts'

/**
 * The key for a plain scalar: `yes` gives `true`, `0x10` gives `16`, `1.50` gives `1.5`. Undefined for null and for an
 * integer above the range of int64, which the Go library refuses.
 */
export function plainKey(text: string): string | undefined {
  const value = resolvePlain(text)
  if (typeof value === 'string') return value
  return keyOf(value, typeof value === 'number' && !isIntegerText(text))
}

/** The key for a value; `isFloat` says which of Go's types a number has. Undefined when there is none. */
export function keyOf(value: Scalar, isFloat: boolean): string | undefined {
  switch (typeof value) {
    case 'string':
      return value
    case 'boolean':
      return value ? 'true' : 'false'
    case 'bigint':
      return value >= 1n << 63n ? undefined : value.toString()
    case 'number':
      return isFloat ? formatFloat32(value) : value.toString()
    default:
      return undefined
  }
}

/** Go's `strconv.FormatFloat(value, 'g', -1, 32)`: the shortest digits that give the same 32-bit float. */
function formatFloat32(value: number): string {
  const single = Math.fround(value)
  if (Number.isNaN(single)) return '.nan'
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf'
  const sign = single < 0 || Object.is(single, -0) ? '-' : ''
  const magnitude = Math.abs(single)
  if (magnitude === 0) return `${sign}0`
  const [mantissa = '', exponentText = ''] = shortest(magnitude).split('e')
  const digits = mantissa.replace('.', '')
  const exponent = Number(exponentText)
  // For the shortest form Go decides with a precision of 6.
  if (exponent < -4 || exponent >= 6) {
    const size = Math.abs(exponent).toString().padStart(2, '0')
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : ''
    return `${sign}${digits[0]}${fraction}e${exponent < 0 ? '-' : '+'}${size}`
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  if (digits.length <= exponent + 1) return sign + digits.padEnd(exponent + 1, '0')
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`
}

function shortest(single: number): string {
  for (let digits = 0; digits < 9; digits++) {
    const text = single.toExponential(digits)
    if (Math.fround(Number(text)) === single) return text
  }
  return single.toExponential(8)
}
