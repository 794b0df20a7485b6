/** YAML to values as sigs.k8s.io/yaml does it for Helm: by way of JSON, so that every number is a float64. */

import { isSurrogateEscaped, openDocument, splitDocuments } from '@kubescape/yaml'
import type { OpenDocument, Value as JsonValue } from '@kubescape/yaml'
import type { CallContext, Value } from '../go/value.ts'
import { EncodingError } from './encoding-error.ts'
import { fromPlainData } from './plain-data.ts'
import { explainYaml } from './yaml-error.ts'

/** Any escape that could be half of a pair, which YAML does not have. */
const surrogateEscape = /\\u[dD][89a-fA-F]/

/** The first document of a text. */
export interface ReadYaml {
  /** Null when the text holds no document. */
  readonly json: JsonValue
  /** Undefined when the text holds no document. */
  readonly document: OpenDocument | undefined
}

/**
 * The first document of the text, as plain data.
 * @throws {EncodingError} in Helm's words
 */
export function readFirstDocument(text: string): ReadYaml {
  const slice = splitDocuments(text)[0]
  if (slice === undefined) return { json: null, document: undefined }
  const document = openDocument(text, slice)
  const problem = document.problems[0]
  if (document.value === undefined && problem !== undefined) throw new EncodingError(explainYaml(text, problem))
  if (surrogateEscape.test(text) && isSurrogateEscaped(text, slice)) {
    throw new EncodingError('error converting YAML to JSON: yaml: found invalid Unicode character escape code')
  }
  return { json: document.value ?? null, document }
}

/**
 * The value of the first document of the text.
 * @throws {EncodingError} in Helm's words
 */
export function readYaml(text: string, context: Pick<CallContext, 'spend'>): Value {
  context.spend(text.length)
  return fromPlainData(readFirstDocument(text).json)
}
