/** What was typed, or set in a configuration: values by the names of their flags, read one by one. */
import { Failure } from './failure.ts'

/** Values by the names of their flags in camel case. */
export type Typed = Readonly<Record<string, unknown>>

/** Names of severities, mildest first. */
export const SEVERITY_NAMES: readonly string[] = ['low', 'medium', 'high', 'critical']

/** A text; undefined where nothing was typed. */
export function text(typed: Typed, name: string): string | undefined {
  const value = typed[name]
  return typeof value === 'string' ? value : undefined
}

/** The values of a flag that may be repeated. */
export function list(typed: Typed, name: string): readonly string[] {
  const value = typed[name]
  return Array.isArray(value) ? value.map(String) : []
}

/** The same without what is empty. */
export function names(typed: Typed, name: string): string[] {
  return list(typed, name)
    .map((each) => each.trim())
    .filter(Boolean)
}

/**
 * One of the words that a flag knows, in lower case.
 * @throws {Failure} for others
 */
export function oneOf(value: string, known: readonly string[], flag: string): string {
  const wanted = value.trim().toLowerCase()
  if (known.includes(wanted)) return wanted
  throw new Failure(`${flag} does not know "${value}"`, `Use one of ${known.join(', ')}.`)
}

/**
 * A severity in lower case; empty where none was typed.
 * @throws {Failure} for others
 */
export function severity(typed: Typed, name: string, flag: string): string {
  const value = text(typed, name)
  return value === undefined || value === '' ? '' : oneOf(value, SEVERITY_NAMES, flag)
}

/**
 * A number from 0 to 100.
 * @throws {Failure} for others
 */
export function percentage(value: string, flag: string): number {
  const number = Number(value)
  if (value.trim() !== '' && number >= 0 && number <= 100) return number
  throw new Failure(`${flag} is "${value}"`, 'Give a number from 0 to 100.')
}
