/** Writes values under the verbs of `fmt`: package fmt, `printArg` and `printValue`. */
import { Flags, formatFloating, formatInteger, formatText, fromBytes, goUnsigned, pad } from '@kubescape/go'
import { typeName } from '../type-name.ts'
import { Dict, LimitError, List, plain, Sized, Struct, type Value } from '../value.ts'

/** UTF-16 units that one call may make: some bytes of a format can ask for any number of them. */
const MAX_LENGTH = 8 * 1024 * 1024
/** Lists and maps within each other; a map can hold itself. */
const MAX_DEPTH = 1000
/** Where a slice lies in memory; nobody can rely on it. */
const ADDRESS = '0xc000012000'

/** What one call of `fmt` has written so far. */
export class Printer {
  readonly flags = new Flags()
  #text = ''

  get text(): string {
    return this.#text
  }

  /** @throws {LimitError} when the text gets too long */
  write(text: string): void {
    this.#text += text
    if (this.#text.length > MAX_LENGTH) throw new LimitError(`printf made more than ${MAX_LENGTH} characters`)
  }

  /** An argument under a verb, as the flags say. */
  argument(value: Value, verb: string): void {
    const bare = plain(value)
    if (bare === null || bare === undefined) {
      if (verb === 'v' || verb === 'T') this.write(pad('<nil>', this.flags))
      else this.#badVerb(bare, verb)
    } else if (verb === 'T') this.write(pad(typeName(bare), this.flags))
    else if (verb === 'p') this.#pointer(bare)
    else if (bare instanceof List && bare.element === 'uint8') this.#bytes(bare, verb)
    else this.#value(bare, verb, 0)
  }

  /** What stands for a directive that is wrong: `%!d(string=x)`. */
  #badVerb(value: Value, verb: string): void {
    this.write(`%!${verb}(`)
    if (value === null || value === undefined) this.write('<nil>')
    else {
      this.write(`${typeName(value)}=`)
      this.#value(value, 'v', 0)
    }
    this.write(')')
  }

  #value(value: Value, verb: string, depth: number): void {
    const bare = plain(value)
    if (bare instanceof List) this.#list(bare, verb, depth)
    else if (bare instanceof Dict) this.#map(bare, verb, depth)
    else if (bare === null || bare === undefined) this.write(this.flags.goSyntax ? 'interface {}(nil)' : '<nil>')
    else {
      const text = this.#scalar(bare, verb)
      if (text === undefined) this.#badVerb(bare, verb)
      else this.write(text)
    }
  }

  #scalar(value: string | number | bigint | boolean | Sized | Struct, verb: string): string | undefined {
    switch (typeof value) {
      case 'string':
        return formatText(value, verb, this.flags)
      case 'number':
        return formatFloating(value, 64, verb, this.flags)
      case 'bigint':
        return formatInteger(value, verb, true, this.flags)
      case 'boolean':
        return verb === 'v' || verb === 't' ? pad(String(value), this.flags) : undefined
      default:
    }
    if (value instanceof Struct) return this.#struct(value, verb)
    return typeof value.value === 'number'
      ? formatFloating(value.value, 32, verb, this.flags)
      : formatInteger(value.value, verb, value.kind.startsWith('i'), this.flags)
  }

  /** A struct is its text; that it has no verb of numbers shows as for texts. */
  #struct(value: Struct, verb: string): string {
    const text = value.print()
    if (verb === 'v' || (verb === 'g' && value.type === 'complex128')) return pad(text, this.flags)
    return formatText(text, verb, this.flags) ?? `%!${verb}(${value.type}=${pad(text, this.flags)})`
  }

  #list(list: List, verb: string, depth: number): void {
    if (list.element === 'uint8' && 'sqxX'.includes(verb)) {
      this.#bytes(list, verb)
      return
    }
    this.#enter(depth)
    const { goSyntax } = this.flags
    this.write(goSyntax ? `${typeName(list)}{` : '[')
    for (const [at, item] of list.items.entries()) {
      if (at > 0) this.write(goSyntax ? ', ' : ' ')
      this.#value(item, verb, depth + 1)
    }
    this.write(goSyntax ? '}' : ']')
  }

  #map(map: Dict, verb: string, depth: number): void {
    this.#enter(depth)
    const { goSyntax } = this.flags
    this.write(goSyntax ? `${map.type}{` : 'map[')
    for (const [at, key] of map.sortedKeys().entries()) {
      if (at > 0) this.write(goSyntax ? ', ' : ' ')
      this.#value(key, verb, depth + 1)
      this.write(':')
      this.#value(map.get(key), verb, depth + 1)
    }
    this.write(goSyntax ? '}' : ']')
  }

  #bytes(list: List, verb: string): void {
    const { goSyntax } = this.flags
    if (verb === 'v' || verb === 'd') {
      const items = list.items.map((item) => {
        const byte = BigInt(byteOf(item))
        return goSyntax ? goUnsigned(byte, this.flags) : (formatInteger(byte, 'd', false, this.flags) as string)
      })
      this.write(goSyntax ? `[]byte{${items.join(', ')}}` : `[${items.join(' ')}]`)
      return
    }
    const text = formatText(fromBytes(Uint8Array.from(list.items, byteOf)), verb, this.flags)
    if (text === undefined) this.#value(list, verb, 0)
    else this.write(text)
  }

  /** Only slices, maps and pointers lie somewhere. */
  #pointer(value: Value): void {
    if (value instanceof List || value instanceof Dict) this.write(pad(ADDRESS, this.flags))
    else if (value instanceof Struct && value.type.startsWith('*')) this.write(pad(ADDRESS, this.flags))
    else this.#badVerb(value, 'p')
  }

  #enter(depth: number): void {
    if (depth > MAX_DEPTH) throw new LimitError(`a value to print is nested more than ${MAX_DEPTH} levels deep`)
  }
}

function byteOf(item: Value): number {
  const bare = plain(item)
  if (bare instanceof Sized) return Number(bare.value)
  return typeof bare === 'bigint' || typeof bare === 'number' ? Number(bare) : 0
}
