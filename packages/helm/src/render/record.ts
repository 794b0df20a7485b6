/** Structs of Go that only have fields. */
import { sprint } from '../go/print.ts'
import { Dict, MISSING, Struct, type GoFunction, type Value } from '../go/value.ts'

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
    return this.#options.text ?? `{${[...this.#fields.values()].map(sprint).join(' ')}}`
  }

  override json(): Dict {
    const { json } = this.#options
    if (json === undefined) return new Dict(new Map(this.#fields))
    const named = Object.entries(json).map(([field, name]): [string, Value] => [name, this.#fields.get(field)])
    return new Dict(new Map(named.filter(([name, value]) => ALWAYS.has(name) || !isEmpty(value))))
  }
}

/** What a struct does beside having fields. */
export interface RecordOptions {
  readonly methods?: ReadonlyMap<string, GoFunction>
  /** What it prints as; otherwise its fields. */
  readonly text?: string
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
