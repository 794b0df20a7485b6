/** JSON to values: Go's `json.Unmarshal` into a variable of any type, its errors included. */
import { type JsonForm, readJsonText } from '@kubescape/go'
import { type CallContext, Dict, LimitError, List, type Value } from '@kubescape/go-template'
import { EncodingError } from './encoding-error.ts'
import { DEEPEST } from './nesting.ts'

const FORM: JsonForm<Value, Map<string, Value>> = {
  deepest: DEEPEST,
  number(text) {
    const value = Number(text)
    if (Number.isFinite(value)) return value
    throw new EncodingError(`json: cannot unmarshal number ${text.slice(0, 100)} into Go value of type float64`)
  },
  list: (items) => new List(items),
  begin: () => new Map(),
  put(entries, key, value) {
    entries.set(key, value)
  },
  end: (entries) => new Dict(entries),
  fail(message) {
    throw new EncodingError(message)
  },
  tooDeep() {
    throw new LimitError(`a value nests more than ${DEEPEST} levels`)
  },
}

/**
 * The value of a JSON text; all numbers are float64.
 * @throws {EncodingError} with Go's words for what is wrong with the text
 * @throws {LimitError} for a text that nests too deep
 */
export function readJson(text: string, context: Pick<CallContext, 'spend'>): Value {
  context.spend(text.length)
  return readJsonText(text, FORM)
}
