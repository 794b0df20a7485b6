/** Evaluates an expression for tests, and writes what comes of it. */
import { PolicyCompiler } from '../src/cel/compile.ts'
import { durationText, timestampText } from '../src/cel/values/times.ts'
import {
  CelError,
  CelMap,
  Double,
  Duration,
  isList,
  Optional,
  Special,
  Timestamp,
  TypeValue,
  Uint,
  type Value,
} from '../src/cel/values/value.ts'

/** The value as CEL writes it, `error: ...`, or `invalid: ...` for what is refused before. */
export function evaluateCel(text: string, object: Value = {}): string {
  const compiler = new PolicyCompiler(['object'])
  const compiled = compiler.compile(text)
  if ('problem' in compiled) return `invalid: ${compiled.problem.message}`
  return shown(compiler.begin({ object }).evaluate(compiled.node.evaluate))
}

function shown(value: Value): string {
  if (value instanceof CelError) return `error: ${value.message}`
  if (value instanceof Uint) return `${value.value}u`
  if (value instanceof Double) return Number.isInteger(value.value) ? `${value.value}.0` : String(value.value)
  if (value instanceof Duration) return durationText(value)
  if (value instanceof Timestamp) return timestampText(value)
  if (value instanceof TypeValue) return value.name
  if (value instanceof Optional) return value.value === undefined ? 'none' : `optional(${shown(value.value)})`
  if (value instanceof CelMap) {
    return `{${[...value.entries.values()].map(([key, item]) => `${shown(key)}: ${shown(item)}`).join(', ')}}`
  }
  if (value instanceof Special) return value.typeName
  if (value instanceof Uint8Array) return `b[${value.join(' ')}]`
  if (isList(value)) return `[${value.map(shown).join(', ')}]`
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}
