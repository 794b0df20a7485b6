/** Values as YAML: `toYaml`, which goes through JSON and goyaml v2, and `toYamlPretty`, which is goyaml v3. */

import { compareKeys, floatText, jsonFloatText, kubernetesStyle, YamlEmitter } from '@kubescape/yaml'
import { formatFloat, toBytes } from '@kubescape/go'
import {
  type CallContext,
  Dict,
  List,
  Sized,
  Struct,
  Traced,
  type Value,
  type ValueOrigin,
  isNil,
  plain,
} from '@kubescape/go-template'
import { EncodingError } from './encoding-error.ts'
import { base64Of, jsonNumber } from './json-writer.ts'
import { Nesting } from './nesting.ts'
import { WrittenSpans } from './written-spans.ts'

const prettyStyle = { compactLists: false, width: Infinity, blockTabs: true }

/**
 * The value as `toYaml` writes it, without the line break at its end; with a trace when parts of the value have one.
 * @throws {EncodingError} for what cannot go through JSON and YAML
 * @throws {LimitError} for what is too deep, or more than the rendering may write
 */
export function writeYaml(value: Value, context: Pick<CallContext, 'spend'>): string | Traced {
  return new YamlWriter(true, context).write(value)
}

/**
 * The value as `toYamlPretty` writes it, otherwise as `writeYaml`.
 * @throws {EncodingError} for values that contain themselves
 * @throws {LimitError} as `writeYaml`
 */
export function writePrettyYaml(value: Value, context: Pick<CallContext, 'spend'>): string | Traced {
  return new YamlWriter(false, context).write(value)
}

class YamlWriter {
  readonly #throughJson: boolean
  readonly #context: Pick<CallContext, 'spend'>
  readonly #emitter: YamlEmitter
  readonly #nesting = new Nesting()
  /** Made when the first part with a trace is met. */
  #spans: WrittenSpans | undefined

  constructor(throughJson: boolean, context: Pick<CallContext, 'spend'>) {
    this.#throughJson = throughJson
    this.#context = context
    this.#emitter = new YamlEmitter(throughJson ? kubernetesStyle : prettyStyle)
  }

  write(value: Value): string | Traced {
    this.#value(value, undefined)
    const whole = this.#emitter.finish()
    const text = whole.endsWith('\n') ? whole.slice(0, -1) : whole
    return this.#spans === undefined ? text : new Traced(text, this.#spans.all(text.length))
  }

  /** `origin` is that of the entry as its collection tells it; what the value says itself goes before. */
  #value(value: Value, origin: ValueOrigin | undefined): void {
    if (value instanceof Traced) {
      this.#spans ??= new WrittenSpans(this.#emitter)
      if (value.spans.length > 1) this.#emitter.cut()
      this.#scalar(value.value)
      this.#spans.scalar(value)
      return
    }
    // In JSON, nil maps and lists are null too.
    const shown = this.#throughJson && isNil(value) ? null : value
    if (shown instanceof Dict) this.#map(shown, origin)
    else if (shown instanceof List) this.#list(shown, origin)
    else if (shown instanceof Struct) this.#value(shown.json(), origin)
    else {
      this.#trace(origin)
      this.#scalar(shown)
      this.#spans?.written(origin)
    }
  }

  #map(dict: Dict, around: ValueOrigin | undefined): void {
    const origin = dict.origin ?? around
    const keys = [...dict.entries.keys()]
    this.#enter(dict, keys.length)
    this.#trace(origin)
    this.#emitter.mapping(keys.length)
    for (const key of keys.length > 1 ? keys.toSorted(compareKeys) : keys) {
      const value = dict.entries.get(key)
      const entry = originOf(value) ?? part(origin, key)
      this.#trace(entry)
      this.#emitter.key(this.#throughJson ? readableKey(key) : key)
      this.#spans?.written(entry)
      this.#value(value, entry)
    }
    this.#emitter.end()
    this.#nesting.leave()
    if (keys.length === 0) this.#spans?.written(origin)
  }

  #list(list: List, around: ValueOrigin | undefined): void {
    const { items } = list
    const bytes = this.#throughJson ? base64Of(list) : undefined
    if (bytes !== undefined) return this.#emitter.text(bytes)
    const origin = list.origin ?? around
    this.#enter(list, items.length)
    this.#trace(origin)
    this.#emitter.sequence(items.length)
    for (let index = 0; index < items.length; index++) {
      this.#value(items[index], originOf(items[index]) ?? part(origin, index))
    }
    this.#emitter.end()
    this.#nesting.leave()
    if (items.length === 0) this.#spans?.written(origin)
  }

  #enter(collection: object, size: number): void {
    this.#nesting.enter(collection)
    this.#context.spend((size + 1) * this.#nesting.depth)
  }

  #scalar(value: Value): void {
    const emitter = this.#emitter
    const bare = plain(value)
    switch (typeof bare) {
      case 'string':
        this.#spend(bare)
        if (this.#throughJson) emitter.text(readableText(bare))
        else if (bare.isWellFormed()) emitter.text(bare)
        else this.#binary(bare)
        return
      case 'number':
        return emitter.scalar(this.#number(bare), 'plain')
      case 'boolean':
      case 'bigint':
        return emitter.scalar(String(bare), 'plain')
      default:
    }
    if (!(bare instanceof Sized)) emitter.scalar('null', 'plain')
    else if (typeof bare.value === 'bigint') emitter.scalar(String(bare.value), 'plain')
    else if (this.#throughJson) emitter.scalar(jsonFloatText(Number(jsonNumber(bare.value, 32))), 'plain')
    else emitter.scalar(formatFloat(bare.value, 'g', undefined, 32), 'plain')
  }

  /** Each line of a text may be indented as a line of its own. */
  #spend(text: string): void {
    const lines = text.includes('\n') ? text.split('\n').length : 1
    this.#context.spend(text.length + lines * this.#nesting.depth)
  }

  /** What is not UTF-8, as goyaml v3 writes it: base64 in lines of 70 characters. */
  #binary(text: string): void {
    let binary = ''
    for (const byte of toBytes(text)) binary += String.fromCharCode(byte)
    const packed = btoa(binary)
    if (packed.length <= 70) this.#emitter.scalar(packed, 'plain', '!!binary')
    else this.#emitter.scalar(packed.replace(/.{1,70}/g, '$&\n'), 'literal', '!!binary')
  }

  #number(value: number): string {
    if (!this.#throughJson) return floatText(value)
    if (!Number.isFinite(value)) throw new EncodingError('json: unsupported value')
    return jsonFloatText(value)
  }

  /** From the first entry with an origin on, spans are kept. */
  #trace(origin: ValueOrigin | undefined): void {
    if (origin !== undefined) this.#spans ??= new WrittenSpans(this.#emitter)
  }
}

/** Where an entry was written, as far as it knows itself. */
function originOf(value: Value): ValueOrigin | undefined {
  if (value instanceof Traced) return value.spans[0]?.origin.value
  return value instanceof Dict || value instanceof List ? value.origin : undefined
}

function part(origin: ValueOrigin | undefined, step: string | number): ValueOrigin | undefined {
  return origin === undefined ? undefined : { layer: origin.layer, path: [...origin.path, step] }
}

/**
 * A text after goyaml v2 has read the JSON that it was written as: what is not UTF-8 is lost, and U+0085 breaks a line.
 * @throws {EncodingError} for control characters, which JSON lets stand and YAML does not
 */
function readableText(text: string): string {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 0x7f && (code <= 0x9f || code >= 0xd800)) return readableRarity(text)
  }
  return text
}

/**
 * A key, which a reader of YAML looks for on one line and up to 1024 characters.
 * @throws {EncodingError} for control characters, and for keys that are not found
 */
function readableKey(key: string): string {
  if (key.includes('\u0085') || (key.length > 500 && JSON.stringify(key).length > 1024)) {
    throw new EncodingError("yaml: did not find expected ',' or '}'")
  }
  return readableText(key)
}

function readableRarity(text: string): string {
  if (/[\x7f-\x84\x86-\x9f\ufffe\uffff]/.test(text)) throw new EncodingError('yaml: control characters are not allowed')
  const whole = text.toWellFormed()
  // One break inside of quotes is read as a space, each further one as a line feed.
  return whole.replace(/[ \u0085]+/g, (found) => {
    const breaks = found.replaceAll(' ', '').length
    return breaks === 0 ? found : breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)
  })
}
