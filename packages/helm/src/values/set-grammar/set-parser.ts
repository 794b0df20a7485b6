/** The grammar of `--set`: package strvals of Helm. Keys and indexes lead to a value, and a comma to the next ones. */
import { parseInteger, quote } from '@kubescape/go'
import { Dict, List, Sized, type Value, plain, sprintf, typeName } from '@kubescape/go-template'
import type { SetKind, SetOptions } from './apply-set.ts'
import { readJsonPrefix } from './json-prefix.ts'
import { SetError } from './set-error.ts'
import { fromJson, originOf, traced, typedValue, type ValuePath } from './set-scalars.ts'

/** Helm's limits. */
const MAX_INDEX = 65_536
const MAX_LEVEL = 30
/** Lists within lists, which Helm does not limit. */
const MAX_DEPTH = 1000
/** Items that one text may make: a few bytes ask for as many as an index can be. */
const MAX_ITEMS = 1_000_000

/** How deep a key lies: names that Helm counts, and all steps. */
interface Depth {
  readonly level: number
  readonly steps: number
}

/** A text on its way into values. */
export class SetParser {
  readonly #text: string
  readonly #kind: SetKind
  readonly #options: SetOptions
  #at = 0
  #items = 0
  /** What `#until` read before it stopped. */
  #token = ''

  constructor(kind: SetKind, text: string, options: SetOptions) {
    // Go reads bytes outside UTF-8 as U+FFFD here.
    this.#text = text.toWellFormed()
    this.#kind = kind
    this.#options = options
  }

  run(values: Dict): void {
    while (this.#key(values, [], { level: 0, steps: 0 }));
  }

  /** A key and what belongs to it; false at the end of the text. */
  #key(map: Dict, path: ValuePath, depth: Depth): boolean {
    const stop = this.#until(this.#kind === 'set-literal' ? '=[.' : '=[,.')
    const key = this.#token
    const below = [...path, key]
    switch (stop) {
      case '':
        if (key === '') return false
        throw new SetError(`key ${quote(key)} has no value`)
      case ',':
        throw new SetError(`key ${quote(key)} has no value (cannot end with ,)`)
      case '=': {
        const atEnd = this.#at === this.#text.length && this.#isSplit()
        store(map, key, this.#value(below))
        return !atEnd
      }
      case '[': {
        const index = this.#index()
        const list = map.entries.has(key) ? asList(map.get(key)) : this.#newList(below)
        const more = this.#item(list, index, below, deeper(depth, 0))
        store(map, key, list)
        return more
      }
      default: {
        const next = deeper(depth, 1)
        const inner = map.entries.has(key) ? asMap(map.get(key)) : this.#newMap(below)
        const more = this.#key(inner, below, next)
        if (more && inner.entries.size === 0) throw new SetError(`key map ${quote(key)} has no value`)
        if (inner.entries.size > 0) store(map, key, inner)
        return more
      }
    }
  }

  /** What follows an index; false when the text ends before there is a value. */
  #item(list: List, index: number, path: ValuePath, depth: Depth): boolean {
    if (index < 0) throw new SetError(`negative ${index} index not allowed`)
    const stop = this.#until('[.=')
    if (this.#token !== '') throw new SetError(`unexpected data at end of array index: ${quoteRunes(this.#token)}`)
    const below = [...path, index]
    const present = plain(list.items[index])
    switch (stop) {
      case '':
        return false
      case '=':
        this.#put(list, index, this.#value(below))
        return true
      case '[': {
        const next = this.#index()
        const inner = present === null || present === undefined ? this.#newList(below) : asList(present)
        if (!this.#item(inner, next, below, deeper(depth, 0))) return false
        this.#put(list, index, inner)
        return true
      }
      default: {
        const inner = present instanceof Dict ? present : this.#newMap(below)
        if (index < list.items.length) list.items[index] = inner
        if (!this.#key(inner, below, deeper(depth, 0))) return false
        this.#put(list, index, inner)
        return true
      }
    }
  }

  #index(): number {
    const stop = this.#until(']')
    if (stop === '') throw new SetError('error parsing index: EOF')
    const { value, problem } = parseInteger(this.#token, 10)
    if (problem !== undefined)
      throw new SetError(`error parsing index: strconv.Atoi: parsing ${quote(this.#token)}: ${problem}`)
    return Number(value)
  }

  #value(path: ValuePath): Value {
    if (this.#kind === 'set-json') return this.#jsonValue(path)
    if (this.#kind === 'set-literal') {
      const rest = this.#text.slice(this.#at)
      this.#at = this.#text.length
      return traced(rest, path, this.#options.layer)
    }
    if (this.#text.charAt(this.#at) === '{') return this.#listValue(path)
    const atEnd = this.#at === this.#text.length
    this.#until(',')
    return atEnd ? traced('', path, this.#options.layer) : this.#scalar(this.#token, path)
  }

  /** `{a,b}`; a comma after it belongs to it. */
  #listValue(path: ValuePath): List {
    const list = this.#newList(path)
    this.#at++
    for (;;) {
      const stop = this.#until(',}')
      if (stop === '') throw new SetError("list must terminate with '}'")
      list.items.push(this.#scalar(this.#token, [...path, list.items.length]))
      if (stop === '}') break
    }
    if (this.#text.charAt(this.#at) === ',') this.#at++
    return list
  }

  #scalar(text: string, path: ValuePath): Value {
    const { layer, readFile } = this.#options
    if (this.#kind === 'set') return traced(typedValue(text), path, layer)
    if (this.#kind === 'set-string') return traced(text, path, layer)
    const file = readFile?.(text) ?? { problem: `open ${text}: no file can be read here` }
    if ('problem' in file) throw new SetError(file.problem)
    return traced(file.text, path, layer)
  }

  /** A JSON value; nothing before the next comma is null. */
  #jsonValue(path: ValuePath): Value {
    if (this.#skipBlanks()) return traced(null, path, this.#options.layer)
    const { json, end } = readJsonPrefix(this.#text, this.#at)
    this.#at = end
    this.#skipBlanks()
    return fromJson(json, path, this.#options.layer)
  }

  /** Passes blanks, and a comma after them; true when nothing else stood there. */
  #skipBlanks(): boolean {
    while (this.#at < this.#text.length) {
      const character = this.#text.charAt(this.#at)
      if (character === ',') {
        this.#at++
        return true
      }
      if (character.trim() !== '') return false
      this.#at++
    }
    return true
  }

  /** Whether texts are split at commas, so that a key without a value can end one. */
  #isSplit(): boolean {
    return this.#kind !== 'set-json' && this.#kind !== 'set-literal'
  }

  /** Reads up to one of the characters and passes it; gives it, or an empty text at the end. */
  #until(stops: string): string {
    const text = this.#text
    const escapes = this.#kind !== 'set-literal'
    let token = ''
    let start = this.#at
    for (let at = start; at < text.length; at++) {
      const character = text.charAt(at)
      if (stops.includes(character)) {
        this.#token = token + text.slice(start, at)
        this.#at = at + 1
        return character
      }
      if (escapes && character === '\\') {
        token += text.slice(start, at)
        start = ++at
      }
    }
    this.#token = token + text.slice(start)
    this.#at = text.length
    return ''
  }

  #put(list: List, index: number, value: Value): void {
    if (index > MAX_INDEX)
      throw new SetError(`index of ${index} is greater than maximum supported index of ${MAX_INDEX}`)
    this.#items += Math.max(index - list.items.length, 0)
    if (this.#items > MAX_ITEMS) throw new SetError(`more than ${MAX_ITEMS} items are set`)
    while (list.items.length < index) list.items.push(null)
    list.items[index] = value
  }

  #newList(path: ValuePath): List {
    return new List([], 'interface {}', originOf(path, this.#options.layer))
  }

  #newMap(path: ValuePath): Dict {
    return new Dict(new Map(), 'map[string]interface {}', originOf(path, this.#options.layer))
  }
}

/** One step further down; `names` more names. */
function deeper({ level, steps }: Depth, names: number): Depth {
  if (level + names > MAX_LEVEL)
    throw new SetError(`value name nested level is greater than maximum supported nested level of ${MAX_LEVEL}`)
  if (steps >= MAX_DEPTH) throw new SetError(`indexes are nested more than ${MAX_DEPTH} levels deep`)
  return { level: level + names, steps: steps + 1 }
}

/** An empty key sets nothing. */
function store(map: Dict, key: string, value: Value): void {
  if (key !== '') map.entries.set(key, value)
}

function asList(value: Value): List {
  if (value instanceof List) return value
  throw conversion(value, '[]interface {}')
}

function asMap(value: Value): Dict {
  if (value instanceof Dict) return value
  throw conversion(value, 'map[string]interface {}')
}

function conversion(value: Value, wanted: string): SetError {
  const bare = plain(value)
  const present = bare === null || bare === undefined ? 'nil' : typeName(bare)
  return new SetError(`unable to parse key: interface conversion: interface {} is ${present}, not ${wanted}`)
}

/** A text as Go prints the list of its runes: `['a' 'b']`. */
function quoteRunes(text: string): string {
  const runes = Array.from(text, (rune) => new Sized('int32', BigInt(rune.codePointAt(0) as number)))
  return sprintf('%q', [new List(runes, 'int32')])
}
