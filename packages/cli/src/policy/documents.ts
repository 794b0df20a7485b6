/** Documents for policies: JSON and YAML as values of Rego, and what lies below `data`. */
import { dirname } from 'node:path'

import type { RegoVersion, Value } from '@kubescape/rego'
import { isObject, numberFromText } from '@kubescape/rego'
import { openDocument, splitDocuments } from '@kubescape/yaml'

import { Failure } from '../failure.ts'
import type { GatheredFile } from './gather-files.ts'

/** A base document: what lies below `data`. */
export type DataDocument = Readonly<Record<string, Value>>

/** Files that were sorted: policies, and what is data. */
export interface SortedFiles {
  readonly policies: readonly { readonly file: string; readonly text: string; readonly version?: RegoVersion }[]
  readonly documents: readonly GatheredFile[]
}

/** Numbers that JavaScript may not print as they were written. */
const INEXACT = /\d[.eE]|\d{16}/
const MOST_DEPTH = 500

function isPolicy({ path }: GatheredFile): boolean {
  return path.toLowerCase().endsWith('.rego')
}

/** Tells policies from documents by their extensions. */
export function sortFiles(files: readonly GatheredFile[], version: RegoVersion | undefined): SortedFiles {
  return {
    policies: files
      .filter(isPolicy)
      .map(({ path, text }) => (version === undefined ? { file: path, text } : { file: path, text, version })),
    documents: files.filter((file) => !isPolicy(file)),
  }
}

/** Without documents of folders that describe themselves: objects of Kubernetes and policies lie beside Rego, and are no data. */
export function withoutObjects(files: readonly GatheredFile[], flag: string): GatheredFile[] {
  return files.filter(({ text, path, isNamed }) => {
    if (isNamed) return true
    const value = parseDocument(text, path, flag)
    const values = Array.isArray(value) ? (value as readonly Value[]) : [value]
    return !values.every((each) => isObject(each) && Object.hasOwn(each, 'kind'))
  })
}

/**
 * Lays documents over each other. One that was found in a folder below the one that was named lies below the names of the folders on
 * the way: `-d policies` puts `policies/a/b/any.json` below `data.a.b`. One that was named itself lies below `data`.
 * @throws {Failure} for files that are no JSON or YAML objects, and where two disagree
 */
export function dataOf(files: readonly GatheredFile[], flag: string): DataDocument {
  const data: Record<string, Value> = Object.create(null) as Record<string, Value>
  const origins = new Map<string, string>()
  for (const file of files) {
    const value = parseDocument(file.text, file.path, flag)
    const folder = file.isNamed ? '.' : dirname(file.below)
    let whole = value
    for (const name of folder === '.' ? [] : folder.split('/').toReversed()) whole = objectOf(name, whole)
    if (!isObject(whole)) {
      throw new Failure(`${flag} ${file.path} holds no object`, 'Data has names: write {"name": ...}.')
    }
    merge(data, whole as DataDocument, file.path, origins, '')
  }
  return data
}

/**
 * The value of a JSON or YAML text; several YAML documents are an array of them.
 * @throws {Failure} naming the place where it is neither
 */
export function parseDocument(text: string, path: string, flag: string): Value {
  if (/^\s*[[{"]/.test(text)) {
    const value = parseJson(text)
    if (value !== undefined) return value
  }
  const documents = [...splitDocuments(text)].map((slice) => openDocument(text, slice, { depth: MOST_DEPTH }))
  const problem = documents.flatMap(({ problems }) => problems)[0]
  if (problem !== undefined) {
    const place = [path, problem.line, problem.column].filter((part) => part !== undefined).join(':')
    throw new Failure(`${flag} ${place}: ${problem.message}`, problem.hint ?? 'Give JSON or YAML.')
  }
  const values = documents.map(({ value }) => (value ?? null) as Value)
  if (values.length < 2) return values[0] ?? null
  return values.filter((value) => value !== null)
}

/** The value of a JSON text, numbers as they were written; undefined where it is none, or too deep. */
function parseJson(text: string): Value | undefined {
  if (depthOf(text) > MOST_DEPTH) return undefined
  try {
    if (!INEXACT.test(text)) return JSON.parse(text) as Value
    return (JSON.parse as (text: string, revive: Revive) => Value)(text, (_, value, { source = '' }) =>
      typeof value === 'number' ? (numberFromText(source) ?? value) : value,
    )
  } catch {
    return undefined
  }
}

type Revive = (key: string, value: unknown, context: { readonly source?: string }) => unknown

/** The greatest number of brackets that are open at once, those in texts included: never too small. */
function depthOf(text: string): number {
  let [depth, most] = [0, 0]
  let isText = false
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0x22) isText = !isText
    else if (isText) at += unit === 0x5c ? 1 : 0
    else if (unit === 0x5b || unit === 0x7b) most = Math.max(most, ++depth)
    else if (unit === 0x5d || unit === 0x7d) depth--
  }
  return most
}

function objectOf(name: string, value: Value): DataDocument {
  const object = Object.create(null) as Record<string, Value>
  object[name] = value
  return object
}

/** Objects are merged; anything else must be there once, or be the same. */
function merge(
  into: Record<string, Value>,
  from: DataDocument,
  path: string,
  origins: Map<string, string>,
  above: string,
): void {
  for (const [name, value] of Object.entries(from)) {
    const place = `${above}/${name}`
    const before = Object.hasOwn(into, name) ? into[name] : undefined
    if (before === undefined) {
      into[name] = isObject(value) ? copyOf(value as DataDocument) : value
      origins.set(place, path)
      continue
    }
    if (isObject(before) && isObject(value)) {
      merge(before as Record<string, Value>, value as DataDocument, path, origins, place)
      continue
    }
    throw new Failure(
      `${path} and ${originOf(place, origins)} both set data${place.replaceAll('/', '.')}`,
      'Two files may add to an object, but not set the same name: leave one out.',
    )
  }
}

/** The file that a place came from, with what is around it. */
function originOf(place: string, origins: ReadonlyMap<string, string>): string {
  for (let above = place; above !== ''; above = above.slice(0, above.lastIndexOf('/'))) {
    const origin = origins.get(above)
    if (origin !== undefined) return origin
  }
  return 'another file'
}

/** Merging changes objects; what they hold further down is copied when it comes to that. */
function copyOf(object: DataDocument): Record<string, Value> {
  const copy = Object.create(null) as Record<string, Value>
  for (const [name, value] of Object.entries(object)) {
    copy[name] = isObject(value) ? copyOf(value as DataDocument) : value
  }
  return copy
}
