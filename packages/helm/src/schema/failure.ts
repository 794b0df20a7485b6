/** What of a value a schema does not allow, and how the library that Helm uses (santhosh-tekuri/jsonschema) says it. */
import { floatText, quote } from '@kubescape/go'
import { Dict, List, Sized, type Value, plain } from '@kubescape/go-template'

/** A keyword that a value fails, and why. */
export interface Failure {
  /** JSON pointer of the value; empty for the root. */
  readonly location: string
  readonly text: string
  readonly causes: readonly Failure[]
}

/** One failure for several; undefined for none. */
export function grouped(location: string, failures: readonly Failure[]): Failure | undefined {
  return failures.length < 2 ? failures[0] : { location, text: GROUP, causes: failures }
}

/** The failures of a whole value, a line each, those that led to them indented below. */
export function printFailure(failure: Failure): string {
  const lines: string[] = []
  const print = ({ location, text, causes }: Failure, indent: string): void => {
    lines.push(`${indent}- at ${single(location)}: ${text}`)
    for (const cause of causes) print(cause, `${indent}  `)
  }
  for (const top of failure.text === GROUP ? failure.causes : [failure]) print(top, '')
  return `${lines.join('\n')}\n`
}

/** A text in single quotes. */
export function single(text: string): string {
  return `'${quote(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** A scalar as it stands in messages; undefined for lists and maps. */
export function shown(value: Value): string | undefined {
  const bare = plain(value) ?? null
  if (typeof bare === 'string') return single(bare)
  if (bare === null) return 'null'
  if (typeof bare === 'boolean' || typeof bare === 'bigint') return String(bare)
  if (bare instanceof Sized) return String(bare.value)
  return typeof bare === 'number' ? floatText(bare) : undefined
}

/** The name that JSON Schema has for the kind of a value. */
export function kindOf(value: Value): string {
  const bare = plain(value) ?? null
  if (bare === null) return 'null'
  if (bare instanceof Dict) return 'object'
  if (bare instanceof List) return 'array'
  return typeof bare === 'string' || typeof bare === 'boolean' ? typeof bare : 'number'
}

const GROUP = 'validation failed'
