/** Template functions that write and read YAML, JSON and TOML: those of sprig, and those that Helm has in their place. */

import type { FunctionFamily } from '../functions/index.ts'
import {
  type CallContext,
  Dict,
  FunctionError,
  type GoFunction,
  List,
  NilDict,
  NilList,
  type Value,
  typeName,
} from '@kubescape/go-template'
import { EncodingError } from './encoding-error.ts'
import { readJson } from './json-reader.ts'
import { compactJson, writeJson } from './json-writer.ts'
import type { JsonStyle } from './json-writer.ts'
import { readToml } from './toml-reader.ts'
import { writeToml } from './toml-writer.ts'
import { readYaml } from './yaml-reader.ts'
import { writePrettyYaml, writeYaml } from './yaml-writer.ts'

type Write = (value: Value, context: CallContext) => Value
type Read = (text: string, context: CallContext) => Value

const prettyJson: JsonStyle = { escapeHtml: true, indent: '  ' }
const whileDecoding = 'error unmarshaling JSON: while decoding JSON: '
const rawJson: JsonStyle = { escapeHtml: false, indent: '' }

const jsonIn =
  (style: JsonStyle): Write =>
  (value, context) =>
    writeJson(value, style, context)

/** What sprig has: only the functions with `must` tell of errors, `toRawJson` among them. */
export const sprigEncodingFunctions: FunctionFamily = new Map([
  ['toJson', writing(jsonIn(compactJson), () => '')],
  ['mustToJson', writing(jsonIn(compactJson), failed)],
  ['toPrettyJson', writing(jsonIn(prettyJson), () => '')],
  ['mustToPrettyJson', writing(jsonIn(prettyJson), failed)],
  ['toRawJson', writing(jsonIn(rawJson), failed)],
  ['mustToRawJson', writing(jsonIn(rawJson), failed)],
  // Of a text that is no JSON sprig gives no value.
  ['fromJson', reading(readJson, () => undefined)],
  ['mustFromJson', reading(readJson, failed)],
])

/** What Helm adds to sprig or has in its place: errors are swallowed, or become part of the value that is read. */
export const helmEncodingFunctions: FunctionFamily = new Map([
  ['toYaml', writing(writeYaml, () => '')],
  ['toYamlPretty', writing(writePrettyYaml, () => '')],
  ['toJson', writing(jsonIn(compactJson), () => '')],
  ['toToml', writing(writeToml, (error) => error.message)],
  ['fromYaml', reading(mapOf(readYaml, whileDecoding), errorMap)],
  ['fromYamlArray', reading(listOf(readYaml, whileDecoding), errorList)],
  ['fromJson', reading(mapOf(readJson), errorMap)],
  ['fromJsonArray', reading(listOf(readJson), errorList)],
  ['fromToml', reading(readToml, errorMap)],
])

function writing(write: Write, otherwise: (error: EncodingError) => Value): GoFunction {
  return { parameters: ['any'], call: ([value], context) => attempt(() => write(value, context), otherwise) }
}

function reading(read: Read, otherwise: (error: EncodingError) => Value): GoFunction {
  return { parameters: ['string'], call: ([text], context) => attempt(() => read(text as string, context), otherwise) }
}

function attempt(call: () => Value, otherwise: (error: EncodingError) => Value): Value {
  try {
    return call()
  } catch (error) {
    if (error instanceof EncodingError) return otherwise(error)
    throw error
  }
}

function failed(error: EncodingError): never {
  throw new FunctionError(error.message)
}

/** A text that holds nothing gives a nil map. */
function mapOf(read: Read, prefix = ''): Read {
  return (text, context) => {
    const value = read(text, context)
    if (value === null) return new NilDict()
    return value instanceof Dict ? value : mismatch(value, prefix, 'map[string]interface {}')
  }
}

function listOf(read: Read, prefix = ''): Read {
  return (text, context) => {
    const value = read(text, context)
    if (value === null) return new NilList()
    return value instanceof List ? value : mismatch(value, prefix, '[]interface {}')
  }
}

function mismatch(value: Value, prefix: string, wanted: string): never {
  throw new EncodingError(`${prefix}json: cannot unmarshal ${jsonKind(value)} into Go value of type ${wanted}`)
}

function jsonKind(value: Value): string {
  if (value instanceof Dict) return 'object'
  if (value instanceof List) return 'array'
  const type = typeName(value)
  return type === 'float64' ? 'number' : type
}

function errorMap(error: EncodingError): Value {
  return new Dict(new Map([['Error', error.message]]))
}

function errorList(error: EncodingError): Value {
  return new List([error.message])
}
