/** A JSON Schema as a document: its draft, and what its references lead to. */

import { LimitError } from '@kubescape/go-template'

/** What a JSON text says; objects have data properties of their own only. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject

/** An object of a JSON text. */
export type JsonObject = { readonly [key: string]: Json }

/** The drafts that say things differently; later ones are as 2020. */
export type Draft = 4 | 6 | 7 | 2019 | 2020

/** What a reference leads to; `remote` is outside of the document, where nothing is read. */
export type Resolved = { readonly schema: Json } | 'remote' | 'missing'

const DRAFTS: readonly (readonly [string, Draft])[] = [
  ['draft-04', 4],
  ['draft-06', 6],
  ['draft-07', 7],
  ['2019-09', 2019],
]
const MAX_DEPTH = 200

/** A parsed schema. */
export class SchemaDocument {
  readonly root: Json
  readonly draft: Draft
  /** Schemas by `$id` and by anchor. */
  readonly #named = new Map<string, Json>()

  /** @throws {LimitError} when it is nested too deep */
  constructor(root: Json) {
    this.root = root
    const dialect = isObject(root) ? root['$schema'] : undefined
    this.draft = DRAFTS.find(([name]) => typeof dialect === 'string' && dialect.includes(name))?.[1] ?? 2020
    this.#index(root, 0)
  }

  /** What a reference such as `#/definitions/port` leads to. */
  resolve(reference: string): Resolved {
    const hash = reference.indexOf('#')
    const address = hash === -1 ? reference : reference.slice(0, hash)
    const fragment = hash === -1 ? '' : reference.slice(hash + 1)
    const base = address === '' ? this.root : this.#named.get(address)
    if (base === undefined) return 'remote'
    if (fragment === '') return { schema: base }
    if (!fragment.startsWith('/')) {
      const anchored = this.#named.get(`#${fragment}`)
      return anchored === undefined ? 'missing' : { schema: anchored }
    }
    return follow(base, fragment)
  }

  #index(schema: Json, depth: number): void {
    if (typeof schema !== 'object' || schema === null) return
    if (depth > MAX_DEPTH) throw new LimitError(`the schema is nested deeper than ${MAX_DEPTH} levels`)
    if (isObject(schema)) {
      const id = schema[this.draft === 4 ? 'id' : '$id']
      if (typeof id === 'string') this.#named.set(id.replace(/(?<=.)#$/, ''), schema)
      for (const anchor of [schema['$anchor'], schema['$dynamicAnchor']]) {
        if (typeof anchor === 'string') this.#named.set(`#${anchor}`, schema)
      }
    }
    for (const inner of Object.values(schema)) this.#index(inner, depth + 1)
  }
}

/** Whether what a JSON text says is an object. */
export function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !isList(json)
}

/** Whether what a JSON text says is a list. */
export function isList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json)
}

function follow(base: Json, pointer: string): Resolved {
  let schema: Json | undefined = base
  for (const step of pointer.slice(1).split('/')) {
    const key = unescape(step)
    if (typeof schema !== 'object' || schema === null || !Object.hasOwn(schema, key)) return 'missing'
    schema = (schema as JsonObject)[key]
  }
  return schema === undefined ? 'missing' : { schema }
}

function unescape(step: string): string {
  let text = step
  try {
    text = decodeURIComponent(step)
  } catch {
    // Not an escape then.
  }
  return text.replaceAll('~1', '/').replaceAll('~0', '~')
}
