/** What the operators of constraints mean. */
import { comparePrereleases, compareVersions, type Version } from './version.ts'

/** How a constraint compares; none means `=`. */
export type Operator = '' | '=' | '!=' | '>' | '<' | '>=' | '=>' | '<=' | '=<' | '~' | '~>' | '^'

/** One comparison with a version of which numbers may be open. */
export interface Constraint {
  readonly operator: Operator
  /** Open numbers are zero. */
  readonly version: Version
  /** The first number that may be any; the ones after it may be too. */
  readonly open: 'all' | 'minor' | 'patch' | undefined
}

/** Whether the constraint holds for the version; whether prereleases are let in at all is not asked here. */
export function holds(constraint: Constraint, version: Version): boolean {
  const { operator, version: bound, open } = constraint
  switch (operator) {
    case '!=':
      return isOther(constraint, version)
    case '>':
      return isGreater(constraint, version)
    case '<':
      return compareVersions(version, bound) < 0
    case '>=':
    case '=>':
      return compareVersions(version, bound) >= 0
    case '<=':
    case '=<':
      return isAtMost(constraint, version)
    case '~':
    case '~>':
      return isClose(constraint, version)
    case '^':
      return isCompatible(constraint, version)
    default:
      return open === undefined ? compareVersions(version, bound) === 0 : isClose(constraint, version)
  }
}

/** Different from everything that an open constraint stands for. */
function isOther({ version: bound, open }: Constraint, version: Version): boolean {
  if (open === undefined) return compareVersions(version, bound) !== 0
  if (version.major !== bound.major) return true
  if (open === 'minor') return false
  if (version.minor !== bound.minor) return true
  if (open === 'patch') return comparePrereleases(version.prerelease, bound.prerelease) !== 0
  return version.patch !== bound.patch || compareVersions(version, bound) !== 0
}

/** `>1` begins at 2, `>1.1` at 1.2. */
function isGreater({ version: bound, open }: Constraint, version: Version): boolean {
  if (open === undefined || open === 'all') return compareVersions(version, bound) > 0
  if (version.major !== bound.major) return version.major > bound.major
  return open === 'patch' && version.minor > bound.minor
}

/** `<=1` ends with the last 1.x. */
function isAtMost({ version: bound, open }: Constraint, version: Version): boolean {
  if (open === undefined) return compareVersions(version, bound) <= 0
  if (version.major !== bound.major) return version.major < bound.major
  return open === 'minor' || version.minor <= bound.minor
}

/** `~1.2.3` stays in 1.2, `~1` in 1. */
function isClose({ version: bound, open }: Constraint, version: Version): boolean {
  if (compareVersions(version, bound) < 0) return false
  if (isZero(bound) && (open === undefined || open === 'all')) return true
  return version.major === bound.major && (open === 'minor' || version.minor === bound.minor)
}

/** `^1.2.3` stays in 1, `^0.2.3` in 0.2, `^0.0.3` is that alone: the first number that is not zero stays. */
function isCompatible({ version: bound, open }: Constraint, version: Version): boolean {
  if (compareVersions(version, bound) < 0) return false
  if (bound.major > 0n || open === 'minor') return version.major === bound.major
  if (version.major > 0n) return false
  if (bound.minor > 0n || open === 'patch') return version.minor === bound.minor
  return version.minor === 0n && version.patch === bound.patch
}

function isZero({ major, minor, patch }: Version): boolean {
  return major === 0n && minor === 0n && patch === 0n
}
