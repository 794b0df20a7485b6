/** Values as TOML in the layout of Helm's library: plain entries first, then tables, each level indented by two spaces. */

import { formatFloat } from '@kubescape/go'
import { type CallContext, Dict, List, Sized, Struct, type Value, kindName, plain } from '@kubescape/go-template'
import { EncodingError } from './encoding-error.ts'
import { Nesting } from './nesting.ts'

/**
 * The value as a TOML document; entries without a value are left out.
 * @throws {EncodingError} for what TOML cannot hold: anything but a map at the top, lists with nil, what contains itself
 * @throws {LimitError} for what is too deep, or more than the rendering may write
 */
export function writeToml(value: Value, context: Pick<CallContext, 'spend'>): string {
  const writer = new TomlWriter(context)
  writer.document(value)
  return writer.text
}

class TomlWriter {
  text = ''
  readonly #context: Pick<CallContext, 'spend'>
  readonly #nesting = new Nesting()

  constructor(context: Pick<CallContext, 'spend'>) {
    this.#context = context
  }

  document(value: Value): void {
    const root = bareOf(value)
    if (root instanceof Dict) return this.#table([], root)
    if (isMissing(root)) throw new EncodingError(`unsupported type for key '': ${kindName(root)}`)
    throw new EncodingError('toml: top-level values must be Go maps or structs')
  }

  #table(path: readonly string[], dict: Dict): void {
    const [direct, tables] = parted(dict)
    this.#enter(dict, dict.entries.size)
    for (const key of [...direct, ...tables]) {
      const value = bareOf(dict.get(key))
      const name = [...path, key]
      if (value instanceof Dict) this.#subTable(name, value)
      else if (isListOfTables(value)) this.#tables(name, value)
      else {
        this.text += `${indentOf(name)}${keyText(key)} = `
        this.#element(value)
        this.#newLine()
      }
    }
    this.#nesting.leave()
  }

  #subTable(path: readonly string[], dict: Dict): void {
    // A blank line between the tables of the first level, and none at the start.
    if (path.length === 1) this.#newLine()
    this.text += `${indentOf(path)}[${path.map(keyText).join('.')}]\n`
    this.#table(path, dict)
  }

  #tables(path: readonly string[], list: List): void {
    this.#context.spend(list.items.length)
    for (const item of list.items) {
      this.#newLine()
      this.text += `${indentOf(path)}[[${path.map(keyText).join('.')}]]\n`
      this.#table(path, bareOf(item) as Dict)
    }
  }

  #newLine(): void {
    if (this.text !== '') this.text += '\n'
  }

  #element(value: Value): void {
    const bare = bareOf(value)
    if (bare instanceof List) this.#array(bare)
    else if (bare instanceof Dict) this.#inline(bare)
    else {
      const text = scalarText(bare)
      this.#context.spend(text.length)
      this.text += text
    }
  }

  #array(list: List): void {
    this.#enter(list, list.items.length)
    this.text += '['
    for (const [index, item] of list.items.entries()) {
      if (isMissing(item)) throw new EncodingError('toml: cannot encode array with nil element')
      if (index > 0) this.text += ', '
      this.#element(item)
    }
    this.text += ']'
    this.#nesting.leave()
  }

  #inline(dict: Dict): void {
    const [direct, tables] = parted(dict)
    this.#enter(dict, dict.entries.size)
    this.text += '{'
    for (const [index, key] of [...direct, ...tables].entries()) {
      if (index > 0) this.text += ', '
      this.text += `${keyText(key)} = `
      this.#element(dict.get(key))
    }
    this.text += '}'
    this.#nesting.leave()
  }

  #enter(collection: object, size: number): void {
    this.#nesting.enter(collection)
    this.#context.spend((size + 1) * this.#nesting.depth)
  }
}

function bareOf(value: Value): Value {
  const bare = plain(value)
  return bare instanceof Struct ? bareOf(bare.json()) : bare
}

function isMissing(value: Value): boolean {
  const bare = plain(value)
  return bare === null || bare === undefined
}

/** Keys with a value in the order of their bytes: those of scalars and lists, then those of tables. */
function parted(dict: Dict): [direct: string[], tables: string[]] {
  const [direct, tables]: [string[], string[]] = [[], []]
  for (const key of dict.sortedKeys()) {
    const value = bareOf(dict.get(key))
    if (isMissing(value)) continue
    ;(value instanceof Dict || isListOfTables(value) ? tables : direct).push(key)
  }
  return [direct, tables]
}

function isListOfTables(value: Value): value is List {
  if (!(value instanceof List) || value.items.length === 0) return false
  const bare = value.items.map(bareOf)
  if (bare.some(isMissing)) throw new EncodingError('toml: cannot encode array with nil element')
  return bare.every((item) => item instanceof Dict)
}

function indentOf(path: readonly string[]): string {
  return '  '.repeat(path.length - 1)
}

function keyText(key: string): string {
  return /^[\w-]+$/.test(key) ? key : quoted(key)
}

function scalarText(value: Value): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number') return floatText(value, 64)
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  if (!(value instanceof Sized)) return ''
  return typeof value.value === 'number' ? floatText(value.value, 32) : String(value.value)
}

/** TOML knows a float by its point or its exponent. */
function floatText(value: number, bits: 32 | 64): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  const text = formatFloat(value, 'g', undefined, bits)
  return text.includes('.') || text.includes('e') ? text : `${text}.0`
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', String.raw`\"`],
  ['\\', String.raw`\\`],
  ['\b', String.raw`\b`],
  ['\t', String.raw`\t`],
  ['\n', String.raw`\n`],
  ['\f', String.raw`\f`],
  ['\r', String.raw`\r`],
])

function quoted(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what has to be escaped
  const inside = text.replace(/["\\\u0000-\u001f\u007f]/g, (mark) => {
    return escapes.get(mark) ?? `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
  return `"${inside}"`
}
