/** Holds what is written against the fields that there are, as Go reads JSON: names in any case, types as declared. */
import { isValueMap, setEntry, type Value, type ValueMap } from '@kubescape/yaml'

import type { FieldType } from './field-types.ts'

/** What is wrong with a field, with its path. */
export type FieldProblem = (message: string, path: string) => Error

/** The value with its fields under their usual names; what is null or not there is left out of structs. */
export function checkFields(value: Value, type: FieldType, problem: FieldProblem): Value {
  return checked(value, type, { struct: '', go: '', path: '' }, problem)
}

/** A place: the struct around it, its path as Go tells it, and as it is written. */
interface Place {
  readonly struct: string
  readonly go: string
  readonly path: string
}

function checked(value: Value, type: FieldType, at: Place, problem: FieldProblem): Value {
  if (type.type === 'any') return value
  if (value === null) return type.type === 'string' ? '' : null
  const wrong = (): Error => {
    const field = at.go === '' ? 'value' : `struct field ${at.struct}.${at.go}`
    return problem(`json: cannot unmarshal ${kindOf(value)} into Go ${field} of type ${goType(type)}`, at.path)
  }
  switch (type.type) {
    case 'list':
      if (!Array.isArray(value)) throw wrong()
      return value.map((item, place) => checked(item, type.of, { ...at, path: `${at.path}[${place}]` }, problem))
    case 'map': {
      if (!isValueMap(value)) throw wrong()
      const entries: ValueMap = {}
      for (const [key, each] of Object.entries(value)) {
        setEntry(entries, key, checked(each, type.of, { ...at, path: `${at.path}.${key}` }, problem))
      }
      return entries
    }
    case 'struct':
      if (!isValueMap(value)) throw wrong()
      return checkedStruct(value, type, at, problem)
    case 'string':
      if (typeof value !== 'string') throw wrong()
      return value
    case 'bool':
      if (typeof value !== 'boolean') throw wrong()
      return value
    default:
      if (typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))) return value
      throw wrong()
  }
}

function checkedStruct(
  value: ValueMap,
  { name: struct, fields }: FieldType & { readonly type: 'struct' },
  at: Place,
  problem: FieldProblem,
): ValueMap {
  const result: ValueMap = {}
  for (const [key, each] of Object.entries(value)) {
    const path = at.path === '' ? key : `${at.path}.${key}`
    const name = Object.hasOwn(fields, key) ? key : sameWord(fields, key)
    const type = name === undefined ? undefined : fields[name]
    if (name === undefined || type === undefined) throw problem(`json: unknown field ${JSON.stringify(key)}`, path)
    const go = at.go === '' ? name : `${at.go}.${name}`
    if (each !== null) result[name] = checked(each, type, { struct, go, path }, problem)
  }
  return result
}

function sameWord(fields: Readonly<Record<string, FieldType>>, key: string): string | undefined {
  const word = key.toLowerCase()
  return Object.keys(fields).find((name) => name.toLowerCase() === word)
}

function kindOf(value: Value): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  return isValueMap(value)
    ? 'object'
    : typeof value === 'number' && !Number.isInteger(value)
      ? `number ${value}`
      : 'number'
}

function goType(type: FieldType): string {
  switch (type.type) {
    case 'list':
      return `[]${goType(type.of)}`
    case 'map':
      return `map[string]${goType(type.of)}`
    case 'struct':
      return `types.${type.name}`
    case 'any':
      return 'interface {}'
    default:
      return type.type === 'int' ? 'int64' : type.type
  }
}
