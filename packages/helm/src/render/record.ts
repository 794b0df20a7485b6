/** Structs of Go that only have fields. */
import { Dict, type GoFunction, MISSING, Struct, type Value, sprint } from '@kubescape/go-template'

/** A struct with fields that never change. */
export class Record extends Struct {
  readonly type: string
  readonly #fields: ReadonlyMap<string, Value>
  readonly #options: RecordOptions

  constructor(type: string, fields: Readonly<{ [name: string]: Value }>, options: RecordOptions = {}) {
    super()
    this.type = type
    this.#fields = new Map(Object.entries(fields))
    this.#options = options
  }

  field(name: string): Value | typeof MISSING {
    return this.#fields.has(name) ? this.#fields.get(name) : MISSING
  }

  method(name: string): GoFunction | undefined {
    return this.#options.methods?.get(name)
  }

  print(): string {
    const { text } = this.#options
    return text === undefined ? printFields([...this.#fields.values()]) : text(this.#fields)
  }

  override json(): Dict {
    const { json } = this.#options
    if (json === undefined) return new Fields(new Map(this.#fields))
    const named = Object.entries(json).map(([field, name]): [string, Value] => [name, this.#fields.get(field)])
    return new Fields(new Map(named.filter(([name, value]) => ALWAYS.has(name) || !isEmpty(value))))
  }
}

/** Values as Go prints them in a struct. */
export function printFields(values: readonly Value[]): string {
  return `{${values.map(sprint).join(' ')}}`
}

/** JSON has the fields of a struct in their order, not in that of their names. */
class Fields extends Dict {
  override sortedKeys(): string[] {
    return [...this.entries.keys()]
  }
}

/** What a struct does beside having fields. */
export interface RecordOptions {
  readonly methods?: ReadonlyMap<string, GoFunction>
  /** What it prints as; otherwise its fields in braces. */
  readonly text?: (fields: ReadonlyMap<string, Value>) => string
  /** Names of the fields in JSON, where empty ones are left out; otherwise all fields by their own names. */
  readonly json?: Readonly<{ [field: string]: string }>
}

/** Not left out of JSON, whatever they hold. */
const ALWAYS: ReadonlySet<string> = new Set(['IsRoot', 'repository'])

function isEmpty(value: Value): boolean {
  if (value instanceof Dict) return value.entries.size === 0
  if (value === null || value === undefined || value === '' || value === false) return true
  return typeof value === 'object' && 'items' in value && value.items.length === 0
}
