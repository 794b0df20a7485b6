/** Reading JSON Schemas of drafts 4, 6 and 7, and of no draft in particular: each keyword is held against its own type. */
import { PatternError, type Regex, type Spend, compile } from '@kubescape/regex'

import type { NumberValue } from '../values/number.ts'
import { keyText } from '../values/key-text.ts'
import type { PlainObject, Value } from '../values/value.ts'
import { SchemaError, boundsOf, isRecord, listOf, mistyped, objectOf, own, sizesOf, typesOf } from './keywords.ts'

/** A schema that was read; what is undefined or empty is not asked for. */
export interface Schema {
  /** A schema that is `true` or `false`. */
  always?: boolean
  /** The schema that stands for this one. */
  reference?: Schema
  types: readonly string[]
  properties: readonly (readonly [name: string, schema: Schema])[]
  patternProperties: readonly (readonly [pattern: Regex, schema: Schema])[]
  additionalProperties?: Schema | false
  propertyNames?: Schema
  required: readonly string[]
  /** What must be there, too: other properties, or a schema for the whole. */
  dependencies: ReadonlyMap<string, readonly string[] | Schema>
  /** One schema for all items, or one for each. */
  items?: Schema | readonly Schema[]
  additionalItems?: Schema | false
  contains?: Schema
  hasUniqueItems?: boolean
  /** By keyword: `minimum`. */
  bounds: ReadonlyMap<string, NumberValue>
  /** By keyword, too: `maxLength`. */
  sizes: ReadonlyMap<string, number>
  pattern?: { readonly text: string; readonly regex: Regex }
  format?: string
  constant?: { readonly value: Value }
  choices?: readonly Value[]
  anyOf: readonly Schema[]
  oneOf: readonly Schema[]
  allOf: readonly Schema[]
  not?: Schema
  condition?: Schema
  consequence?: Schema
  alternative?: Schema
}

const TEXTS = ['$id', 'id', 'title', 'description', '$ref', 'format']
const MOST_DEPTH = 200
const MOST_PATTERN = 4096
const DRAFT_4 = /^https?:\/\/json-schema\.org\/draft-04\/schema#?$/

/**
 * Reads a schema.
 * @throws {SchemaError}
 */
export function readSchema(document: Value, spend: Spend): Schema {
  return new Reader(document, spend).root()
}

class Reader {
  readonly #document: Value
  readonly #spend: Spend
  readonly #read = new Map<Value, Schema>()
  readonly #patterns = new Map<string, Regex>()
  #byId: Map<string, Value> | undefined
  #areBooleansSchemas = true
  #depth = 0

  constructor(document: Value, spend: Spend) {
    this.#document = document
    this.#spend = spend
  }

  root(): Schema {
    if (typeof this.#document !== 'boolean' && !isRecord(this.#document)) throw new SchemaError('schema is invalid')
    if (isRecord(this.#document)) {
      const draft = own(this.#document, '$schema')
      if (draft !== undefined && typeof draft !== 'string') throw new SchemaError('$schema must be of type string')
      this.#areBooleansSchemas = typeof draft !== 'string' || !DRAFT_4.test(draft)
    }
    return this.#schema(this.#document)
  }

  #schema(document: Value | undefined): Schema {
    if (typeof document === 'boolean' && this.#areBooleansSchemas) return { ...empty(), always: document }
    if (!isRecord(document)) throw new SchemaError('Expected: Valid Schema, given: Invalid JSON')
    const known = this.#read.get(document)
    if (known !== undefined) return known
    this.#spend(20)
    if (++this.#depth > MOST_DEPTH) throw new SchemaError('the schema nests too deep')
    const schema = empty()
    this.#read.set(document, schema)
    this.#fill(schema, document)
    this.#depth--
    return schema
  }

  #fill(schema: Schema, document: PlainObject): void {
    for (const keyword of TEXTS) {
      const value = own(document, keyword)
      if (value !== undefined && typeof value !== 'string') throw mistyped('string', keyword)
    }
    const definitions = own(document, 'definitions')
    if (definitions !== undefined) {
      if (!isRecord(definitions)) throw mistyped('Array Of Schemas', 'definitions')
      for (const name of Object.keys(definitions)) {
        if (!this.#isSchema(definitions[name])) throw mistyped('Array Of Schemas', 'definitions')
        this.#schema(definitions[name])
      }
    }
    const reference = own(document, '$ref')
    if (typeof reference === 'string') {
      schema.reference = this.#schema(this.#resolve(reference))
      return
    }
    schema.types = typesOf(own(document, 'type'))
    this.#object(schema, document)
    this.#array(schema, document)
    this.#scalars(schema, document)
    this.#combinations(schema, document)
  }

  #isSchema(value: Value | undefined): boolean {
    return isRecord(value) || (typeof value === 'boolean' && this.#areBooleansSchemas)
  }

  #object(schema: Schema, document: PlainObject): void {
    const properties = objectOf(document, 'properties', 'Properties')
    schema.properties = Object.keys(properties)
      .toSorted()
      .map((name) => [name, this.#schema(properties[name])] as const)
    const additional = own(document, 'additionalProperties')
    if (additional !== undefined) {
      if (typeof additional !== 'boolean' && !isRecord(additional)) {
        throw mistyped('boolean/Valid Schema', 'additionalProperties')
      }
      if (additional === false) schema.additionalProperties = false
      else if (additional !== true) schema.additionalProperties = this.#schema(additional)
    }
    const patterns = own(document, 'patternProperties')
    if (patterns !== undefined && !isRecord(patterns)) throw mistyped('Valid Schema', 'patternProperties')
    schema.patternProperties = Object.keys(patterns ?? {})
      .toSorted()
      .map((pattern) => {
        const regex = this.#pattern(pattern, `Invalid regex pattern '${pattern}'`)
        return [regex, this.#schema(own(patterns as PlainObject, pattern))] as const
      })
    const names = own(document, 'propertyNames')
    if (names !== undefined) {
      if (!this.#isSchema(names)) throw mistyped('Valid Schema', 'propertyNames')
      schema.propertyNames = this.#schema(names)
    }
    const dependencies = objectOf(document, 'dependencies', 'dependencies')
    schema.dependencies = new Map(
      Object.keys(dependencies).map((name) => [name, this.#dependency(dependencies[name] as Value)]),
    )
    const required = listOf(document, 'required')
    if (!required.every((name) => typeof name === 'string')) throw mistyped('string', 'required')
    if (new Set(required).size < required.length) throw new SchemaError('required items must be unique')
    schema.required = required
  }

  #dependency(value: Value): readonly string[] | Schema {
    if (this.#isSchema(value)) return this.#schema(value)
    if (Array.isArray(value) && value.every((name) => typeof name === 'string')) return value
    throw new SchemaError('Dependency must be of type Schema Or Array Of Strings')
  }

  #array(schema: Schema, document: PlainObject): void {
    const items = own(document, 'items')
    if (Array.isArray(items)) {
      if (!items.every((item: Value) => this.#isSchema(item))) throw mistyped('Valid Schema/Array Of Schemas', 'items')
      schema.items = items.map((item: Value) => this.#schema(item))
    } else if (items !== undefined) {
      if (!this.#isSchema(items)) throw mistyped('Valid Schema/Array Of Schemas', 'items')
      schema.items = this.#schema(items)
    }
    const additional = own(document, 'additionalItems')
    if (additional === false) schema.additionalItems = false
    else if (isRecord(additional)) schema.additionalItems = this.#schema(additional)
    else if (additional !== undefined && additional !== true) throw mistyped('boolean/Valid Schema', 'additionalItems')
    const contains = own(document, 'contains')
    if (contains !== undefined) schema.contains = this.#schema(contains)
    const unique = own(document, 'uniqueItems')
    if (unique !== undefined && typeof unique !== 'boolean') throw new SchemaError('uniqueItems must be of a boolean')
    if (unique === true) schema.hasUniqueItems = true
  }

  #scalars(schema: Schema, document: PlainObject): void {
    schema.bounds = boundsOf(document)
    schema.sizes = sizesOf(document)
    const pattern = own(document, 'pattern')
    if (pattern !== undefined) {
      if (typeof pattern !== 'string') throw mistyped('string', 'pattern')
      schema.pattern = { text: pattern, regex: this.#pattern(pattern, 'pattern must be a valid regex') }
    }
    const format = own(document, 'format')
    if (typeof format === 'string') schema.format = format
    const constant = own(document, 'const')
    if (constant !== undefined) schema.constant = { value: constant }
    if (own(document, 'enum') === undefined) return
    const choices = listOf(document, 'enum')
    if (new Set(choices.map(keyText)).size < choices.length) throw new SchemaError('enum items must be unique')
    if (choices.length > 0) schema.choices = choices
  }

  #combinations(schema: Schema, document: PlainObject): void {
    for (const keyword of ['anyOf', 'oneOf', 'allOf'] as const) {
      schema[keyword] = listOf(document, keyword).map((inner) => this.#schema(inner))
    }
    const single = (keyword: string): Schema | undefined => {
      const value = own(document, keyword)
      if (value === undefined) return undefined
      if (!this.#isSchema(value)) throw new SchemaError(`${keyword} must be of an object`)
      return this.#schema(value)
    }
    const [not, condition, consequence, alternative] = ['not', 'if', 'then', 'else'].map(single)
    if (not !== undefined) schema.not = not
    if (condition === undefined) return
    schema.condition = condition
    if (consequence !== undefined) schema.consequence = consequence
    if (alternative !== undefined) schema.alternative = alternative
  }

  #pattern(text: string, problem: string): Regex {
    const known = this.#patterns.get(text)
    if (known !== undefined) return known
    try {
      const regex = compile(text, { length: MOST_PATTERN }).metered(this.#spend)
      this.#patterns.set(text, regex)
      return regex
    } catch (error) {
      throw error instanceof PatternError ? new SchemaError(problem) : error
    }
  }

  #resolve(reference: string): Value {
    const hash = reference.indexOf('#')
    const [base, fragment] = hash < 0 ? [reference, ''] : [reference.slice(0, hash), reference.slice(hash + 1)]
    const document = base === '' || base === idOf(this.#document) ? this.#document : this.#identified(base)
    if (document === undefined) throw new SchemaError(`the schema ${reference} is not read: policies have no network`)
    if (fragment === '' || fragment.startsWith('/')) return follow(document, fragment)
    const named = this.#identified(`#${fragment}`)
    if (named === undefined) throw new SchemaError(`Object has no key '${fragment}'`)
    return named
  }

  /** The part of the schema that has an id of its own. */
  #identified(id: string): Value | undefined {
    if (this.#byId === undefined) {
      this.#byId = new Map()
      this.#collect(this.#document, this.#byId, 0)
    }
    return this.#byId.get(id)
  }

  #collect(value: Value, byId: Map<string, Value>, depth: number): void {
    this.#spend(1)
    if (depth > MOST_DEPTH) throw new SchemaError('the schema nests too deep')
    if (Array.isArray(value)) for (const item of value as readonly Value[]) this.#collect(item, byId, depth + 1)
    if (!isRecord(value)) return
    const id = idOf(value)
    if (id !== undefined && !byId.has(id)) byId.set(id, value)
    for (const key of Object.keys(value)) this.#collect(value[key] as Value, byId, depth + 1)
  }
}

function empty(): Schema {
  return {
    types: [],
    properties: [],
    patternProperties: [],
    required: [],
    dependencies: new Map(),
    bounds: new Map(),
    sizes: new Map(),
    anyOf: [],
    oneOf: [],
    allOf: [],
  }
}

function idOf(value: Value): string | undefined {
  if (!isRecord(value)) return undefined
  const id = own(value, '$id') ?? own(value, 'id')
  return typeof id === 'string' ? id.replace(/(.)#$/, '$1') : undefined
}

function follow(document: Value, pointer: string): Value {
  let value: Value | undefined = document
  if (pointer === '') return document
  for (const step of pointer.slice(1).split('/')) {
    const key = unescaped(step)
    value = Array.isArray(value)
      ? (value as readonly Value[])[Number(key)]
      : isRecord(value)
        ? own(value, key)
        : undefined
    if (value === undefined) throw new SchemaError(`Object has no key '${key}'`)
  }
  return value
}

function unescaped(step: string): string {
  let text = step
  try {
    text = decodeURIComponent(step)
  } catch {
    // Not an escape then.
  }
  return text.replaceAll('~1', '/').replaceAll('~0', '~')
}
