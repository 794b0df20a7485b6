/** Holds values against a JSON Schema of drafts 4 to 2020-12. The schema is interpreted: it comes from strangers. */
import { compile, PatternError, type Regex } from '@kubescape/regex'

import { Dict, LimitError, List, type Value, plain } from '@kubescape/go-template'
import { canonical } from './equality.ts'
import { Evaluated } from './evaluated.ts'
import { grouped, single, type Failure } from './failure.ts'
import { bounds, failure, type Instance } from './instance.ts'
import { checkAllowed, checkKind, checkNumber, checkText } from './scalar-keywords.ts'
import { isList, isObject, type Json, type JsonObject, type SchemaDocument } from './schema-document.ts'

/** Schemas within each other while a value is checked. */
const MAX_DEPTH = 250
const MAX_PATTERN = 4096

/** The schema itself is wrong; the message says how. */
export class SchemaMistake extends Error {}

/** One schema on one value: what fails, and what has been looked at. */
interface Result {
  readonly failures: Failure[]
  readonly seen: Evaluated
}

/** A schema that values can be held against. */
export class SchemaValidator {
  /** Addresses of schemas that would have to be fetched, and count for nothing. */
  readonly unread = new Set<string>()
  readonly #document: SchemaDocument
  readonly #patterns = new Map<string, Regex>()
  readonly #spend: (count: number) => void
  #depth = 0

  /** `spend` counts schemas, and what they look at; it may throw to end the work. */
  constructor(document: SchemaDocument, spend: (count: number) => void) {
    this.#document = document
    this.#spend = spend
  }

  /**
   * What the schema does not allow; undefined when all is well.
   * @throws {SchemaMistake} when the schema is none
   * @throws {LimitError} when it takes too much
   */
  validate(value: Value): Failure | undefined {
    const { failures } = this.#check(this.#document.root, { value: plain(value) ?? null, location: '' })
    return grouped('', failures)
  }

  #check(schema: Json, instance: Instance): Result {
    const result: Result = { failures: [], seen: new Evaluated() }
    if (schema === true) return result
    if (schema === false) {
      result.failures.push(failure(instance, 'false schema'))
      return result
    }
    if (!isObject(schema)) throw new SchemaMistake(`a schema is a map or a boolean, not ${JSON.stringify(schema)}`)
    this.#spend(1)
    if (++this.#depth > MAX_DEPTH) throw new LimitError('the schema leads to itself without an end')
    // What is of the wrong kind is not looked at any further.
    if (!this.#references(schema, instance, result) && checkKind(schema, instance, result.failures)) {
      const { value } = instance
      checkAllowed(schema, instance, result.failures, this.#spend)
      if (value instanceof Dict) this.#map(schema, value, instance, result)
      else if (value instanceof List) this.#list(schema, value, instance, result)
      else if (typeof value === 'string') {
        const patternOf = (pattern: string): Regex => this.#pattern(pattern)
        checkText(schema, value, instance, result.failures, this.#document.draft, patternOf)
      } else checkNumber(schema, instance, result.failures)
      this.#combined(schema, instance, result)
      if (value instanceof Dict) this.#unseenEntries(schema, value, instance, result)
      if (value instanceof List) this.#unseenItems(schema, value, instance, result)
    }
    this.#depth--
    return result
  }

  /** Takes over what another schema says about the same value. */
  #apply(schema: Json, instance: Instance, { failures, seen }: Result): void {
    const inner = this.#check(schema, instance)
    const found = grouped(instance.location, inner.failures)
    if (found === undefined) seen.add(inner.seen)
    else failures.push(found)
  }

  /** True when nothing beside the reference counts, as in older drafts. */
  #references(schema: JsonObject, instance: Instance, result: Result): boolean {
    let isAlone = false
    for (const keyword of ['$ref', '$dynamicRef', '$recursiveRef']) {
      const reference = schema[keyword]
      if (typeof reference !== 'string') continue
      const resolved = this.#document.resolve(reference)
      if (resolved === 'missing') throw new SchemaMistake(`${single(reference)} leads nowhere in the schema`)
      if (resolved === 'remote') this.unread.add(reference)
      else this.#apply(resolved.schema, instance, result)
      isAlone ||= this.#document.draft <= 7
    }
    return isAlone
  }

  #map(schema: JsonObject, map: Dict, instance: Instance, result: Result): void {
    const { failures, seen } = result
    const { entries } = map
    bounds(schema, 'Properties', entries.size, instance, failures)
    const missing = textsOf(schema['required']).filter((name) => !entries.has(name))
    if (missing.length > 0) failures.push(failure(instance, missingText(missing)))
    const properties = objectOf(schema['properties'])
    const patterns = Object.entries(objectOf(schema['patternProperties'])).map(
      ([pattern, inner]) => [this.#pattern(pattern), inner] as const,
    )
    const extra: string[] = []
    const { additionalProperties, propertyNames } = schema
    for (const key of map.sortedKeys()) {
      const entry: Instance = {
        value: plain(entries.get(key)) ?? null,
        location: `${instance.location}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      }
      let isKnown = false
      if (Object.hasOwn(properties, key)) {
        isKnown = true
        this.#below(properties[key] as Json, entry, failures)
      }
      for (const [pattern, inner] of patterns) {
        if (!pattern.test(key)) continue
        isKnown = true
        this.#below(inner, entry, failures)
      }
      if (!isKnown && additionalProperties !== undefined) {
        isKnown = true
        if (additionalProperties === false) extra.push(key)
        else this.#below(additionalProperties, entry, failures)
      }
      if (isKnown) seen.entry(key)
      if (propertyNames !== undefined) this.#name(propertyNames, key, instance, failures)
    }
    if (extra.length > 0) {
      failures.push(failure(instance, `additional properties ${extra.map(single).join(', ')} not allowed`))
    }
    this.#dependencies(schema, entries, instance, result)
  }

  #name(schema: Json, key: string, instance: Instance, failures: Failure[]): void {
    const { failures: causes } = this.#check(schema, { value: key, location: '' })
    if (causes.length > 0) failures.push(failure(instance, `invalid propertyName ${single(key)}`, causes))
  }

  #below(schema: Json, instance: Instance, failures: Failure[]): void {
    const found = grouped(instance.location, this.#check(schema, instance).failures)
    if (found !== undefined) failures.push(found)
  }

  #dependencies(schema: JsonObject, entries: Dict['entries'], instance: Instance, result: Result): void {
    const all = ['dependencies', 'dependentRequired', 'dependentSchemas'].flatMap((keyword) =>
      Object.entries(objectOf(schema[keyword])),
    )
    for (const [key, wanted] of all) {
      if (!entries.has(key)) continue
      if (!isList(wanted)) this.#apply(wanted, instance, result)
      else {
        const missing = textsOf(wanted).filter((name) => !entries.has(name))
        if (missing.length === 0) continue
        const names = missing.map(single).join(', ')
        result.failures.push(failure(instance, `properties ${names} required, if ${single(key)} exists`))
      }
    }
  }

  #list(schema: JsonObject, { items }: List, instance: Instance, { failures, seen }: Result): void {
    bounds(schema, 'Items', items.length, instance, failures)
    if (schema['uniqueItems'] === true) unique(items, instance, failures, this.#spend)
    const tuple = isList(schema['items']) ? schema['items'] : listOf(schema['prefixItems'])
    const rest = isList(schema['items']) ? schema['additionalItems'] : schema['items']
    for (const [at, item] of items.entries()) {
      const inner = at < tuple.length ? tuple[at] : rest
      if (inner === undefined) continue
      seen.item(at)
      if (inner === false && at >= tuple.length) {
        failures.push(failure(instance, `last ${items.length - at} additionalItem(s) not allowed`))
        break
      }
      this.#below(inner, { value: plain(item) ?? null, location: `${instance.location}/${at}` }, failures)
    }
    if (schema['contains'] !== undefined) this.#contains(schema, schema['contains'], items, instance, failures, seen)
  }

  #contains(
    schema: JsonObject,
    wanted: Json,
    items: readonly Value[],
    instance: Instance,
    failures: Failure[],
    seen: Evaluated,
  ): void {
    let matched = 0
    for (const [at, item] of items.entries()) {
      const inner: Instance = { value: plain(item) ?? null, location: `${instance.location}/${at}` }
      if (this.#check(wanted, inner).failures.length > 0) continue
      matched++
      seen.item(at)
    }
    const { minContains, maxContains } = schema
    const least = typeof minContains === 'number' ? minContains : 1
    if (matched < least) {
      const text =
        minContains === undefined
          ? 'no items match contains schema'
          : `min ${least} items required to match contains schema, but matched ${matched} items`
      failures.push(failure(instance, text))
    } else if (typeof maxContains === 'number' && matched > maxContains) {
      failures.push(
        failure(instance, `max ${maxContains} items required to match contains schema, but matched ${matched} items`),
      )
    }
  }

  #combined(schema: JsonObject, instance: Instance, result: Result): void {
    const { failures, seen } = result
    const all = listOf(schema['allOf']).map((inner) => this.#check(inner, instance))
    const failing = all.flatMap((inner) => grouped(instance.location, inner.failures) ?? [])
    for (const inner of all) seen.add(inner.seen)
    if (failing.length > 0) failures.push(failure(instance, "'allOf' failed", failing))
    if (schema['anyOf'] !== undefined) this.#matching(schema['anyOf'], 'anyOf', instance, result)
    if (schema['oneOf'] !== undefined) this.#matching(schema['oneOf'], 'oneOf', instance, result)
    const { not, if: condition } = schema
    if (not !== undefined && this.#check(not, instance).failures.length === 0) {
      failures.push(failure(instance, "'not' failed"))
    }
    if (condition === undefined) return
    const decided = this.#check(condition, instance)
    const holds = decided.failures.length === 0
    if (holds) seen.add(decided.seen)
    const branch = schema[holds ? 'then' : 'else']
    if (branch !== undefined) this.#apply(branch, instance, result)
  }

  #matching(schemas: Json, keyword: 'anyOf' | 'oneOf', instance: Instance, { failures, seen }: Result): void {
    const results = listOf(schemas).map((inner) => this.#check(inner, instance))
    const matched = [...results.keys()].filter((at) => results[at]?.failures.length === 0)
    for (const at of matched) seen.add((results[at] as Result).seen)
    if (matched.length === 0) {
      const causes = results.flatMap((inner) => grouped(instance.location, inner.failures) ?? [])
      failures.push(failure(instance, keyword === 'oneOf' ? "'oneOf' failed, none matched" : "'anyOf' failed", causes))
    } else if (keyword === 'oneOf' && matched.length > 1) {
      failures.push(failure(instance, `'oneOf' failed, subschemas ${matched.slice(0, 2).join(', ')} matched`))
    }
  }

  #unseenEntries(schema: JsonObject, map: Dict, instance: Instance, { failures, seen }: Result): void {
    const inner = schema['unevaluatedProperties']
    if (inner === undefined) return
    const unseen = map.sortedKeys().filter((key) => !seen.hasEntry(key))
    for (const key of unseen) seen.entry(key)
    if (inner === false && unseen.length > 0) {
      failures.push(failure(instance, `additional properties ${unseen.map(single).join(', ')} not allowed`))
    } else if (inner !== false) {
      for (const key of unseen) {
        this.#below(inner, { value: plain(map.get(key)) ?? null, location: `${instance.location}/${key}` }, failures)
      }
    }
  }

  #unseenItems(schema: JsonObject, { items }: List, instance: Instance, { failures, seen }: Result): void {
    const inner = schema['unevaluatedItems']
    if (inner === undefined) return
    const unseen = [...items.keys()].filter((at) => !seen.hasItem(at))
    for (const at of unseen) {
      seen.item(at)
      this.#below(inner, { value: plain(items[at]) ?? null, location: `${instance.location}/${at}` }, failures)
    }
  }

  #pattern(pattern: string): Regex {
    const known = this.#patterns.get(pattern)
    if (known !== undefined) return known
    try {
      const regex = compile(pattern, { length: MAX_PATTERN }).metered(this.#spend)
      this.#patterns.set(pattern, regex)
      return regex
    } catch (error) {
      if (error instanceof PatternError)
        throw new SchemaMistake(`${single(pattern)} is not valid regex: ${error.message}`)
      throw error
    }
  }
}

function unique(
  items: readonly Value[],
  instance: Instance,
  failures: Failure[],
  spend: (count: number) => void,
): void {
  const first = new Map<string, number>()
  for (const [at, item] of items.entries()) {
    const text = canonical(item, spend)
    const before = first.get(text)
    if (before !== undefined) {
      failures.push(failure(instance, `items at ${before} and ${at} are equal`))
      return
    }
    first.set(text, at)
  }
}

function missingText(names: readonly string[]): string {
  return `missing ${names.length === 1 ? 'property' : 'properties'} ${names.map(single).join(', ')}`
}

function objectOf(json: Json | undefined): JsonObject {
  return isObject(json) ? json : {}
}

function listOf(json: Json | undefined): readonly Json[] {
  return isList(json) ? json : []
}

function textsOf(json: Json | undefined): string[] {
  return listOf(json).filter((item) => typeof item === 'string')
}
