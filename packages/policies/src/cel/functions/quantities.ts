/** Quantities of Kubernetes: `quantity("1.5Gi")`. Numbers are exact. */
import { parseQuantity } from '@kubescape/controls'

import { CelError, Double, intOf, INT_MAX, INT_MIN, Opaque, type Int, type Value } from '../values/value.ts'
import type { Library } from './library.ts'

/** Parts of a unit that are kept: a nano. */
const NANO = 10n ** 9n

/** A quantity, in billionths. */
class Quantity extends Opaque {
  readonly typeName = 'kubernetes.Quantity'
  readonly nanos: bigint

  constructor(nanos: bigint) {
    super()
    this.nanos = nanos
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
    'Quantity.add(Quantity): Quantity': (a: Quantity, b: Quantity) => new Quantity(a.nanos + b.nanos),
    'Quantity.add(int): Quantity': (a: Quantity, b: Int) => new Quantity(a.nanos + BigInt(b) * NANO),
    'Quantity.sub(Quantity): Quantity': (a: Quantity, b: Quantity) => new Quantity(a.nanos - b.nanos),
    'Quantity.sub(int): Quantity': (a: Quantity, b: Int) => new Quantity(a.nanos - BigInt(b) * NANO),
    'Quantity.compareTo(Quantity): int': (a: Quantity, b: Quantity) =>
      a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0,
    'Quantity.isLessThan(Quantity): bool': (a: Quantity, b: Quantity): Value => a.nanos < b.nanos,
    'Quantity.isGreaterThan(Quantity): bool': (a: Quantity, b: Quantity): Value => a.nanos > b.nanos,
  },
}

function readQuantity(text: string): Quantity | undefined {
  // `K` is often written, but no suffix that Kubernetes knows.
  const exact = text.endsWith('K') ? undefined : parseQuantity(text)
  if (exact === undefined) return undefined
  const whole = (exact.over * NANO) / exact.under
  const isExact = whole * exact.under === exact.over * NANO
  // What is finer than a nano is rounded away from 0.
  return new Quantity(isExact ? whole : exact.over < 0n ? whole - 1n : whole + 1n)
}

function wholeOf({ nanos }: Quantity): bigint | undefined {
  const whole = nanos / NANO
  return nanos % NANO === 0n && whole >= INT_MIN && whole <= INT_MAX ? whole : undefined
}
