/** Values as JSON: Go's package encoding/json. */

import { type CallContext, Dict, List, Sized, Struct, type Value, isNil, plain } from '@kubescape/go-template'
import { formatFloat } from '@kubescape/go'
import { EncodingError } from './encoding-error.ts'
import { Nesting } from './nesting.ts'

/** How JSON is written. */
export interface JsonStyle {
  /** The characters `<`, `>` and `&` become escapes. */
  readonly escapeHtml: boolean
  /** What each level is indented by; nothing for all on one line. */
  readonly indent: string
}

/** The style of Go's `json.Marshal`. */
export const compactJson: JsonStyle = { escapeHtml: true, indent: '' }

/**
 * The value as JSON, keys in the order of their bytes.
 * @throws {EncodingError} for infinity, for what is not a number, and for values that contain themselves
 * @throws {LimitError} for what is too deep, or more than the rendering may write
 */
export function writeJson(value: Value, style: JsonStyle, context: Pick<CallContext, 'spend'>): string {
  return new JsonWriter(style, context).write(value, '')
}

/** The JSON text of a number. */
export function jsonNumber(value: number, bits: 32 | 64 = 64): string {
  if (!Number.isFinite(value)) throw new EncodingError(`json: unsupported value: ${formatFloat(value, 'g', undefined)}`)
  if (Object.is(value, -0)) return '-0'
  // JavaScript was the model for Go here, exponents included.
  if (bits === 64 || Number.isInteger(value)) return String(value)
  const size = Math.abs(value)
  return size < Math.fround(1e-6)
    ? formatFloat(value, 'e', undefined, 32).replace('e-0', 'e-')
    : formatFloat(value, 'f', undefined, 32)
}

/** The bytes of a list, as JSON shows them; undefined for other lists. */
export function base64Of(list: List): string | undefined {
  if (list.element !== 'uint8') return undefined
  const bytes = list.items.map((item) => {
    const bare = plain(item)
    return Number(bare instanceof Sized ? bare.value : bare)
  })
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

class JsonWriter {
  readonly #style: JsonStyle
  readonly #context: Pick<CallContext, 'spend'>
  readonly #nesting = new Nesting()

  constructor(style: JsonStyle, context: Pick<CallContext, 'spend'>) {
    this.#style = style
    this.#context = context
  }

  /** `line` is the line break and the indentation of the value's last line, of use with indentation only. */
  write(value: Value, line: string): string {
    const bare = plain(value)
    switch (typeof bare) {
      case 'string':
        this.#context.spend(bare.length)
        return jsonText(bare, this.#style.escapeHtml)
      case 'number':
        return jsonNumber(bare)
      case 'boolean':
      case 'bigint':
        return String(bare)
      case 'undefined':
        return 'null'
      default:
    }
    if (bare === null) return 'null'
    if (bare instanceof Sized) return bare.kind === 'float32' ? jsonNumber(Number(bare.value), 32) : String(bare.value)
    if (bare instanceof Struct) return this.write(bare.json(), line)
    this.#nesting.enter(bare)
    const text = bare instanceof Dict ? this.#map(bare, line) : this.#list(bare, line)
    this.#nesting.leave()
    return text
  }

  #map(dict: Dict, line: string): string {
    if (dict.entries.size === 0) return isNil(dict) ? 'null' : '{}'
    this.#context.spend(dict.entries.size * this.#nesting.depth)
    const inner = this.#inner(line)
    const colon = this.#style.indent === '' ? ':' : ': '
    let text = ''
    for (const key of dict.sortedKeys()) {
      text += text === '' ? `{${inner}` : `,${inner}`
      text += jsonText(key, this.#style.escapeHtml) + colon + this.write(dict.entries.get(key), inner)
    }
    return `${text}${this.#outer(line)}}`
  }

  #list(list: List, line: string): string {
    const bytes = base64Of(list)
    if (bytes !== undefined) return `"${bytes}"`
    if (list.items.length === 0) return isNil(list) ? 'null' : '[]'
    this.#context.spend(list.items.length * this.#nesting.depth)
    const inner = this.#inner(line)
    let text = ''
    for (const item of list.items) {
      text += text === '' ? `[${inner}` : `,${inner}`
      text += this.write(item, inner)
    }
    return `${text}${this.#outer(line)}]`
  }

  #inner(line: string): string {
    return this.#style.indent === '' ? '' : this.#outer(line) + this.#style.indent
  }

  #outer(line: string): string {
    return this.#style.indent === '' || line !== '' ? line : '\n'
  }
}

const escapedForHtml = /[<>&]/g
const separators = /[\u2028\u2029]/g

/** A text in quotes. Go knows escapes that JavaScript does not use: those of HTML and of the separators of lines. */
function jsonText(text: string, escapeHtml: boolean): string {
  let [isHtml, isSeparated, isWhole] = [false, false, true]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x3c || code === 0x3e || code === 0x26) isHtml = true
    else if (code === 0x2028 || code === 0x2029) isSeparated = true
    else if ((code & 0xf800) === 0xd800) isWhole = false
  }
  let json = JSON.stringify(text)
  // What is not UTF-8 becomes the escape of the character for it; an escaped backslash before is no escape.
  if (!isWhole) json = json.replace(/\\\\|\\ud[89a-f][0-9a-f]{2}/g, (found) => (found === '\\\\' ? found : '\\ufffd'))
  if (isHtml && escapeHtml) json = json.replace(escapedForHtml, escaped)
  return isSeparated ? json.replace(separators, escaped) : json
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
