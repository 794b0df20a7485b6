/** `values.schema.json` of a chart and of the charts below it, each with its own section of the values. */
import { readJson } from '../encoding/json-reader.ts'
import { EncodingError } from '../encoding/encoding-error.ts'
import { Dict, List, type Value } from '@kubescape/go-template'
import type { ValuesWork } from '../values/coalesce.ts'
import { printFailure } from './failure.ts'
import { SchemaDocument, type Json } from './schema-document.ts'
import { SchemaMistake, SchemaValidator } from './validator.ts'

/** A chart, as far as its schema is concerned. */
export interface ChartWithSchema {
  readonly name: string
  readonly chart: { readonly schema: string | undefined }
  readonly dependencies: readonly ChartWithSchema[]
}

/**
 * What the schemas do not allow, in Helm's words; empty when all is well. Schemas on other machines are not read.
 * @throws {LimitError} when a schema takes too much
 */
export function schemaProblems(chart: ChartWithSchema, values: Dict, work: ValuesWork): string {
  const { schema } = chart.chart
  const own = schema === undefined ? '' : problemsOf(schema, values, work)
  const below = chart.dependencies.map((child) => {
    const section = values.get(child.name)
    return section instanceof Dict ? schemaProblems(child, section, work) : ''
  })
  return (own === '' ? '' : `${chart.name}:\n${own}`) + below.join('')
}

function problemsOf(text: string, values: Dict, work: ValuesWork): string {
  const schema = parse(text, work)
  if ('problem' in schema) return schema.problem
  const validator = new SchemaValidator(new SchemaDocument(schema.json), work.spend)
  try {
    const failure = validator.validate(values)
    for (const address of validator.unread) work.warn(`warning: the schema at ${address} is not read.`)
    return failure === undefined ? '' : printFailure(failure)
  } catch (error) {
    if (error instanceof SchemaMistake) return error.message
    throw error
  }
}

function parse(text: string, { spend }: ValuesWork): { readonly json: Json } | { readonly problem: string } {
  try {
    return { json: plainJson(readJson(text, { spend })) }
  } catch (error) {
    if (!(error instanceof EncodingError)) throw error
    return { problem: error.message.replace('unexpected end of JSON input', 'unexpected EOF') }
  }
}

/** What was read of a JSON text, as lists and objects. */
function plainJson(value: Value): Json {
  if (value instanceof List) return value.items.map(plainJson)
  if (!(value instanceof Dict)) return value as Json
  return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plainJson(entry)]))
}
