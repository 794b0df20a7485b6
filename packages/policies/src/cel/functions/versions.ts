/** Semantic versions: `semver("1.2.3")`. Source: semver.org 2.0.0. */
import { CelError, intOf, Opaque, type Value } from '../values/value.ts'
import type { Library } from './library.ts'

class Semver extends Opaque {
  readonly typeName = 'kubernetes.Semver'
  readonly numbers: readonly [major: bigint, minor: bigint, patch: bigint]
  readonly pre: readonly string[]

  constructor(numbers: readonly [bigint, bigint, bigint], pre: readonly string[]) {
    super()
    this.numbers = numbers
    this.pre = pre
  }

  override equals(other: Opaque): boolean {
    return other instanceof Semver && compare(this, other) === 0
  }
}

export const VERSIONS: Library = {
  functions: {
    'semver(string): Semver': (text: string) => readVersion(text) ?? noVersion(text),
    'semver(string, bool): Semver': (text: string, isLoose: boolean) =>
      readVersion(isLoose ? normal(text) : text) ?? noVersion(text),
    'isSemver(string): bool': (text: string) => readVersion(text) !== undefined,
    'isSemver(string, bool): bool': (text: string, isLoose: boolean) =>
      readVersion(isLoose ? normal(text) : text) !== undefined,
  },
  members: {
    'Semver.major(): int': ({ numbers }: Semver) => intOf(numbers[0]),
    'Semver.minor(): int': ({ numbers }: Semver) => intOf(numbers[1]),
    'Semver.patch(): int': ({ numbers }: Semver) => intOf(numbers[2]),
    'Semver.compareTo(Semver): int': compare,
    'Semver.isLessThan(Semver): bool': (a: Semver, b: Semver): Value => compare(a, b) < 0,
    'Semver.isGreaterThan(Semver): bool': (a: Semver, b: Semver): Value => compare(a, b) > 0,
  },
}

/** Longer texts are no versions that anyone writes. */
const LONGEST = 256

const NUMBER = '(0|[1-9]\\d*)'
const WRITTEN = new RegExp(`^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-([0-9A-Za-z.-]+))?(?:\\+([0-9A-Za-z.-]+))?$`)

function readVersion(text: string): Semver | undefined {
  const parts = text.length > LONGEST ? null : WRITTEN.exec(text)
  if (parts === null) return undefined
  const [, major = '', minor = '', patch = '', pre, build] = parts
  const labels = pre?.split('.') ?? []
  if (labels.some((label) => label === '' || /^0\d+$/.test(label))) return undefined
  if (build?.split('.').includes('')) return undefined
  const numbers = [BigInt(major), BigInt(minor), BigInt(patch)] as const
  return numbers.some((number) => number >= 2n ** 64n) ? undefined : new Semver(numbers, labels)
}

/** Without a `v`, with three numbers, and without zeros before them. */
function normal(text: string): string {
  const [, core = '', rest = ''] = /^v?([^-+]*)(.*)$/s.exec(text.slice(0, LONGEST + 1)) ?? []
  const numbers = core.split('.')
  while (numbers.length < 3) numbers.push('0')
  return numbers.map((number) => number.replace(/^0+(?=\d)/, '')).join('.') + rest
}

function compare(a: Semver, b: Semver): number {
  for (const [index, number] of a.numbers.entries()) {
    const other = b.numbers[index] ?? 0n
    if (number !== other) return number < other ? -1 : 1
  }
  // A version without a label comes after those with one.
  if (a.pre.length === 0 || b.pre.length === 0) return Math.sign(b.pre.length - a.pre.length)
  for (const [index, label] of a.pre.entries()) {
    const other = b.pre[index]
    if (other === undefined) return 1
    const sign = compareLabels(label, other)
    if (sign !== 0) return sign
  }
  return a.pre.length < b.pre.length ? -1 : 0
}

function compareLabels(a: string, b: string): number {
  const [isNumber, isOtherNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1
  if (a === b) return 0
  if (!isNumber) return a < b ? -1 : 1
  return BigInt(a) < BigInt(b) ? -1 : 1
}

function noVersion(text: string): CelError {
  return new CelError(`${JSON.stringify(text.slice(0, 60))} is no semantic version`)
}
