/** Builtins that hold documents against JSON Schemas. */
import { SchemaDepthError, checkDocument } from '../json-schema/check.ts'
import { SchemaError } from '../json-schema/keywords.ts'
import { type Schema, readSchema } from '../json-schema/schema.ts'
import { ANY, BOOLEAN, NULL, STRING, type Type, arrayOf, either, objectOf, tuple } from '../types/type.ts'
import { isNumber } from '../values/number.ts'
import { emptyObject, entriesOf, isObject } from '../values/object.ts'
import { keyText } from '../values/key-text.ts'
import { RegoSet, type Value } from '../values/value.ts'
import { failure, mismatch } from './operands.ts'
import { type Builtin, type BuiltinContext, define } from './builtin.ts'
import { keep } from './cache.ts'
import { readJson, writeJson } from './json-text.ts'

const DOCUMENT = either(STRING, objectOf(ANY, ANY))
const FAILURE: Type = {
  kind: 'object',
  properties: [
    ['desc', STRING],
    ['error', STRING],
    ['field', STRING],
    ['type', STRING],
  ],
}
/** A text that is no JSON. */
class InvalidJson extends SchemaError {
  constructor() {
    super('invalid JSON string')
  }
}

const MOST_TEXT = 1 << 22
const MOST_DEPTH = 500
const MOST_KEPT = 100
/** What a copy of a list or object costs, in steps. */
const COPY_STEPS = 32

/** `json.match_schema` and `json.verify_schema`. */
export const JSON_SCHEMA: readonly Builtin[] = [
  define('json.match_schema', [DOCUMENT, DOCUMENT], tuple(BOOLEAN, arrayOf(FAILURE)), (context, document, schema) => {
    const plain = guarded(() => documentOf(document, 1, context))
    const read = guarded(() => schemaOf(documentOf(schema, 2, context), context))
    const failures = guarded(() => checkDocument(read, plain, { spend: context.spend, print: writeJson }))
    const documents = failures.map(({ field, type, text }) => ({ desc: text, error: `${field}: ${text}`, field, type }))
    return [documents.length === 0, documents]
  }),
  define('json.verify_schema', [DOCUMENT], tuple(BOOLEAN, either(NULL, STRING)), (context, schema) => {
    try {
      const plain = documentOf(schema, 1, context)
      readSchema(plain, context.spend)
      return [true, null]
    } catch (error) {
      if (error instanceof SchemaError) return [false, `jsonschema: ${error.message}`]
      throw error
    }
  }),
]

/** A schema that was read, kept for the evaluation. */
function schemaOf(document: Value, context: BuiltinContext): Schema {
  return keep(context, JSON_SCHEMA, MOST_KEPT, keyText(document), () => readSchema(document, context.spend))
}

/** A document given as an object, or as a text of JSON, without sets and other keys than texts. */
function documentOf(value: Value, place: number, context: BuiltinContext): Value {
  if (typeof value === 'string') {
    if (value.length > MOST_TEXT) throw failure('the text is too long for a schema or document')
    context.spend(value.length)
    return parsed(value)
  }
  if (!isObject(value)) throw mismatch(value, place, 'one of {object, string}')
  return plainOf(value, context, 0)
}

function parsed(text: string): Value {
  try {
    return readJson(text)
  } catch {
    throw new InvalidJson()
  }
}

function plainOf(value: Value, context: BuiltinContext, depth: number): Value {
  if (typeof value !== 'object' || value === null || isNumber(value)) return value
  context.spend(COPY_STEPS)
  if (depth > MOST_DEPTH) throw failure('the document nests too deep')
  const items = value instanceof RegoSet ? value.values() : value
  if (Array.isArray(items)) return (items as readonly Value[]).map((item) => plainOf(item, context, depth + 1))
  const object = emptyObject()
  if (isObject(value)) {
    for (const [key, item] of entriesOf(value)) {
      object[typeof key === 'string' ? key : writeJson(key)] = plainOf(item, context, depth + 1)
    }
  }
  return object
}

function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof SchemaError || error instanceof SchemaDepthError ? failure(error.message) : error
  }
}
