/** Ranges of versions: package Masterminds/semver v3, `Constraints`. */
import { holds, type Constraint, type Operator } from './comparison.ts'
import { parseVersion, type Version } from './version.ts'

/** Alternatives, each of which is a group of constraints that must all hold. */
export interface Constraints {
  readonly groups: readonly ConstraintGroup[]
}

interface ConstraintGroup {
  readonly constraints: readonly Constraint[]
  /** Some constraint names a prerelease, so the group lets prereleases in. */
  readonly prereleases: boolean
}

/** Constraints that were read, or what is wrong with the text, in the words of Masterminds/semver. */
export type ParsedConstraints = { readonly constraints: Constraints } | { readonly problem: string }

/** Longer texts are no constraints: reading takes time by the square of the length. */
const MAX_LENGTH = 1000
const BLANK = '[\\t\\n\\f\\r ]'
const NUMBER = '[0-9|xX*]+'
const IDENTIFIERS = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*'
const VERSION = `v?(${NUMBER})(?:\\.(${NUMBER}))?(?:\\.(${NUMBER}))?(-${IDENTIFIERS})?(?:\\+${IDENTIFIERS})?`
const ONE = new RegExp(`${BLANK}*(>=|=>|<=|=<|!=|~>|[=><~^])?${BLANK}*${VERSION}`, 'y')
const SEPARATOR = new RegExp(`${BLANK}*(?:,|$)|${BLANK}+`, 'y')
const UNGROUPED = VERSION.replaceAll(/\((?!\?)/g, '(?:')
const HYPHEN_RANGE = new RegExp(`${BLANK}*(${UNGROUPED})${BLANK}+-${BLANK}+(${UNGROUPED})${BLANK}*`, 'g')

/**
 * Reads constraints: `>=1.2 <2 || ^3`, `1.2 - 1.4`, `~1.2.x`. A comma or blanks mean "and", `||` means "or"; what is left
 * out of a version, or `x`, `X` or `*`, matches any number.
 */
export function parseConstraints(text: string): ParsedConstraints {
  if (text.length > MAX_LENGTH) return { problem: `improper constraint: ${text.slice(0, 50)}...` }
  const groups: ConstraintGroup[] = []
  for (const part of text.replaceAll(HYPHEN_RANGE, '>= $1, <= $2 ').split('||')) {
    const group = parseGroup(part)
    if ('problem' in group) return group
    groups.push(group)
  }
  return { constraints: { groups } }
}

/** Whether a version lies in the range. Prereleases only do where a constraint of the same group names one. */
export function satisfies(version: Version, { groups }: Constraints): boolean {
  return groups.some(({ constraints, prereleases }) => {
    if (version.prerelease !== '' && !prereleases) return false
    return constraints.every((constraint) => holds(constraint, version))
  })
}

function parseGroup(text: string): ConstraintGroup | { readonly problem: string } {
  const constraints: Constraint[] = []
  let at = 0
  do {
    ONE.lastIndex = at
    const parts = ONE.exec(text)
    SEPARATOR.lastIndex = ONE.lastIndex
    if (parts === null || !SEPARATOR.test(text)) return { problem: `improper constraint: ${text}` }
    at = SEPARATOR.lastIndex
    const constraint = makeConstraint(parts)
    if (constraint === undefined) return { problem: 'constraint parser error' }
    constraints.push(constraint)
  } while (at < text.length || text.endsWith(','))
  return { constraints, prereleases: constraints.some(({ version }) => version.prerelease !== '') }
}

function makeConstraint(parts: RegExpExecArray): Constraint | undefined {
  const [, operator = '', major = '', minor, patch, prerelease = ''] = parts
  const open = isOpen(major) ? 'all' : isOpen(minor) ? 'minor' : isOpen(patch) ? 'patch' : undefined
  const numbers = open === 'all' ? '0.0.0' : open === 'minor' ? `${major}.0.0` : `${major}.${minor}.${open ? 0 : patch}`
  const parsed = parseVersion(numbers + prerelease)
  if ('problem' in parsed) return undefined
  return { operator: operator as Operator, version: parsed.version, open }
}

/** Whether a number of a constraint stands for any number. */
function isOpen(number: string | undefined): boolean {
  return number === undefined || number === 'x' || number === 'X' || number === '*'
}
