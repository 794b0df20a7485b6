/** Holding documents against schemas. What fails is told in the words and the order of the checker that OPA uses. */
import { floatText, runeCount } from '@kubescape/go'
import type { Regex, Spend } from '@kubescape/regex'

import { type NumberValue, compareNumbers, floatOf, integerOf, isNumber, partsOf } from '../values/number.ts'
import { keyText } from '../values/key-text.ts'
import type { PlainObject, Value } from '../values/value.ts'
import { hasFormat } from './formats.ts'
import { isRecord } from './keywords.ts'
import type { Schema } from './schema.ts'

/** One thing that a document does not satisfy. */
export interface SchemaFailure {
  /** Names and indexes with dots; `(Root)` for the whole. */
  readonly field: string
  /** A word for the kind of failure: `invalid_type`. */
  readonly type: string
  readonly text: string
}

/** What the check may use. */
export interface CheckContext {
  readonly spend: Spend
  /** The JSON text of a value. */
  readonly print: (value: Value) => string
}

/** Failures, and how much was satisfied: what came nearest is told where one of several schemas must hold. */
interface Outcome {
  readonly failures: SchemaFailure[]
  score: number
}

/** The schema leads to itself without an end, or nests too deep. */
export class SchemaDepthError extends Error {}

const MOST_DEPTH = 300
/** What holding a value against a schema costs, in steps. */
const SCHEMA_STEPS = 10

/**
 * What a document does not satisfy.
 * @throws {SchemaDepthError}
 */
export function checkDocument(schema: Schema, document: Value, context: CheckContext): readonly SchemaFailure[] {
  return new Checker(context).isolated(schema, document, '(Root)').failures
}

class Checker {
  readonly #context: CheckContext
  #depth = 0

  constructor(context: CheckContext) {
    this.#context = context
  }

  /** The outcome of one schema alone. */
  isolated(schema: Schema, value: Value, field: string): Outcome {
    const outcome: Outcome = { failures: [], score: 0 }
    this.#check(schema, value, field, outcome)
    return outcome
  }

  #check(schema: Schema, value: Value, field: string, outcome: Outcome): void {
    this.#context.spend(SCHEMA_STEPS)
    if (++this.#depth > MOST_DEPTH) throw new SchemaDepthError('the schema leads to itself without an end')
    if (schema.always === false) fail(outcome, field, 'false', 'False always fails validation')
    else if (schema.reference !== undefined) this.#check(schema.reference, value, field, outcome)
    else if (hasType(schema, value, field, outcome)) {
      this.#combinations(schema, value, field, outcome)
      if (Array.isArray(value)) this.#array(schema, value as readonly Value[], field, outcome)
      else if (isRecord(value)) this.#object(schema, value, field, outcome)
      if (isNumber(value)) checkNumber(schema, value, field, outcome)
      this.#common(schema, value, field, outcome)
      if (typeof value === 'string') checkText(schema, value, field, outcome)
      if (isRecord(value)) {
        for (const [name, inner] of schema.properties) {
          if (Object.hasOwn(value, name)) this.#check(inner, value[name] as Value, below(field, name), outcome)
        }
      }
      outcome.score++
    }
    this.#depth--
  }

  #combinations(schema: Schema, value: Value, field: string, outcome: Outcome): void {
    this.#any(schema, value, field, outcome)
    this.#one(schema, value, field, outcome)
    let holding = 0
    for (const inner of schema.allOf) {
      const result = this.isolated(inner, value, field)
      if (result.failures.length === 0) holding++
      merge(outcome, result)
    }
    if (holding < schema.allOf.length) fail(outcome, field, 'number_all_of', 'Must validate all the schemas (allOf)')
    if (schema.not !== undefined && this.isolated(schema.not, value, field).failures.length === 0) {
      fail(outcome, field, 'number_not', 'Must not validate the schema (not)')
    }
    if (schema.dependencies.size > 0 && isRecord(value)) this.#dependencies(schema, value, field, outcome)
    const { condition, consequence, alternative } = schema
    if (condition !== undefined) {
      const holds = this.isolated(condition, value, field).failures.length === 0
      const branch = holds ? consequence : alternative
      const result = branch && this.isolated(branch, value, field)
      if (result !== undefined && result.failures.length > 0) {
        if (holds) fail(outcome, field, 'condition_then', 'Must validate "then" as "if" was valid')
        else fail(outcome, field, 'condition_else', 'Must validate "else" as "if" was not valid')
        merge(outcome, result)
      }
    }
    outcome.score++
  }

  #any({ anyOf }: Schema, value: Value, field: string, outcome: Outcome): void {
    if (anyOf.length === 0) return
    let best: Outcome | undefined
    for (const inner of anyOf) {
      const result = this.isolated(inner, value, field)
      if (result.failures.length === 0) return
      if (best === undefined || result.score > best.score) best = result
    }
    fail(outcome, field, 'number_any_of', 'Must validate at least one schema (anyOf)')
    if (best !== undefined) merge(outcome, best)
  }

  #one({ oneOf }: Schema, value: Value, field: string, outcome: Outcome): void {
    if (oneOf.length === 0) return
    let holding = 0
    let best: Outcome | undefined
    for (const inner of oneOf) {
      const result = this.isolated(inner, value, field)
      if (result.failures.length === 0) holding++
      else if (holding === 0 && (best === undefined || result.score > best.score)) best = result
    }
    if (holding === 1) return
    fail(outcome, field, 'number_one_of', 'Must validate one and only one schema (oneOf)')
    if (holding === 0 && best !== undefined) merge(outcome, best)
  }

  #dependencies({ dependencies }: Schema, value: PlainObject, field: string, outcome: Outcome): void {
    for (const key of Object.keys(value).toSorted()) {
      const wanted = dependencies.get(key)
      if (wanted === undefined) continue
      if (!isList(wanted)) this.#check(wanted, value, field, outcome)
      else {
        for (const name of wanted) {
          if (!Object.hasOwn(value, name)) fail(outcome, field, 'missing_dependency', `Has a dependency on ${name}`)
        }
      }
    }
  }

  #array(schema: Schema, items: readonly Value[], field: string, outcome: Outcome): void {
    this.#context.spend(items.length)
    this.#items(schema, items, field, outcome)
    const [least, most] = [schema.sizes.get('minItems'), schema.sizes.get('maxItems')]
    if (least !== undefined && items.length < least) {
      fail(outcome, field, 'array_min_items', `Array must have at least ${least} items`)
    }
    if (most !== undefined && items.length > most) {
      fail(outcome, field, 'array_max_items', `Array must have at most ${most} items`)
    }
    if (schema.hasUniqueItems === true) {
      const seen = new Map<string, number>()
      for (const [at, item] of items.entries()) {
        const text = keyText(item)
        const before = seen.get(text)
        if (before !== undefined) fail(outcome, field, 'unique', `array items[${before},${at}] must be unique`)
        seen.set(text, at)
      }
    }
    if (schema.contains !== undefined) this.#contains(schema.contains, items, field, outcome)
    outcome.score++
  }

  #items(schema: Schema, values: readonly Value[], field: string, outcome: Outcome): void {
    const { items, additionalItems } = schema
    if (items === undefined) return
    if (!isList(items)) {
      for (const [at, value] of values.entries()) merge(outcome, this.isolated(items, value, below(field, at)))
      return
    }
    for (const [at, inner] of items.entries()) {
      if (at >= values.length) return
      merge(outcome, this.isolated(inner, values[at] as Value, below(field, at)))
    }
    if (items.length === 0 || values.length <= items.length || additionalItems === undefined) return
    if (additionalItems === false) {
      fail(outcome, field, 'array_no_additional_items', 'No additional items allowed on array')
      return
    }
    for (let at = items.length; at < values.length; at++) {
      merge(outcome, this.isolated(additionalItems, values[at] as Value, below(field, at)))
    }
  }

  #contains(schema: Schema, items: readonly Value[], field: string, outcome: Outcome): void {
    let best: Outcome | undefined
    for (const [at, item] of items.entries()) {
      const result = this.isolated(schema, item, below(field, at))
      if (result.failures.length === 0) return
      if (best === undefined || result.score > best.score) best = result
    }
    fail(outcome, field, 'contains', 'At least one of the items must match')
    if (best !== undefined) merge(outcome, best)
  }

  #object(schema: Schema, value: PlainObject, field: string, outcome: Outcome): void {
    const keys = Object.keys(value).toSorted()
    this.#context.spend(keys.length)
    const [least, most] = [schema.sizes.get('minProperties'), schema.sizes.get('maxProperties')]
    if (least !== undefined && keys.length < least) {
      fail(outcome, field, 'array_min_properties', `Must have at least ${least} properties`)
    }
    if (most !== undefined && keys.length > most) {
      fail(outcome, field, 'array_max_properties', `Must have at most ${most} properties`)
    }
    for (const name of schema.required) {
      if (Object.hasOwn(value, name)) outcome.score++
      else fail(outcome, field, 'required', `${name} is required`)
    }
    const declared = new Set(schema.properties.map(([name]) => name))
    const { additionalProperties, propertyNames } = schema
    for (const key of keys) {
      const isMatched = this.#matched(schema.patternProperties, key, value[key] as Value, field, outcome)
      if (declared.has(key) || isMatched || additionalProperties === undefined) continue
      if (additionalProperties === false) {
        fail(outcome, field, 'additional_property_not_allowed', `Additional property ${key} is not allowed`)
      } else merge(outcome, this.isolated(additionalProperties, value[key] as Value, below(field, key)))
    }
    if (propertyNames !== undefined) {
      for (const key of keys) {
        const result = this.isolated(propertyNames, key, field)
        if (result.failures.length === 0) continue
        fail(outcome, field, 'invalid_property_name', `Property name of "${key}" does not match`)
        merge(outcome, result)
      }
    }
    outcome.score++
  }

  #matched(
    patterns: readonly (readonly [Regex, Schema])[],
    key: string,
    value: Value,
    field: string,
    outcome: Outcome,
  ): boolean {
    let isMatched = false
    for (const [pattern, schema] of patterns) {
      if (!pattern.test(key)) continue
      isMatched = true
      merge(outcome, this.isolated(schema, value, below(field, key)))
    }
    if (isMatched) outcome.score++
    return isMatched
  }

  #common({ constant, choices, format }: Schema, value: Value, field: string, outcome: Outcome): void {
    const { print } = this.#context
    if (constant !== undefined && keyText(constant.value) !== keyText(value)) {
      fail(outcome, field, 'const', `${field} does not match: ${print(constant.value)}`)
    }
    if (choices !== undefined) {
      const text = keyText(value)
      if (!choices.some((choice) => keyText(choice) === text)) {
        fail(
          outcome,
          field,
          'enum',
          `${field} must be one of the following: ${choices.map((choice) => print(choice)).join(', ')}`,
        )
      }
    }
    if (format !== undefined && typeof value === 'string' && !hasFormat(format, value)) {
      fail(outcome, field, 'format', `Does not match format '${format}'`)
    }
    outcome.score++
  }
}

function checkNumber({ bounds }: Schema, value: NumberValue, field: string, outcome: Outcome): void {
  const multiple = bounds.get('multipleOf')
  if (multiple !== undefined && !isMultiple(value, multiple)) {
    fail(outcome, field, 'multiple_of', `Must be a multiple of ${numberText(multiple)}`)
  }
  const against = (keyword: string, fits: (order: number) => boolean, type: string, text: string): void => {
    const bound = bounds.get(keyword)
    if (bound === undefined || fits(compareNumbers(value, bound))) return
    fail(outcome, field, type, `Must be ${text} ${numberText(bound)}`)
  }
  against('maximum', (order) => order <= 0, 'number_lte', 'less than or equal to')
  against('exclusiveMaximum', (order) => order < 0, 'number_lt', 'less than')
  against('minimum', (order) => order >= 0, 'number_gte', 'greater than or equal to')
  against('exclusiveMinimum', (order) => order > 0, 'number_gt', 'greater than')
  outcome.score++
}

function checkText({ sizes, pattern }: Schema, value: string, field: string, outcome: Outcome): void {
  const [least, most] = [sizes.get('minLength'), sizes.get('maxLength')]
  if (least !== undefined || most !== undefined) {
    const length = runeCount(value)
    if (least !== undefined && length < least) {
      fail(outcome, field, 'string_gte', `String length must be greater than or equal to ${least}`)
    }
    if (most !== undefined && length > most) {
      fail(outcome, field, 'string_lte', `String length must be less than or equal to ${most}`)
    }
  }
  if (pattern !== undefined && !pattern.regex.test(value)) {
    fail(outcome, field, 'pattern', `Does not match pattern '${pattern.text}'`)
  }
  outcome.score++
}

function hasType({ types }: Schema, value: Value, field: string, outcome: Outcome): boolean {
  if (types.length === 0) return true
  const given = typeName(value)
  if (types.includes(given) || (given === 'integer' && types.includes('number'))) return true
  const expected = types.length === 1 ? types[0] : `[${types.join(',')}]`
  fail(outcome, field, 'invalid_type', `Invalid type. Expected: ${expected}, given: ${given}`)
  return false
}

function typeName(value: Value): string {
  if (value === null) return 'null'
  if (isNumber(value)) return integerOf(value) === undefined ? 'number' : 'integer'
  if (Array.isArray(value)) return 'array'
  return typeof value
}

function isMultiple(value: NumberValue, of: NumberValue): boolean {
  const [left, right] = [partsOf(value), partsOf(of)]
  const exponent = Math.min(left.exponent, right.exponent)
  const scaled = ({ digits, exponent: own }: typeof left): bigint => digits * 10n ** BigInt(own - exponent)
  return scaled(left) % scaled(right) === 0n
}

function numberText(value: NumberValue): string {
  return floatText(floatOf(value))
}

function isList<T>(value: readonly T[] | Schema): value is readonly T[] {
  return Array.isArray(value)
}

function below(field: string, step: string | number): string {
  return field === '(Root)' ? String(step) : `${field}.${step}`
}

function fail(outcome: Outcome, field: string, type: string, text: string): void {
  outcome.failures.push({ field, type, text })
  outcome.score -= 2
}

function merge(outcome: Outcome, other: Outcome): void {
  for (const failure of other.failures) outcome.failures.push(failure)
  outcome.score += other.score
}
