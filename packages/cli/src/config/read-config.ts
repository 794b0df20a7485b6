/** `.kubescape.yaml`: text to settings with their places. The file may come from strangers: size, depth and aliases are bounded. */
import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'

import { nearest } from '@kubescape/scanner'
import {
  decodeText,
  isValueMap,
  openDocument,
  splitDocuments,
  type OpenDocument,
  type Value,
  type ValueMap,
} from '@kubescape/yaml'

import { Failure } from '../failure.ts'
import { MEMBERS, type Member } from './members.ts'
import { readValue, WrongValue } from './read-value.ts'

/** A member that the file sets. */
interface Setting {
  readonly member: Member
  /** As the flag of the member would be typed. */
  readonly value: unknown
  readonly line: number
}

/** A file that was read. */
export interface ConfigFile {
  readonly path: string
  readonly settings: readonly Setting[]
}

const MAX_BYTES = 1024 * 1024
/** Settings that name policies. */
const POLICIES = ['customRules', 'useFrom']
const LIMITS = { depth: 20, aliasNodes: 1000, nodes: 100_000 }

/**
 * Reads a file that was named on the command line, or that was found. One that was found must not write outside or read beyond
 * its own directory: whoever wrote it may not be whoever runs the scan. Where policies of users are read, controls, frameworks and
 * inputs may be theirs, and are looked up later.
 * @throws {Failure} with file, line and column for what makes no sense
 */
export function readConfig(path: string, isNamed: boolean, hasPolicies = false): ConfigFile {
  const text = readBounded(path)
  const slices = [...splitDocuments(text)]
  const [slice] = slices
  if (slice === undefined) return { path, settings: [] }
  const document = openDocument(text, slice, LIMITS)
  const problem = document.problems[0]
  if (problem !== undefined) throw at(path, problem, problem.message, problem.hint ?? 'Correct the file.')
  if (slices.length > 1) {
    throw at(path, { line: slices[1]?.line ?? 1 }, 'a second document begins here', 'Keep one.')
  }
  const { value } = document
  if (value === null || value === undefined) return { path, settings: [] }
  if (!isValueMap(value))
    throw at(path, {}, 'this is no map of settings', 'Write names with values, such as view: control.')
  const isOpen = hasPolicies || POLICIES.some((name) => Object.hasOwn(value, name))
  const settings = new Reader(path, document, isNamed, isOpen).read(value, '')
  const policies = settings.filter(({ member }) => member.name === 'frameworks' || member.name === 'controls')
  if (policies.length > 1) {
    throw at(path, { line: policies[1]?.line ?? 1 }, 'frameworks and controls are both set', 'Keep one of them.')
  }
  return { path, settings }
}

class Reader {
  readonly #path: string
  readonly #document: OpenDocument
  readonly #isNamed: boolean
  readonly #isOpen: boolean

  constructor(path: string, document: OpenDocument, isNamed: boolean, isOpen: boolean) {
    this.#path = path
    this.#document = document
    this.#isNamed = isNamed
    this.#isOpen = isOpen
  }

  /** The settings of a map; `prefix` is empty or ends in a dot. */
  read(map: ValueMap, prefix: string): Setting[] {
    return Object.entries(map).flatMap(([key, value]) => {
      const name = `${prefix}${key}`
      const place = `${prefix}${JSON.stringify(key)}`
      const member = MEMBERS.find((each) => each.name === name)
      if (member !== undefined) return [this.#setting(member, value, place)]
      if (MEMBERS.every((each) => !each.name.startsWith(`${name}.`))) throw this.#unknown(key, prefix, place)
      if (!isValueMap(value))
        throw this.#at(place, `${name} is no map`, `Write ${known(`${name}.`).join(', ')} below it.`)
      return this.read(value, `${name}.`)
    })
  }

  #setting(member: Member, value: Value, place: string): Setting {
    if (member.onlyNamed === true && !this.#isNamed) {
      throw this.#at(
        place,
        `${member.name} writes outside of this file, so it counts only where the file is named on the command line`,
        `Add --config ${this.#path} if you trust it, or --no-config to go without it.`,
      )
    }
    try {
      const read = readValue(member, value, this.#isOpen)
      return { member, value: this.#inPlace(member, read, place), line: this.#line(place) }
    } catch (error) {
      if (!(error instanceof WrongValue)) throw error
      throw this.#at(`${place}${error.place}`, error.message, error.hint)
    }
  }

  #inPlace({ type }: Member, read: unknown, place: string): unknown {
    if (type.kind === 'file') return this.#fileName(String(read), place)
    if (type.kind !== 'files' || !Array.isArray(read)) return read
    return read.map((name, index) => this.#fileName(String(name), `${place}[${index}]`))
  }

  /** Relative to the directory of the configuration, and inside of it unless the configuration was named. */
  #fileName(name: string, place: string): string {
    const folder = dirname(resolve(this.#path))
    const file = resolve(folder, name)
    if (this.#isNamed) return file
    const from = relative(real(folder), real(file))
    if (!isAbsolute(from) && from.split(sep)[0] !== '..') return file
    throw this.#at(
      place,
      `${name} is not below the directory of this file`,
      `Add --config ${this.#path} if you trust it, or --no-config to go without it.`,
    )
  }

  #unknown(key: string, prefix: string, place: string): Failure {
    const near = nearest(key, known(prefix))
    return this.#at(
      place,
      `there is no setting "${prefix}${key}"`,
      near.length > 0
        ? `Did you mean ${near.map((each) => `"${prefix}${each}"`).join(' or ')}?`
        : `There are ${known(prefix).join(', ')}.`,
    )
  }

  #line(place: string): number {
    return this.#document.locate([place])[0]?.line ?? 1
  }

  #at(place: string, message: string, hint: string): Failure {
    const [location] = this.#document.locate([place])
    return at(this.#path, location ?? {}, message, hint)
  }
}

/** The names that may stand below a prefix, groups once. */
function known(prefix: string): string[] {
  const names = MEMBERS.filter(({ name }) => name.startsWith(prefix)).map(({ name }) => name.slice(prefix.length))
  return [...new Set(names.map((name) => name.split('.', 1)[0] ?? ''))]
}

function at(
  path: string,
  { line = 1, column = 1 }: { line?: number; column?: number },
  message: string,
  hint: string,
): Failure {
  return new Failure(`${path}:${line}:${column}: ${message}`, hint)
}

/** The same without symbolic links; what is not there yet cannot lead anywhere else than its directory. */
function real(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : resolve(real(parent), relative(parent, path))
  }
}

function readBounded(path: string): string {
  const correct = 'Name a YAML file with --config, or leave it out with --no-config.'
  let bytes: Buffer
  try {
    if (!statSync(path).isFile()) throw new Error('it is no file')
    bytes = readAtMost(path, MAX_BYTES + 1)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Failure(`the configuration ${path} cannot be read: ${why}`, correct)
  }
  if (bytes.length > MAX_BYTES)
    throw new Failure(`the configuration ${path} is longer than ${MAX_BYTES} bytes`, correct)
  const decoded = decodeText(bytes)
  if ('text' in decoded) return decoded.text
  throw at(path, decoded.problem, decoded.problem.message, decoded.problem.hint ?? correct)
}

function readAtMost(path: string, length: number): Buffer {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(length)
    let filled = 0
    for (let read = -1; read !== 0 && filled < length; filled += read)
      read = readSync(file, bytes, filled, length - filled, null)
    return bytes.subarray(0, filled)
  } finally {
    closeSync(file)
  }
}
