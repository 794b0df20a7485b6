/** What templates know as `.Files`: the files of a chart that are neither templates nor values. */
import type { ChartFile } from '../chart/chart.ts'
import { writeYaml } from '../encoding/yaml-writer.ts'
import { fromBytes } from '../go/bytes.ts'
import { Dict, FunctionError, List, Sized, type CallContext, type GoFunction, type Value } from '../go/value.ts'
import { parseGlob } from './glob.ts'

/** One number for each byte. */
const BYTES: readonly Sized[] = Array.from({ length: 256 }, (_, byte) => new Sized('uint8', BigInt(byte)))

/** Entries of which the bytes become a list when they are asked for. */
class FileEntries extends Map<string, Value> {
  readonly #files: ReadonlyMap<string, ChartFile>

  constructor(files: ReadonlyMap<string, ChartFile>) {
    super()
    this.#files = files
    for (const name of files.keys()) super.set(name, undefined)
  }

  override get(name: string): Value {
    const known = super.get(name)
    const file = this.#files.get(name)
    if (known !== undefined || file === undefined) return known
    const list = bytesOf(file.bytes)
    super.set(name, list)
    return list
  }
}

/** Files by their path. */
export class Files extends Dict {
  readonly #files: ReadonlyMap<string, ChartFile>

  constructor(files: readonly ChartFile[]) {
    const byName = new Map(files.map((file) => [file.name, file]))
    super(new FileEntries(byName), 'engine.files')
    this.#files = byName
  }

  /** A method by its name; undefined when there is none. */
  method(name: string): GoFunction | undefined {
    const found = METHODS.get(name)
    return found && { parameters: found.parameters, call: (args, context) => found.call(this, args, context) }
  }

  text(name: string): string {
    const file = this.#files.get(name)
    return file === undefined ? '' : fromBytes(file.bytes)
  }

  bytes(name: string): Value {
    return this.#files.has(name) ? this.get(name) : new List([], 'uint8')
  }

  /** Lines of a file; an empty file ends the rendering, as it does with Helm. */
  lines(name: string): List {
    const text = this.text(name)
    if (!this.#files.has(name)) return new List([], 'string')
    if (text === '') throw new FunctionError('runtime error: index out of range [-1]')
    return new List((text.endsWith('\n') ? text.slice(0, -1) : text).split('\n'), 'string')
  }

  glob(pattern: string): Files {
    const matches = parseGlob(pattern)
    return new Files([...this.#files.values()].filter(({ name }) => matches(name)))
  }

  /** A map of names without folders to what `content` makes of the files, as YAML. */
  asYaml(content: (file: ChartFile) => string, context: CallContext): Value {
    const entries = [...this.#files.values()].map((file): [string, Value] => [
      file.name.slice(file.name.lastIndexOf('/') + 1),
      content(file),
    ])
    return writeYaml(new Dict(new Map(entries), 'map[string]string'), context)
  }
}

interface Method {
  readonly parameters: GoFunction['parameters']
  readonly call: (files: Files, args: readonly Value[], context: CallContext) => Value
}

const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['Get', { parameters: ['string'], call: (files, [name]) => files.text(name as string) }],
  ['GetBytes', { parameters: ['string'], call: (files, [name]) => files.bytes(name as string) }],
  ['Glob', { parameters: ['string'], call: (files, [pattern]) => files.glob(pattern as string) }],
  ['Lines', { parameters: ['string'], call: (files, [name]) => files.lines(name as string) }],
  ['AsConfig', { parameters: [], call: (files, _, context) => files.asYaml(({ bytes }) => fromBytes(bytes), context) }],
  ['AsSecrets', { parameters: [], call: (files, _, context) => files.asYaml(({ bytes }) => base64(bytes), context) }],
])

function bytesOf(bytes: Uint8Array): List {
  return new List(
    Array.from(bytes, (byte) => BYTES[byte]),
    'uint8',
  )
}

function base64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}
