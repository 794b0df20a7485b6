/** Kubernetes quantities, read exactly. Source: the grammar of `resource.Quantity` in the Kubernetes API reference. */

/** An exact number: `over / under`, with `under` above 0. */
export interface Quantity {
  readonly over: bigint
  readonly under: bigint
}

/** Suffixes with the factor that they stand for; `K` is no Kubernetes suffix but is written often. */
const FACTORS: Readonly<Record<string, Quantity>> = {
  '': { over: 1n, under: 1n },
  n: { over: 1n, under: 10n ** 9n },
  u: { over: 1n, under: 10n ** 6n },
  m: { over: 1n, under: 1000n },
  k: { over: 1000n, under: 1n },
  K: { over: 1000n, under: 1n },
  M: { over: 10n ** 6n, under: 1n },
  G: { over: 10n ** 9n, under: 1n },
  T: { over: 10n ** 12n, under: 1n },
  P: { over: 10n ** 15n, under: 1n },
  E: { over: 10n ** 18n, under: 1n },
  Ki: { over: 1n << 10n, under: 1n },
  Mi: { over: 1n << 20n, under: 1n },
  Gi: { over: 1n << 30n, under: 1n },
  Ti: { over: 1n << 40n, under: 1n },
  Pi: { over: 1n << 50n, under: 1n },
  Ei: { over: 1n << 60n, under: 1n },
}

/** Longer texts are no quantities that anyone writes. */
const LONGEST = 128
/** Kubernetes caps quantities at 2^63 - 1, so a larger exponent changes no comparison. */
const LARGEST_EXPONENT = 64

const WRITTEN = /^([+-]?)(\d*)(?:\.(\d*))?(?:([numkKMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/

/** Reads `128Mi`, `0.5`, `250m` or `1e3`; undefined when the text is no quantity. */
export function parseQuantity(text: string): Quantity | undefined {
  const parts = text.length > LONGEST ? null : WRITTEN.exec(text)
  if (parts === null) return undefined
  const [, sign, whole = '', fraction = '', suffix = '', exponent] = parts
  if (whole === '' && fraction === '') return undefined
  const digits = BigInt(whole + fraction)
  const factor = exponent === undefined ? FACTORS[suffix] : powerOfTen(exponent)
  if (factor === undefined) return undefined
  return {
    over: (sign === '-' ? -digits : digits) * factor.over,
    under: 10n ** BigInt(fraction.length) * factor.under,
  }
}

/** Negative, 0 or positive as `a` is less than, equal to or more than `b`. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  const difference = a.over * b.under - b.over * a.under
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

function powerOfTen(exponent: string): Quantity {
  const power = Math.max(-LARGEST_EXPONENT, Math.min(LARGEST_EXPONENT, Number(exponent)))
  return power < 0 ? { over: 1n, under: 10n ** BigInt(-power) } : { over: 10n ** BigInt(power), under: 1n }
}
