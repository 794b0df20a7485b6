/** What templates know as `.Files`: the files of a chart that are neither templates nor values. */
import type { ChartFile } from '../chart/chart.ts'
import { writeYaml } from '../encoding/yaml-writer.ts'
import { fromBytes } from '@kubescape/go'
import {
  type CallContext,
  Dict,
  FunctionError,
  type GoFunction,
  LimitError,
  List,
  Sized,
  type Value,
} from '@kubescape/go-template'
import { parseGlob } from './glob.ts'

/** One number for each byte. */
const BYTES: readonly Sized[] = Array.from({ length: 256 }, (_, byte) => new Sized('uint8', BigInt(byte)))
/** Bytes that the templates of a chart may look at one by one. */
const MAX_LISTED = 8 * 1024 * 1024

/** Texts of files that were asked for. */
const texts = new WeakMap<ChartFile, string>()

/** Bytes that may still become items of lists. */
interface Allowance {
  bytes: number
}

/** The bytes of a file; they become items when somebody looks at them, as most templates only want the names. */
class ByteList extends List {
  constructor(bytes: Uint8Array, allowance: Allowance) {
    super([], 'uint8')
    let items: Value[] | undefined
    Object.defineProperty(this, 'items', {
      get: () => {
        items ??= itemsOf(bytes, allowance)
        return items
      },
    })
  }
}

/** Files by their path. */
export class Files extends Dict {
  readonly #files: ReadonlyMap<string, ChartFile>
  readonly #allowance: Allowance

  constructor(files: readonly ChartFile[], allowance = allFiles()) {
    super(new Map(files.map(({ name, bytes }) => [name, new ByteList(bytes, allowance)])), 'engine.files')
    this.#files = new Map(files.map((file) => [file.name, file]))
    this.#allowance = allowance
  }

  /** A method by its name; undefined when there is none. */
  method(name: string): GoFunction | undefined {
    const found = METHODS.get(name)
    return found && { parameters: found.parameters, call: (args, context) => found.call(this, args, context) }
  }

  text(name: string): string {
    const file = this.#files.get(name)
    return file === undefined ? '' : textOf(file)
  }

  bytes(name: string): Value {
    return this.get(name) ?? new List([], 'uint8')
  }

  /** Lines of a file; an empty file ends the rendering, as it does with Helm. */
  lines(name: string, context: CallContext): List {
    const text = this.text(name)
    if (!this.#files.has(name)) return new List([], 'string')
    if (text === '') throw new FunctionError('runtime error: index out of range [-1]')
    context.spend(text.length)
    return new List((text.endsWith('\n') ? text.slice(0, -1) : text).split('\n'), 'string')
  }

  glob(pattern: string, context: CallContext): Files {
    context.spend(pattern.length + this.#files.size)
    const matches = parseGlob(pattern)
    return new Files(
      [...this.#files.values()].filter(({ name }) => matches(name)),
      this.#allowance,
    )
  }

  /** A map of names without folders to what `content` makes of the files, as YAML. */
  asYaml(content: (file: ChartFile) => string, context: CallContext): Value {
    const entries = [...this.#files.values()].map((file): [string, Value] => {
      context.spend(file.bytes.length)
      return [file.name.slice(file.name.lastIndexOf('/') + 1), content(file)]
    })
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
  ['Glob', { parameters: ['string'], call: (files, [pattern], context) => files.glob(pattern as string, context) }],
  ['Lines', { parameters: ['string'], call: (files, [name], context) => files.lines(name as string, context) }],
  ['AsConfig', { parameters: [], call: (files, _, context) => files.asYaml(textOf, context) }],
  ['AsSecrets', { parameters: [], call: (files, _, context) => files.asYaml(({ bytes }) => base64(bytes), context) }],
])

/** Of a chart whose templates have not looked at files yet. */
function allFiles(): Allowance {
  return { bytes: MAX_LISTED }
}

function itemsOf(bytes: Uint8Array, allowance: Allowance): Value[] {
  allowance.bytes -= bytes.length
  if (allowance.bytes < 0) throw new LimitError(`the templates look at more than ${MAX_LISTED} bytes of files`)
  return Array.from(bytes, (byte) => BYTES[byte])
}

function textOf(file: ChartFile): string {
  let text = texts.get(file)
  if (text === undefined) {
    text = fromBytes(file.bytes)
    texts.set(file, text)
  }
  return text
}

function base64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}
