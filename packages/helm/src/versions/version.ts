/** Semantic versions as charts know them: package Masterminds/semver v3, lenient and strict. */
import { parseUnsigned, quote } from '@kubescape/go'
import { compareBytes } from '@kubescape/go-template'

/** A version. Numbers are those of uint64. */
export interface Version {
  readonly major: bigint
  readonly minor: bigint
  readonly patch: bigint
  /** What follows the hyphen, without it; empty for none. */
  readonly prerelease: string
  /** What follows the plus sign, without it; it does not count when versions are compared. */
  readonly metadata: string
  /** As it was written. */
  readonly original: string
}

/** A version that was read, or what is wrong with the text, in the words of Masterminds/semver. */
export type ParsedVersion = { readonly version: Version } | { readonly problem: string }

/** Longer texts are no versions. */
const MAX_LENGTH = 1000
const IDENTIFIERS = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*'
const LENIENT = new RegExp(`^v?([0-9]+)(?:\\.([0-9]+))?(?:\\.([0-9]+))?(?:-(${IDENTIFIERS}))?(?:\\+(${IDENTIFIERS}))?$`)
const WORD = /^[0-9A-Za-z-]+$/
const NUMBER = /^[0-9]*$/

/** Reads a version that may begin with `v` and leave out its minor and patch numbers: `v1.2` is 1.2.0. */
export function parseVersion(text: string): ParsedVersion {
  const parts = text.length > MAX_LENGTH ? null : LENIENT.exec(text)
  if (parts === null) return { problem: 'invalid semantic version' }
  const [, major = '', minor = '0', patch = '0', prerelease = '', metadata = ''] = parts
  const numbers = readNumbers(major, minor, patch)
  if ('problem' in numbers) return { problem: `error parsing version segment: ${numbers.problem}` }
  const problem = prerelease === '' ? undefined : problemOfPrerelease(prerelease)
  return problem === undefined ? { version: { ...numbers, prerelease, metadata, original: text } } : { problem }
}

/** Negative, zero or positive as `a` comes before, with or after `b`. Metadata does not count. */
export function compareVersions(a: Version, b: Version): number {
  if (a.major !== b.major) return a.major < b.major ? -1 : 1
  if (a.minor !== b.minor) return a.minor < b.minor ? -1 : 1
  if (a.patch !== b.patch) return a.patch < b.patch ? -1 : 1
  return comparePrereleases(a.prerelease, b.prerelease)
}

/** As `compareVersions`, of prereleases alone: none at all comes last. */
export function comparePrereleases(a: string, b: string): number {
  if (a === b) return 0
  if (a === '') return 1
  if (b === '') return -1
  const [left, right] = [a.split('.'), b.split('.')]
  const length = Math.max(left.length, right.length)
  for (let at = 0; at < length; at++) {
    const order = compareIdentifiers(left[at] ?? '', right[at] ?? '')
    if (order !== 0) return order
  }
  return 0
}

/** A version in its normal form: three numbers, no `v`. */
export function printVersion({ major, minor, patch, prerelease, metadata }: Version): string {
  return `${major}.${minor}.${patch}${prerelease === '' ? '' : `-${prerelease}`}${metadata === '' ? '' : `+${metadata}`}`
}

/** What is wrong with a prerelease, whose identifiers are words or numbers without zeros in front. */
export function problemOfPrerelease(prerelease: string): string | undefined {
  for (const part of prerelease.split('.')) {
    if (!WORD.test(part)) return 'invalid prerelease string'
    if (part.length > 1 && part.startsWith('0') && NUMBER.test(part)) return 'version segment starts with 0'
  }
  return undefined
}

/** Whether a text can be the metadata of a version. */
export function isMetadata(text: string): boolean {
  return text.split('.').every((part) => WORD.test(part))
}

/** A missing identifier comes first, then numbers by size, then words by their bytes. */
function compareIdentifiers(a: string, b: string): number {
  if (a === b) return 0
  if (a === '') return -1
  if (b === '') return 1
  const [left, right] = [parseUnsigned(a, 10), parseUnsigned(b, 10)]
  if (left.problem !== undefined && right.problem !== undefined) return compareBytes(a, b)
  if (left.problem !== undefined) return 1
  if (right.problem !== undefined) return -1
  return left.value > right.value ? 1 : -1
}

function readNumbers(...texts: readonly [string, string, string]): Numbers | { readonly problem: string } {
  const numbers: bigint[] = []
  for (const text of texts) {
    const { value, problem } = parseUnsigned(text, 10)
    if (problem !== undefined) return { problem: `strconv.ParseUint: parsing ${quote(text)}: ${problem}` }
    numbers.push(value)
  }
  const [major, minor, patch] = numbers as [bigint, bigint, bigint]
  return { major, minor, patch }
}

type Numbers = Pick<Version, 'major' | 'minor' | 'patch'>
