/** `Chart.yaml` and `requirements.yaml` to what they say. Helm reads them into Go structs, so kinds of values are checked. */
import { floatText, isPrintable, quote } from '@kubescape/go'
import { Dict, List, type Value, plain } from '@kubescape/go-template'
import { parseVersion } from '../versions/version.ts'
import { chartFailure } from './chart-error.ts'
import type { Dependency, ImportedValues, Maintainer, Metadata } from './chart.ts'

const MAX_DEPENDENCIES = 1000
const ALIAS = /^[a-zA-Z0-9_-]+$/

/**
 * What `Chart.yaml` says.
 * @throws {ChartFailure} when an entry is of the wrong kind
 */
export function decodeMetadata(dict: Dict): Metadata {
  const struct = new Reader(dict, 'Metadata')
  return {
    name: struct.text('name'),
    home: struct.text('home'),
    sources: struct.texts('sources'),
    version: struct.text('version'),
    description: struct.text('description'),
    keywords: struct.texts('keywords'),
    maintainers: struct.structs('maintainers', 'Maintainer', decodeMaintainer),
    icon: struct.text('icon'),
    apiVersion: struct.text('apiVersion') || 'v1',
    condition: struct.text('condition'),
    tags: struct.text('tags'),
    appVersion: struct.text('appVersion'),
    deprecated: struct.flag('deprecated'),
    annotations: struct.textMap('annotations'),
    kubeVersion: struct.text('kubeVersion'),
    dependencies: decodeDependencies(dict) ?? [],
    type: struct.text('type'),
  }
}

/**
 * The dependencies that `Chart.yaml` or `requirements.yaml` asks for; undefined when it does not speak of them.
 * @throws {ChartFailure} when an entry is of the wrong kind
 */
export function decodeDependencies(dict: Dict): readonly Dependency[] | undefined {
  const struct = new Reader(dict, 'Metadata')
  return struct.has('dependencies') ? struct.structs('dependencies', 'Dependency', decodeDependency) : undefined
}

/** What is wrong with a chart's description, in Helm's words; undefined when nothing is. */
export function problemOfMetadata(metadata: Metadata): string | undefined {
  const { name, version, type, dependencies } = metadata
  if (name === '') return 'chart.metadata.name is required'
  if (name.includes('/') || name === '.') return `chart.metadata.name ${quote(name)} is invalid`
  if (version === '') return 'chart.metadata.version is required'
  if ('problem' in parseVersion(version)) return `chart.metadata.version ${quote(version)} is invalid`
  if (type !== '' && type !== 'application' && type !== 'library') {
    return 'chart.metadata.type must be application or library'
  }
  if (dependencies.length > MAX_DEPENDENCIES) return `there are more than ${MAX_DEPENDENCIES} dependencies`
  const names = new Set<string>()
  for (const { name: chart, alias } of dependencies) {
    if (alias !== '' && !ALIAS.test(alias)) return `dependency ${quote(chart)} has disallowed characters in the alias`
    const known = alias === '' ? chart : alias
    if (names.has(known)) return `more than one dependency with name or alias ${quote(known)}`
    names.add(known)
  }
  return undefined
}

function decodeMaintainer(struct: Reader): Maintainer {
  return { name: struct.text('name'), email: struct.text('email'), url: struct.text('url') }
}

function decodeDependency(struct: Reader): Dependency {
  return {
    name: struct.text('name'),
    version: struct.text('version'),
    repository: struct.text('repository'),
    condition: struct.text('condition'),
    tags: struct.texts('tags'),
    importValues: struct.importValues(),
    alias: struct.text('alias'),
  }
}

/** Reads the entries of a map as fields of a Go struct; names need not be in the right case. */
class Reader {
  readonly #dict: Dict
  readonly #type: string

  constructor(dict: Dict, type: string) {
    this.#dict = dict
    this.#type = type
  }

  has(name: string): boolean {
    return this.#entry(name) !== null
  }

  text(name: string): string {
    return clean(asText(this.#entry(name)) ?? this.#refuse(name, this.#entry(name), 'string'))
  }

  flag(name: string): boolean {
    const value = this.#entry(name)
    if (value === null) return false
    return typeof value === 'boolean' ? value : this.#refuse(name, value, 'bool')
  }

  texts(name: string): string[] {
    return this.#list(name, '[]string').map((item) =>
      clean(asText(plain(item) ?? null) ?? this.#refuse(name, plain(item) ?? null, 'string')),
    )
  }

  textMap(name: string): ReadonlyMap<string, string> {
    const value = this.#entry(name)
    if (value === null) return new Map()
    if (!(value instanceof Dict)) return this.#refuse(name, value, 'map[string]string')
    return new Map(
      value.sortedKeys().map((key) => {
        const entry = plain(value.get(key)) ?? null
        return [key, asText(entry) ?? this.#refuse(name, entry, 'string')]
      }),
    )
  }

  structs<T>(name: string, type: string, decode: (struct: Reader) => T): T[] {
    return this.#list(name, `[]*chart.${type}`).map((item) => {
      const value = plain(item) ?? null
      if (value === null) {
        throw chartFailure('load', `validation: ${name} must not contain empty or null nodes`)
      }
      return value instanceof Dict ? decode(new Reader(value, type)) : this.#refuse(name, value, `chart.${type}`)
    })
  }

  importValues(): ImportedValues[] {
    return this.#list('import-values', '[]interface {}').flatMap((item): ImportedValues[] => {
      const value = plain(item)
      if (typeof value === 'string') return [value]
      if (!(value instanceof Dict)) return []
      return [
        {
          child: asText(plain(value.get('child')) ?? null) ?? '',
          parent: asText(plain(value.get('parent')) ?? null) ?? '',
        },
      ]
    })
  }

  #list(name: string, type: string): readonly Value[] {
    const value = this.#entry(name)
    if (value === null) return []
    return value instanceof List ? value.items : this.#refuse(name, value, type)
  }

  #entry(name: string): Exclude<ReturnType<typeof plain>, undefined> {
    const { entries } = this.#dict
    const found = entries.has(name) ? name : [...entries.keys()].find((key) => key.toLowerCase() === name.toLowerCase())
    return found === undefined ? null : (plain(entries.get(found)) ?? null)
  }

  #refuse(name: string, value: Value, type: string): never {
    const place = `Go struct field ${this.#type}.${name} of type ${type}`
    throw chartFailure(
      'load',
      `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${kindOf(value)} into ${place}`,
    )
  }
}

/** Numbers and booleans become texts where a text is wanted; undefined for what has no text. */
function asText(value: Value): string | undefined {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (typeof value !== 'number') return undefined
  return Number.isSafeInteger(value) ? String(value) : floatText(value)
}

/** Without what cannot be printed; white space becomes blanks. */
function clean(text: string): string {
  let cleaned = ''
  for (const sign of text) {
    if (/^\s$/.test(sign)) cleaned += ' '
    else if (isPrintable(sign.codePointAt(0) as number)) cleaned += sign
  }
  return cleaned
}

function kindOf(value: Value): string {
  if (value instanceof Dict) return 'object'
  if (value instanceof List) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}
