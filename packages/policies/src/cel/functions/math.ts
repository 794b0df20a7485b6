/** Functions of numbers: `math.abs(x)` ... */
import { noOverload } from '../members.ts'
import { compareValues, isNumber } from '../values/compare.ts'
import {
  adapt,
  CelError,
  Double,
  intOf,
  isList,
  Uint,
  UINT_MAX,
  uintOf,
  type Int,
  type Value,
} from '../values/value.ts'
import type { FunctionTable, Library } from './library.ts'

export const MATH: Library = {
  functions: {
    'math.greatest(dyn...): dyn': (...given: never[]) => extreme(given, (sign) => sign > 0, 'math.greatest'),
    'math.least(dyn...): dyn': (...given: never[]) => extreme(given, (sign) => sign < 0, 'math.least'),
    ...ofDoubles({
      ceil: Math.ceil,
      floor: Math.floor,
      trunc: Math.trunc,
      round: (value) => (value < 0 ? -Math.round(-value) : Math.round(value)),
    }),
    'math.abs(int): int': (value: Int) => (value < 0 ? intOf(-BigInt(value)) : value),
    'math.abs(uint): uint': (value: Uint) => value,
    'math.abs(double): double': ({ value }: Double) => new Double(Math.abs(value)),
    'math.sign(int): int': (value: Int) => (value > 0 ? 1 : value < 0 ? -1 : 0),
    'math.sign(uint): uint': ({ value }: Uint) => new Uint(value > 0n ? 1n : 0n),
    'math.sign(double): double': ({ value }: Double) => new Double(Math.sign(value)),
    'math.sqrt(int): double': (value: Int) => new Double(Math.sqrt(Number(value))),
    'math.sqrt(uint): double': ({ value }: Uint) => new Double(Math.sqrt(Number(value))),
    'math.sqrt(double): double': ({ value }: Double) => new Double(Math.sqrt(value)),
    'math.isNaN(double): bool': ({ value }: Double) => Number.isNaN(value),
    'math.isInf(double): bool': ({ value }: Double) => !Number.isNaN(value) && !Number.isFinite(value),
    'math.isFinite(double): bool': ({ value }: Double) => Number.isFinite(value),
    ...ofBits({ bitAnd: (a, b) => a & b, bitOr: (a, b) => a | b, bitXor: (a, b) => a ^ b }),
    'math.bitNot(int): int': (value: Int) => intOf(~BigInt(value)),
    'math.bitNot(uint): uint': ({ value }: Uint) => new Uint(UINT_MAX - value),
    'math.bitShiftLeft(int, int): int': (value: Int, by: Int) =>
      shifted(by, (places) => intOf(BigInt.asIntN(64, BigInt(value) << places))),
    'math.bitShiftLeft(uint, int): uint': ({ value }: Uint, by: Int) =>
      shifted(by, (places) => new Uint(BigInt.asUintN(64, value << places))),
    'math.bitShiftRight(int, int): int': (value: Int, by: Int) =>
      // The sign moves like any other bit.
      shifted(by, (places) => intOf(BigInt.asIntN(64, BigInt.asUintN(64, BigInt(value)) >> places))),
    'math.bitShiftRight(uint, int): uint': ({ value }: Uint, by: Int) =>
      shifted(by, (places) => new Uint(value >> places)),
  },
}

function ofDoubles(operations: Readonly<Record<string, (value: number) => number>>): FunctionTable {
  return Object.fromEntries(
    Object.entries(operations).map(([name, apply]) => [
      `math.${name}(double): double`,
      ({ value }: Double) => new Double(apply(value)),
    ]),
  )
}

function ofBits(operations: Readonly<Record<string, (a: bigint, b: bigint) => bigint>>): FunctionTable {
  return Object.fromEntries(
    Object.entries(operations).flatMap(([name, apply]): [string, FunctionTable[string]][] => [
      [`math.${name}(int, int): int`, (a: Int, b: Int) => intOf(apply(BigInt(a), BigInt(b)))],
      [`math.${name}(uint, uint): uint`, (a: Uint, b: Uint) => uintOf(apply(a.value, b.value))],
    ]),
  )
}

/** The greatest or least of numbers, or of those of the one list that is given. */
function extreme(given: readonly unknown[], isBetter: (sign: number) => boolean, name: string): Value {
  // The last that is given is the evaluation.
  const values = given.slice(0, -1) as Value[]
  const [only] = values
  const items = values.length === 1 && only !== undefined && isList(only) ? only.map(adapt) : values
  let best: Value | undefined
  for (const item of items) {
    if (!isNumber(item)) return noOverload(name, item)
    if (best === undefined || isBetter(compareValues(item, best) ?? 0)) best = item
  }
  return best ?? new CelError(`${name} takes a number at least`)
}

/** Shifts; nothing is left after 64 places. */
function shifted(by: Int, shift: (by: bigint) => Value): Value {
  if (by < 0) return new CelError(`math.bitShift by ${by}: negative offset`)
  return shift(BigInt(Math.min(Number(by), 64)))
}
