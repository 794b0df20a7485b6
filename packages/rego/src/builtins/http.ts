/** The builtin that makes requests; refused unless who evaluates allows them. */
import { ANY, STRING, objectOf } from '../types/type.ts'
import { isObject } from '../values/object.ts'
import { type ObjectValue, type Value, get, keysOf } from '../values/value.ts'
import { valueText } from '../values/value-text.ts'
import { failure, objectOperand } from './operands.ts'
import { type Builtin, BuiltinError, define } from './builtin.ts'

/** What a request may say. */
export const REQUEST_FIELDS: ReadonlySet<string> = new Set([
  'method',
  'url',
  'body',
  'enable_redirect',
  'force_json_decode',
  'force_yaml_decode',
  'headers',
  'raw_body',
  'tls_use_system_certs',
  'tls_ca_cert',
  'tls_ca_cert_file',
  'tls_ca_cert_env_variable',
  'tls_client_cert',
  'tls_client_cert_file',
  'tls_client_cert_env_variable',
  'tls_client_key',
  'tls_client_key_file',
  'tls_client_key_env_variable',
  'tls_insecure_skip_verify',
  'tls_server_name',
  'timeout',
  'cache',
  'force_cache',
  'force_cache_duration_seconds',
  'raise_error',
  'caching_mode',
  'max_retry_attempts',
  'cache_ignored_headers',
])

/** `http.send`. */
export const HTTP: readonly Builtin[] = [
  define(
    'http.send',
    [objectOf(STRING, ANY)],
    objectOf(ANY, ANY),
    (context, value) => {
      const request = objectOperand(value, 1)
      check(request)
      if (context.send === undefined) throw failure('requests are not allowed: policies have no network')
      const response = context.send(request)
      if (!isObject(response)) throw failure('the answer is no object')
      return response
    },
    { isNondeterministic: true },
  ),
]

/** Names as a set of Rego. */
export function namesText(keys: readonly Value[]): string {
  return `{${keys.map((key) => valueText(key)).join(', ')}}`
}

function check(request: ObjectValue): void {
  const unknown = keysOf(request).filter((key) => typeof key !== 'string' || !REQUEST_FIELDS.has(key))
  if (unknown.length > 0) throw wrong(`operand 1 invalid request parameters(s): ${namesText(unknown)}`)
  const missing = ['method', 'url'].filter((name) => get(request, name) === undefined)
  if (missing.length > 0) throw wrong(`operand 1 missing required request parameters(s): ${namesText(missing)}`)
  for (const name of ['method', 'url']) {
    if (typeof get(request, name) !== 'string') throw wrong(`operand 1 invalid value for "${name}": must be a string`)
  }
}

function wrong(message: string): BuiltinError {
  return new BuiltinError('eval_type_error', message)
}
