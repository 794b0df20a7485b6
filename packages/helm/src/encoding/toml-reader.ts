/** TOML to values. */

import { parse, TomlDate, TomlError } from 'smol-toml'
import { TimeError, parseTime } from '@kubescape/go'
import { RFC_3339, Time } from '../go/time/time.ts'
import { type CallContext, Dict, LimitError, List, type Value, int64 } from '@kubescape/go-template'
import { EncodingError } from './encoding-error.ts'
import { Nesting } from './nesting.ts'

/**
 * The map that a TOML document is: whole numbers are int64.
 * @throws {EncodingError} with the line and what is wrong with it
 * @throws {LimitError} for a document that nests too deep
 */
export function readToml(text: string, context: Pick<CallContext, 'spend'>): Dict {
  context.spend(text.length)
  let table: Record<string, unknown>
  try {
    table = parse(text, { integersAsBigInt: true })
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    if (error.message.includes('excessively nested')) throw new LimitError('a TOML document nests too deep')
    throw new EncodingError(explain(text, error))
  }
  return tableOf(table, new Nesting())
}

function tableOf(table: Record<string, unknown>, nesting: Nesting): Dict {
  const entries = new Map<string, Value>()
  nesting.enter(table)
  for (const key of Object.keys(table)) entries.set(key, valueOf(table[key], nesting))
  nesting.leave()
  return new Dict(entries)
}

function valueOf(value: unknown, nesting: Nesting): Value {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value
  if (typeof value === 'bigint') return int64(value)
  if (Array.isArray(value)) return listOf(value, nesting)
  return value instanceof TomlDate ? timeOf(value) : tableOf(value as Record<string, unknown>, nesting)
}

/** Times without a zone are taken for those of UTC. */
function timeOf(date: TomlDate): Time {
  if (date.isLocal()) return Time.unixMilliseconds(date.getTime())
  try {
    return new Time(parseTime(RFC_3339, date.toISOString()))
  } catch (error) {
    throw error instanceof TimeError ? new EncodingError(error.message) : error
  }
}

function listOf(items: readonly unknown[], nesting: Nesting): List {
  const isTables = items.length > 0 && items.every(isTable)
  nesting.enter(items)
  const values = items.map((item) => valueOf(item, nesting))
  nesting.leave()
  return new List(values, isTables ? 'map[string]interface {}' : 'interface {}')
}

function isTable(value: unknown): boolean {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof TomlDate)
}

function explain(text: string, error: TomlError): string {
  const cause = error.message.split('\n', 1)[0]?.replace('Invalid TOML document: ', '') ?? ''
  const lines = text.split('\n')
  const isBareKey =
    cause.startsWith('incomplete key-value') && lines[error.line - 1]?.trimStart().startsWith('[') === false
  if (!isBareKey) return `toml: line ${error.line}: ${cause}`
  // A key with nothing behind it.
  return lines.length === error.line
    ? `toml: line ${error.line}: unexpected EOF; expected key separator '='`
    : `toml: line ${error.line}: expected key separator '=', but got '\\n' instead`
}
