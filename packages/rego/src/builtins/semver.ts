/** Builtins for semantic versions (semver.org, 2.0.0), with an optional `v` before them. */
import { BOOLEAN, ANY, NUMBER, STRING } from '../types/type.ts'
import { compareStrings } from '../values/text-order.ts'
import { type Builtin, define } from './builtin.ts'
import { failure, textOperand } from './operands.ts'

/** `semver.compare`, `semver.is_valid`. */
export const VERSIONS: readonly Builtin[] = [
  define('semver.compare', [STRING, STRING], NUMBER, (context, left, right) => {
    const one = textOperand(left, 1)
    const other = textOperand(right, 2)
    context.spend(one.length + other.length)
    return compareVersions(versionOf(one, 1), versionOf(other, 2))
  }),
  define('semver.is_valid', [ANY], BOOLEAN, (context, text) => {
    if (typeof text !== 'string') return false
    context.spend(text.length)
    return parseVersion(text) !== undefined
  }),
]

interface Version {
  readonly numbers: readonly bigint[]
  /** Empty for a release. */
  readonly prerelease: readonly string[]
}

const SHAPE = /^v?(\d{1,19})\.(\d{1,19})\.(\d{1,19})(?:-([0-9A-Za-z.-]*))?(?:\+([0-9A-Za-z.-]*))?$/
const LARGEST_NUMBER = 2n ** 63n

function versionOf(text: string, place: number): Version {
  const version = parseVersion(text)
  if (version === undefined) throw failure(`operand ${place}: string ${JSON.stringify(text)} is not a valid SemVer`)
  return version
}

function parseVersion(text: string): Version | undefined {
  const match = SHAPE.exec(text)
  if (match === null) return undefined
  const [, major = '', minor = '', patch = '', prerelease = '', build = ''] = match
  const numbers = [major, minor, patch].map(BigInt)
  if (numbers.some((number) => number >= LARGEST_NUMBER)) return undefined
  const identifiers = prerelease === '' ? [] : prerelease.split('.')
  if (identifiers.includes('') || (build !== '' && build.split('.').includes(''))) return undefined
  return { numbers, prerelease: identifiers }
}

function compareVersions(left: Version, right: Version): number {
  for (const [place, number] of left.numbers.entries()) {
    const other = right.numbers[place] as bigint
    if (number !== other) return number < other ? -1 : 1
  }
  // A release comes after all that precede it.
  if (left.prerelease.length === 0 || right.prerelease.length === 0) {
    return Math.sign(right.prerelease.length - left.prerelease.length)
  }
  for (const [place, identifier] of left.prerelease.entries()) {
    const other = right.prerelease[place]
    if (other === undefined) return 1
    const order = compareIdentifiers(identifier, other)
    if (order !== 0) return order
  }
  return left.prerelease.length < right.prerelease.length ? -1 : 0
}

/** Numbers by value, before all that is none. */
function compareIdentifiers(left: string, right: string): number {
  const isLeftNumber = /^\d+$/.test(left)
  const isRightNumber = /^\d+$/.test(right)
  if (isLeftNumber !== isRightNumber) return isLeftNumber ? -1 : 1
  if (!isLeftNumber) return Math.sign(compareStrings(left, right))
  const one = left.replace(/^0+/, '')
  const other = right.replace(/^0+/, '')
  return Math.sign(one.length - other.length || compareStrings(one, other))
}
