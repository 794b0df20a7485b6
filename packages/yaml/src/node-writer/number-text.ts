/** Numbers as goyaml writes them. */

/** A float in its shortest form, with an exponent from a million on (Go's `FormatFloat(value, 'g', -1, 64)`). */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const size = Math.abs(value)
  if (size >= 1e-4 && size < 1e6) return String(value)
  const text = value.toExponential()
  const sign = text.lastIndexOf('e') + 1
  // At least two digits.
  return text.length - sign < 3 ? `${text.slice(0, sign + 1)}0${text.slice(sign + 1)}` : text
}

/** A float that went through JSON, where whole numbers lose their kind: those that 64 bits hold come back as integers. */
export function jsonFloatText(value: number): string {
  const isWhole = Number.isInteger(value) && value < 2 ** 64 && value >= -(2 ** 63)
  // Zero has no sign as an integer.
  return isWhole ? String(value) : floatText(value)
}
