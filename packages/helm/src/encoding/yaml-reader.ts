/** YAML to values as sigs.k8s.io/yaml does it for Helm: by way of JSON, so that every number is a float64. */

import { isSurrogateEscaped, openDocument, splitDocuments } from '@kubescape/yaml'
import type { OpenDocument, Value as JsonValue } from '@kubescape/yaml'
import { type CallContext, LimitError, type Value } from '@kubescape/go-template'
import { EncodingError } from './encoding-error.ts'
import { fromPlainData } from './plain-data.ts'
import { explainYaml } from './yaml-error.ts'

/** Problems of texts that Go's library may be able to read. */
const limits: ReadonlySet<string> = new Set(['yaml/too-deep', 'yaml/too-large', 'yaml/too-many-aliases'])
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
 * @throws {LimitError} for a text that is too deep, too long, or whose aliases expand to too much
 */
export function readFirstDocument(text: string): ReadYaml {
  const slice = splitDocuments(text)[0]
  if (slice === undefined) return { json: null, document: undefined }
  const document = openDocument(text, slice)
  const problem = document.problems[0]
  if (document.value === undefined && problem !== undefined) {
    const message = explainYaml(text, problem)
    throw limits.has(problem.code) ? new LimitError(message) : new EncodingError(message)
  }
  if (surrogateEscape.test(text) && isSurrogateEscaped(text, slice)) {
    throw new EncodingError('error converting YAML to JSON: yaml: found invalid Unicode character escape code')
  }
  return { json: document.value ?? null, document }
}

/**
 * The value of the first document of the text.
 * @throws {EncodingError} in Helm's words
 * @throws {LimitError} for a text that is too deep, too long, or whose aliases expand to too much
 */
export function readYaml(text: string, context: Pick<CallContext, 'spend'>): Value {
  context.spend(text.length)
  return fromPlainData(readFirstDocument(text).json)
}
