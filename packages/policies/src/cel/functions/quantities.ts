/** Quantities of Kubernetes: `quantity("1.5Gi")`. Numbers are exact. */
import { parseQuantity } from '@kubescape/controls'

import { CelError, Double, INT_MAX, INT_MIN, intOf, Opaque, type Int, type Value } from '../values/value.ts'
import type { Library } from './library.ts'

/** Parts of a unit that are kept: a nano. */
const NANO = 10n ** 9n

/** A quantity, in billionths. */
class Quantity extends Opaque {
  readonly typeName = 'kubernetes.Quantity'
  readonly nanos: bigint
  /**
   * API servers hold small quantities as whole numbers of a power of ten: this is its exponent. Undefined for others, which they
   * take for no integer whatever they are worth.
   */
  readonly scale: number | undefined

  constructor(nanos: bigint, scale: number | undefined) {
    super()
    this.nanos = nanos
    this.scale = scale
  }

  override equals(other: Opaque): boolean {
    return other instanceof Quantity && other.nanos === this.nanos
  }
}

export const QUANTITIES: Library = {
  functions: {
    'quantity(string): Quantity': (text: string) =>
      readQuantity(text) ?? new CelError(`${JSON.stringify(text.slice(0, 60))} is no quantity`),
    'isQuantity(string): bool': (text: string) => readQuantity(text) !== undefined,
  },
  members: {
    'Quantity.sign(): int': ({ nanos }: Quantity) => (nanos > 0n ? 1 : nanos < 0n ? -1 : 0),
    'Quantity.isInteger(): bool': (quantity: Quantity) => wholeOf(quantity) !== undefined,
    'Quantity.asInteger(): int': (quantity: Quantity) => {
      const whole = wholeOf(quantity)
      return whole === undefined ? new CelError('cannot convert value to integer') : intOf(whole)
    },
    'Quantity.asApproximateFloat(): double': ({ nanos }: Quantity) =>
      new Double(nanos % NANO === 0n ? Number(nanos / NANO) : Number(nanos) / 1e9),
    'Quantity.add(Quantity): Quantity': (a: Quantity, b: Quantity) => sum(a, b.nanos, b.scale),
    'Quantity.add(int): Quantity': (a: Quantity, b: Int) => sum(a, BigInt(b) * NANO, 0),
    'Quantity.sub(Quantity): Quantity': (a: Quantity, b: Quantity) => sum(a, -b.nanos, b.scale),
    'Quantity.sub(int): Quantity': (a: Quantity, b: Int) => sum(a, -BigInt(b) * NANO, 0),
    'Quantity.compareTo(Quantity): int': (a: Quantity, b: Quantity) =>
      a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0,
    'Quantity.isLessThan(Quantity): bool': (a: Quantity, b: Quantity): Value => a.nanos < b.nanos,
    'Quantity.isGreaterThan(Quantity): bool': (a: Quantity, b: Quantity): Value => a.nanos > b.nanos,
  },
}

/** Digits that a whole number of an API server holds, and bits of the binary suffixes. */
const MOST_DIGITS = 18
const BITS: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 }
const DECIMALS: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }

function readQuantity(text: string): Quantity | undefined {
  // `K` is often written, but no suffix that Kubernetes knows.
  const exact = text.endsWith('K') ? undefined : parseQuantity(text)
  if (exact === undefined) return undefined
  const whole = (exact.over * NANO) / exact.under
  const isExact = whole * exact.under === exact.over * NANO
  // What is finer than a nano is rounded away from 0.
  const nanos = isExact ? whole : exact.over < 0n ? whole - 1n : whole + 1n
  const scale = scaleOf(text)
  const isBounded = text.endsWith('i') && scale === undefined
  return new Quantity(isBounded ? bounded(nanos) : nanos, scale)
}

/** Large binary quantities end at the greatest int. */
function bounded(nanos: bigint): bigint {
  const most = INT_MAX * NANO
  if (nanos > most) return most
  if (nanos < -most) return -most
  return nanos
}

function scaleOf(text: string): number | undefined {
  const [, whole = '', fraction = '', suffix = ''] = /^[+-]?0*(\d*)\.?(\d*)(.*)$/.exec(text) ?? []
  const digits = Math.max(whole.length, 1) + fraction.length
  const bits = BITS[suffix]
  if (bits !== undefined) return fraction === '' && digits + Math.trunc((bits * 3) / 10) < 15 ? 0 : undefined
  const exponent = /^[eE][+-]?\d/.test(suffix) ? Number(suffix.slice(1)) : DECIMALS[suffix]
  if (exponent === undefined || digits > MOST_DIGITS) return undefined
  const scale = exponent - fraction.length
  return scale < -9 ? undefined : scale
}

function wholeOf({ nanos, scale }: Quantity): bigint | undefined {
  const whole = nanos / NANO
  const isWhole = scale !== undefined && scale >= 0 && nanos % NANO === 0n
  return isWhole && whole >= INT_MIN && whole <= INT_MAX ? whole : undefined
}

/** A sum is held in the finer unit of the two. */
function sum({ nanos, scale }: Quantity, added: bigint, addedScale: number | undefined): Quantity {
  if (added === 0n) return new Quantity(nanos, scale)
  if (nanos === 0n) return new Quantity(added, addedScale)
  return new Quantity(
    nanos + added,
    scale === undefined || addedScale === undefined ? undefined : Math.min(scale, addedScale),
  )
}
