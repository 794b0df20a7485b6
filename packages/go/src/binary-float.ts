/** Floats by their bits: mantissa and exponent, and the notations that show them. */

/** A positive float is `mantissa` times two to the power of `exponent`. */
export interface BinaryParts {
  readonly mantissa: bigint
  readonly exponent: number
}

const view = new DataView(new ArrayBuffer(8))

/** The parts of a float64 that is not negative; the mantissa has 53 bits, fewer below 2.3e-308. */
export function binaryParts(size: number): BinaryParts {
  view.setFloat64(0, size)
  const bits = view.getBigUint64(0)
  const biased = Number(bits >> 52n)
  const fraction = bits & 0xfffffffffffffn
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | 0x10000000000000n, exponent: biased - 1075 }
}

/** Mantissa and exponent in decimal: `4503599627370496p-52`. */
export function formatBinary(size: number, bits: 32 | 64): string {
  const { mantissa, exponent } = bits === 64 ? binaryParts(size) : binaryParts32(size)
  return `${mantissa}p${exponent < 0 ? '' : '+'}${exponent}`
}

/** Hexadecimal mantissa and binary exponent, `0x1.8p+01`; `precision` counts the digits after the point. */
export function formatHex(size: number, precision: number | undefined): string {
  let { mantissa, exponent } = binaryParts(size)
  if (mantissa === 0n) return `0x0${precision === undefined || precision === 0 ? '' : `.${'0'.repeat(precision)}`}p+00`
  const bits = mantissa.toString(2).length
  mantissa <<= BigInt(53 - bits)
  exponent += 52 - (53 - bits)
  if (precision !== undefined && precision < 13) {
    const cut = BigInt(4 * (13 - precision))
    const rest = mantissa & ((1n << cut) - 1n)
    const half = 1n << (cut - 1n)
    mantissa >>= cut
    if (rest > half || (rest === half && (mantissa & 1n) === 1n)) mantissa++
    mantissa <<= cut
    if (mantissa >> 53n !== 0n) {
      mantissa >>= 1n
      exponent++
    }
  }
  let fraction = (mantissa & 0xfffffffffffffn).toString(16).padStart(13, '0')
  if (precision === undefined) {
    let end = fraction.length
    while (end > 0 && fraction.charCodeAt(end - 1) === 0x30) end--
    fraction = fraction.slice(0, end)
  } else fraction = fraction.slice(0, precision).padEnd(precision, '0')
  const power = String(Math.abs(exponent)).padStart(2, '0')
  return `0x1${fraction === '' ? '' : `.${fraction}`}p${exponent < 0 ? '-' : '+'}${power}`
}

function binaryParts32(size: number): BinaryParts {
  view.setFloat32(0, size)
  const bits = view.getUint32(0)
  const biased = bits >>> 23
  const fraction = BigInt(bits & 0x7fffff)
  return biased === 0
    ? { mantissa: fraction, exponent: -149 }
    : { mantissa: fraction | 0x800000n, exponent: biased - 150 }
}

/** The float64 nearest to `mantissa` times two to the power of `exponent`, halves to the even one; may be infinite. */
export function scaledFloat(mantissa: bigint, exponent: number): number {
  if (mantissa === 0n) return 0
  const bits = mantissa.toString(2).length
  const top = exponent + bits - 1
  if (top > 1023) return Infinity
  // Below the normal numbers, bits are lost one by one.
  const available = top >= -1022 ? 53 : 53 + 1022 + top
  if (available < 0) return 0
  const drop = bits - available
  if (drop <= 0) return Number(mantissa) * 2 ** exponent
  const cut = BigInt(drop)
  const rest = mantissa & ((1n << cut) - 1n)
  const half = 1n << (cut - 1n)
  const kept = mantissa >> cut
  const up = rest > half || (rest === half && (kept & 1n) === 1n)
  return Number(up ? kept + 1n : kept) * 2 ** (exponent + drop)
}
