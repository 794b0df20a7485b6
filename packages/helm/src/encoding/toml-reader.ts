/** TOML to values. */

import { parse, TomlDate, TomlError } from 'smol-toml'
import { Dict, int64, List } from '../go/value.ts'
import type { CallContext, Value } from '../go/value.ts'
import { DEEPEST, EncodingError } from './encoding-error.ts'

/**
 * The map that a TOML document is: whole numbers are int64.
 * @throws {EncodingError} with the line and what is wrong with it
 */
export function readToml(text: string, context: Pick<CallContext, 'spend'>): Dict {
  context.spend(text.length)
  let table: Record<string, unknown>
  try {
    table = parse(text, { integersAsBigInt: true, maxDepth: DEEPEST })
  } catch (error) {
    throw new EncodingError(explain(text, error))
  }
  return tableOf(table)
}

function tableOf(table: Record<string, unknown>): Dict {
  return new Dict(new Map(Object.keys(table).map((key) => [key, valueOf(table[key])])))
}

function valueOf(value: unknown): Value {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value
  if (typeof value === 'bigint') return int64(value)
  if (Array.isArray(value)) return listOf(value)
  // A time has no other use in a chart than to be printed.
  return value instanceof TomlDate ? value.toISOString() : tableOf(value as Record<string, unknown>)
}

function listOf(items: readonly unknown[]): List {
  const isTables = items.length > 0 && items.every((item) => isTable(item))
  return new List(items.map(valueOf), isTables ? 'map[string]interface {}' : 'interface {}')
}

function isTable(value: unknown): boolean {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof TomlDate)
}

function explain(text: string, error: unknown): string {
  if (!(error instanceof TomlError)) return 'toml: the document nests too deep'
  const cause = error.message.split('\n', 1)[0]?.replace('Invalid TOML document: ', '') ?? ''
  const line = text.split('\n', error.line)[error.line - 1] ?? ''
  const isBareKey = cause.startsWith('incomplete key-value') && !line.trimStart().startsWith('[')
  if (!isBareKey) return `toml: line ${error.line}: ${cause}`
  // A key with nothing behind it.
  const isLast = text.split('\n').length === error.line
  const found = isLast ? 'unexpected EOF; ' : ''
  const instead = isLast ? '' : `, but got '\\n' instead`
  return `toml: line ${error.line}: ${found}expected key separator '='${instead}`
}
