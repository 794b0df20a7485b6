/** The builtin that signs requests to Amazon's services: Signature Version 4. */
import { bytesToHex, escapeUrlPart, formatTime, hmac, parseUrl, sha256, toBytes, civilOf } from '@kubescape/go'

import { ANY, NUMBER, STRING, objectOf } from '../types/type.ts'
import { integerOf } from '../values/number.ts'
import { entriesOf, objectFrom } from '../values/object.ts'
import { type ObjectValue, type Value, get, keysOf } from '../values/value.ts'
import { failure, numberOperand, objectOperand } from './operands.ts'
import { type Builtin, type BuiltinContext, BuiltinError, define } from './builtin.ts'
import { REQUEST_FIELDS, namesText } from './http.ts'
import { writeJson } from './json-text.ts'

const DOCUMENT = objectOf(STRING, ANY)
const REQUIRED = ['aws_access_key', 'aws_region', 'aws_secret_access_key', 'aws_service'] as const
/** Services that want to know the hash of the body. */
const HASHED: ReadonlySet<string> = new Set(['s3', 'glacier'])
/** Headers that others may change on the way. */
const UNSIGNED: ReadonlySet<string> = new Set(['authorization', 'user-agent', 'x-amzn-trace-id'])

/** `providers.aws.sign_req`. */
export const AWS: readonly Builtin[] = [
  define('providers.aws.sign_req', [DOCUMENT, DOCUMENT, NUMBER], objectOf(ANY, ANY), (context, request, config, time) =>
    signed(objectOperand(request, 1), objectOperand(config, 2), numberOperand(time, 3), context),
  ),
]

function signed(request: ObjectValue, config: ObjectValue, time: Value, context: BuiltinContext): Value {
  const [method, address] = requestLine(request)
  const settings = settingsOf(config)
  const nanoseconds = integerOf(numberOperand(time, 3))
  if (nanoseconds === undefined || BigInt.asIntN(64, nanoseconds) !== nanoseconds) {
    throw wrong('operand 3 could not convert time_ns value into a unix timestamp')
  }
  const { iso, date } = textsOf(nanoseconds)
  const parsed = parseUrl(address)
  if ('problem' in parsed) throw failure(parsed.problem)
  const given = headersOf(request)
  const body = bodyOf(request)
  context.spend(address.length + body.length + given.length * 100)
  const content = settings.isBodyUnsigned ? 'UNSIGNED-PAYLOAD' : bytesToHex(sha256(toBytes(body)))
  const own = new Map([
    ['host', parsed.url.host],
    ['x-amz-date', iso],
  ])
  if (HASHED.has(settings.service)) own.set('x-amz-content-sha256', content)
  if (settings.token !== '') own.set('x-amz-security-token', settings.token)
  const toSign = new Map<string, string>()
  for (const [name, value] of own) toSign.set(name, value)
  for (const [name, value] of given) if (!UNSIGNED.has(name.toLowerCase())) toSign.set(name.toLowerCase(), value)
  const names = [...toSign.keys()].toSorted()
  const canonical = [
    method,
    escapedPath(address, parsed.url.path),
    parsed.url.query,
    ...names.map((name) => `${name}:${toSign.get(name) ?? ''}`),
    '',
    names.join(';'),
    content,
  ].join('\n')
  const scope = `${date}/${settings.region}/${settings.service}/aws4_request`
  const statement = `AWS4-HMAC-SHA256\n${iso}\n${scope}\n${bytesToHex(sha256(toBytes(canonical)))}`
  const signature = bytesToHex(code(signingKey(settings, date), statement))
  const authorization = `AWS4-HMAC-SHA256 Credential=${settings.key}/${scope},SignedHeaders=${names.join(';')},Signature=${signature}`
  const headers = objectFrom([...given, ...own, ['Authorization', authorization]])
  return objectFrom([...entriesOf(request), ['headers', headers]])
}

interface Settings {
  readonly key: string
  readonly secret: string
  readonly region: string
  readonly service: string
  readonly token: string
  readonly isBodyUnsigned: boolean
}

function settingsOf(config: ObjectValue): Settings {
  check(config, REQUIRED, 'operand 2', 'AWS config parameters(s)')
  const text = (name: string): string => {
    const value = get(config, name)
    return typeof value === 'string' ? value : ''
  }
  const isBodyUnsigned = get(config, 'disable_payload_signing') ?? false
  if (typeof isBodyUnsigned !== 'boolean') {
    throw wrong("operand 2 invalid value for 'disable_payload_signing' in AWS config")
  }
  return {
    key: text('aws_access_key'),
    secret: text('aws_secret_access_key'),
    region: text('aws_region'),
    service: text('aws_service'),
    token: text('aws_session_token'),
    isBodyUnsigned,
  }
}

function requestLine(request: ObjectValue): readonly [method: string, address: string] {
  const unknown = keysOf(request).filter((key) => typeof key !== 'string' || !REQUEST_FIELDS.has(key))
  if (unknown.length > 0) throw wrong(`operand 1 invalid request parameters(s): ${namesText(unknown)}`)
  check(request, ['method', 'url'], 'operand 1', 'request parameters(s)')
  return [get(request, 'method') as string, get(request, 'url') as string]
}

/** Holds an object against the texts that it must have. */
function check(object: ObjectValue, required: readonly string[], place: string, what: string): void {
  const missing = required.filter((name) => get(object, name) === undefined)
  if (missing.length > 0) throw wrong(`${place} missing required ${what}: ${namesText(missing)}`)
  const invalid = required.filter((name) => typeof get(object, name) !== 'string')
  if (invalid.length > 0) throw wrong(`${place} invalid values for required ${what}: ${namesText(invalid)}`)
}

/** Names and values; what is no text counts as empty. */
function headersOf(request: ObjectValue): (readonly [name: string, value: string])[] {
  const headers = get(request, 'headers')
  if (headers === undefined) return []
  return [...entriesOf(objectOperand(headers, 1))].map(([name, value]) => [
    typeof name === 'string' ? name : writeJson(name),
    typeof value === 'string' ? value : '',
  ])
}

function bodyOf(request: ObjectValue): string {
  const raw = get(request, 'raw_body')
  if (raw !== undefined) return typeof raw === 'string' ? raw : ''
  const body = get(request, 'body')
  return body === undefined ? '' : writeJson(body)
}

/** The path as it is written, as long as nothing in it needs an escape. */
function escapedPath(address: string, path: string): string {
  const written = /^[^:/?#]+:\/\/[^/?#]*([^?#]*)/.exec(address)?.[1]
  const isEscaped = written !== undefined && /^[A-Za-z0-9\-._~!$&'()*+,;:=@/[\]%]*$/.test(written)
  return isEscaped ? written : escapeUrlPart(path, 'path')
}

function textsOf(nanoseconds: bigint): { readonly iso: string; readonly date: string } {
  const second = 1_000_000_000n
  const seconds = Number((nanoseconds - (((nanoseconds % second) + second) % second)) / second)
  const wall = { civil: civilOf(seconds), nanosecond: 0, zone: { offset: 0, name: 'UTC' }, localSeconds: seconds }
  return { iso: formatTime(wall, '20060102T150405Z'), date: formatTime(wall, '20060102') }
}

function signingKey({ secret, region, service }: Settings, date: string): Uint8Array {
  let key = toBytes(`AWS4${secret}`)
  for (const part of [date, region, service, 'aws4_request']) key = code(key, part)
  return key
}

function code(key: Uint8Array, text: string): Uint8Array {
  return hmac(sha256, key, toBytes(text))
}

function wrong(message: string): BuiltinError {
  return new BuiltinError('eval_type_error', message)
}
