/** Builtins for JSON web tokens: RFC 7519. */
import { bytesToHex, fromBytes, toBytes } from '@kubescape/go'

import { readCertificate } from '../cryptography/certificate.ts'
import { isSame } from '../cryptography/digest.ts'
import { CryptographyError } from '../cryptography/failure.ts'
import { decodeBase64Url, encodeBase64Url, type Jwk, readJwks } from '../cryptography/jwk.ts'
import { authenticate, findAlgorithm, sign, verify } from '../cryptography/jws.ts'
import { readPublicKey } from '../cryptography/keys.ts'
import { readPem } from '../cryptography/pem-blocks.ts'
import { ANY, BOOLEAN, STRING, objectOf, tuple } from '../types/type.ts'
import { compareNumbers, isNumber, numberFromParts, type NumberValue, partsOf } from '../values/number.ts'
import { isObject } from '../values/object.ts'
import { valueText } from '../values/value-text.ts'
import { type ObjectValue, type Value, get, keysOf } from '../values/value.ts'
import { failure, objectOperand, textOperand } from './operands.ts'
import { type Builtin, type BuiltinContext, define } from './builtin.ts'
import { keep } from './cache.ts'
import { readJson, writeJson } from './json-text.ts'

const DOCUMENT = objectOf(ANY, ANY)
const CONSTRAINTS = objectOf(STRING, ANY)
/** What checking or making a signature costs, in steps. */
const SIGNATURE_STEPS = 10_000
/** Tokens within tokens. */
const MOST_NESTED = 16
const MOST_TEXT = 1 << 22
const MOST_KEPT = 100

/** A token in its three parts, as they stand. */
interface Token {
  readonly header: string
  readonly payload: string
  readonly signature: string
}

/** What `decode_verify` holds a token against. */
interface Constraints {
  keys: readonly Jwk[] | undefined
  secret: Uint8Array | undefined
  alg: string
  iss: string
  aud: string
  /** Nanoseconds since 1970. */
  time: NumberValue
}

const VERIFIED_BY: readonly (readonly [suffix: string, algorithm: string])[] = [
  ...['rs', 'ps', 'es', 'hs'].flatMap((family) =>
    ['256', '384', '512'].map((size) => [`${family}${size}`, `${family.toUpperCase()}${size}`] as const),
  ),
  ['eddsa', 'EdDSA'],
]

/** `io.jwt.*`. */
export const JWT: readonly Builtin[] = [
  define('io.jwt.decode', [STRING], tuple(DOCUMENT, DOCUMENT, STRING), (context, token) =>
    decode(textOf(token, context, 1), context, MOST_NESTED),
  ),
  define(
    'io.jwt.decode_verify',
    [STRING, CONSTRAINTS],
    tuple(BOOLEAN, DOCUMENT, DOCUMENT),
    (context, token, constraints) => decodeVerified(textOf(token, context, 1), objectOperand(constraints, 2), context),
    { isNondeterministic: true },
  ),
  ...VERIFIED_BY.map(([suffix, algorithm]) =>
    define(`io.jwt.verify_${suffix}`, [STRING, STRING], BOOLEAN, (context, token, key) =>
      isVerified(splitToken(textOf(token, context, 1)), textOf(key, context, 2), algorithm, context),
    ),
  ),
  define(
    'io.jwt.encode_sign_raw',
    [STRING, STRING, STRING],
    STRING,
    (context, header, payload, key) =>
      encodeSigned(textOf(header, context, 1), textOf(payload, context, 2), textOf(key, context, 3), context),
    { isNondeterministic: true },
  ),
  define(
    'io.jwt.encode_sign',
    [CONSTRAINTS, CONSTRAINTS, CONSTRAINTS],
    STRING,
    (context, ...args) => {
      const [header = '', payload = '', key = ''] = args.map((value, at) => writeJson(objectOperand(value, at + 1)))
      context.spend(header.length + payload.length + key.length)
      return encodeSigned(header, payload, key, context)
    },
    { isNondeterministic: true },
  ),
]

function textOf(value: Value, context: BuiltinContext, place: number): string {
  const text = textOperand(value, place)
  if (text.length > MOST_TEXT) throw failure('the text is too long for a token or key')
  context.spend(text.length)
  return text
}

function splitToken(text: string): Token {
  const parts = text.split('.', 4)
  const [header = '', payload = '', signature = ''] = parts
  if (parts.length === 1) throw failure('encoded JWT had no period separators')
  if (parts.length !== 3) {
    throw failure(`encoded JWT must have 3 sections, found ${parts.length === 2 ? 2 : text.split('.').length}`)
  }
  return { header, payload, signature }
}

function bytesOf(part: string, what: string): Uint8Array {
  const bytes = decodeBase64Url(part)
  if ('problem' in bytes) throw failure(`${what}${bytes.problem}`)
  return bytes
}

function headerOf({ header }: Token): ObjectValue {
  const text = fromBytes(bytesOf(header, 'JWT header had invalid encoding: '))
  const document = jsonOf(text, 'bad JWT header: ')
  if (get(document, 'enc') !== undefined) throw failure('JWT is a JWE object, which is not supported')
  return document
}

function jsonOf(text: string, prefix = ''): ObjectValue {
  let document: Value
  try {
    document = readJson(text)
  } catch (error) {
    throw failure(`${prefix}invalid JSON: ${(error as Error).message}`)
  }
  if (!isObject(document)) throw failure(`${prefix}decoded JSON type was not an Object`)
  return document
}

function decode(text: string, context: BuiltinContext, depth: number): Value {
  const token = splitToken(text)
  const header = headerOf(token)
  const payload = fromBytes(bytesOf(token.payload, 'JWT payload had invalid encoding: '))
  if (get(header, 'cty') === 'JWT') {
    if (depth === 0) throw failure('tokens nest too deep')
    context.spend(payload.length)
    return decode(unquoted(payload), context, depth - 1)
  }
  const document = jsonOf(payload)
  const signature = bytesOf(token.signature, 'JWT signature had invalid encoding: ')
  return [header, document, bytesToHex(signature)]
}

/** A token within a token stands in quotes. */
function unquoted(payload: string): string {
  return payload.startsWith('"') && payload.length > 1 ? payload.slice(1, -1) : payload
}

/** The text that a header has at a key; empty where it has none. */
function headerText(header: ObjectValue, key: string): string {
  const value = get(header, key)
  return typeof value === 'string' ? value : ''
}

function isVerified(token: Token, keyText: string, algorithm: string, context: BuiltinContext): boolean {
  const message = toBytes(`${token.header}.${token.payload}`)
  const found = findAlgorithm(algorithm)
  if (found === undefined) return false
  if (found.family === 'HS') {
    return isSame(authenticate(found, toBytes(keyText), message), bytesOf(token.signature, ''))
  }
  const keys = keysIn(keyText, context)
  const signature = bytesOf(token.signature, '')
  const header = headerOf(token)
  return fits(keys, header, (key) => {
    context.spend(SIGNATURE_STEPS)
    return !isPrivate(key) && verify(found, key, message, signature)
  })
}

/** Private keys only sign. */
function isPrivate(key: Jwk['key']): boolean {
  return 'privateExponent' in key || 'scalar' in key || 'seed' in key
}

/** Whether one of the keys fits: that of the header's id if there is one, else all whose algorithm is not another one. */
function fits(keys: readonly Jwk[], header: ObjectValue, isFitting: (key: Jwk['key']) => boolean): boolean {
  const id = headerText(header, 'kid')
  const named = id === '' ? undefined : keys.find((key) => key.id === id)
  if (named !== undefined) return isFitting(named.key)
  const algorithm = headerText(header, 'alg')
  return keys.some((key) => (key.algorithm === undefined || key.algorithm === algorithm) && isFitting(key.key))
}

/** The keys of a certificate, a public key or a set of keys, kept for the evaluation. */
function keysIn(text: string, context: BuiltinContext): readonly Jwk[] {
  return keep(context, JWT, MOST_KEPT, text, () => readKeys(text, context))
}

function readKeys(text: string, context: BuiltinContext): readonly Jwk[] {
  try {
    context.spend(SIGNATURE_STEPS)
    const block = readPem(text)
    if (block === undefined) return readJwks(keyDocument(text))
    if (block.rest !== '') throw failure('extra data after a PEM certificate block')
    if (block.label !== 'CERTIFICATE' && block.label !== 'PUBLIC KEY') {
      throw failure('failed to extract a Key from the PEM certificate')
    }
    const key = inPem(block.label, () =>
      block.label === 'CERTIFICATE' ? readCertificate(block.bytes).publicKey : readPublicKey(block.bytes),
    )
    if (key === undefined) throw failure('failed to extract a Key from the PEM certificate')
    return [{ key, algorithm: undefined, id: undefined }]
  } catch (error) {
    throw error instanceof CryptographyError ? failure(error.message) : error
  }
}

function keyDocument(text: string): Value {
  try {
    return readJson(text)
  } catch (error) {
    throw failure(`failed to parse a JWK key (set): ${(error as Error).message}`)
  }
}

function inPem<T>(label: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    const what = label === 'CERTIFICATE' ? 'certificate' : 'public key'
    throw error instanceof CryptographyError ? failure(`failed to parse a PEM ${what}: ${error.message}`) : error
  }
}

function encodeSigned(header: string, payload: string, keyText: string, context: BuiltinContext): string {
  try {
    const [jwk] = readJwks(keyDocument(keyText))
    if (jwk === undefined) throw failure('failed to parse a JWK key (set): no keys')
    const { algorithm, isToken } = signingHeader(header)
    if (isToken && !isJson(payload)) throw failure('type is JWT but payload is not JSON')
    const found = findAlgorithm(algorithm)
    if (found === undefined) throw failure(`unknown JWS algorithm: ${algorithm}`)
    const message = `${encodeBase64Url(toBytes(header))}.${encodeBase64Url(toBytes(payload))}`
    context.spend(SIGNATURE_STEPS * 20)
    const signature = sign(found, jwk.key, toBytes(message), context.randomBytes)
    return `${message}.${encodeBase64Url(signature)}`
  } catch (error) {
    throw error instanceof CryptographyError ? failure(error.message) : error
  }
}

/** What the header of a new token says: without a type that is a text it is a JWT. */
function signingHeader(text: string): { readonly algorithm: string; readonly isToken: boolean } {
  let header: Value
  try {
    header = readJson(text)
  } catch {
    throw failure("missing or invalid 'alg' header: cannot parse JSON")
  }
  const algorithm = isObject(header) ? get(header, 'alg') : undefined
  if (algorithm === undefined) throw failure(`missing or invalid 'alg' header: jwsbb: header "alg" not found`)
  if (typeof algorithm !== 'string') throw failure("missing or invalid 'alg' header: it is no string")
  const type = get(header as ObjectValue, 'typ')
  return { algorithm, isToken: typeof type !== 'string' || type === 'JWT' }
}

function isJson(text: string): boolean {
  try {
    readJson(text)
    return true
  } catch {
    return false
  }
}

const UNVERIFIED: Value = [false, {}, {}]
/** Headers that are understood, and texts. */
const UNDERSTOOD = ['alg', 'kid', 'typ', 'cty'] as const

function decodeVerified(text: string, object: ObjectValue, context: BuiltinContext): Value {
  const constraints = constraintsIn(object, context)
  let left = text
  for (let depth = 0; ; depth++) {
    if (depth > MOST_NESTED) throw failure('tokens nest too deep')
    const token = splitToken(left)
    const header = headerOf(token)
    if (!isHeaderValid(header)) return UNVERIFIED
    if (constraints.alg !== '' && constraints.alg !== headerText(header, 'alg')) return UNVERIFIED
    if (!isSigned(token, header, constraints, context)) return UNVERIFIED
    const payload = fromBytes(bytesOf(token.payload, 'JWT payload had invalid encoding: '))
    if (headerText(header, 'cty').toUpperCase() === 'JWT') {
      context.spend(payload.length)
      left = payload
      continue
    }
    const document = jsonOf(payload)
    return isAcceptable(document, constraints) ? [true, header, document] : UNVERIFIED
  }
}

function constraintsIn(object: ObjectValue, context: BuiltinContext): Constraints {
  const now = numberFromParts(context.now, 0)
  const constraints: Constraints = { keys: undefined, secret: undefined, alg: '', iss: '', aud: '', time: now }
  for (const key of keysOf(object)) {
    const value = get(object, key) as Value
    switch (key) {
      case 'cert':
        constraints.keys = keysIn(constraintText(key, value), context)
        break
      case 'secret':
        if (constraintText(key, value) !== '') constraints.secret = toBytes(value as string)
        break
      case 'alg':
      case 'iss':
      case 'aud':
        constraints[key] = constraintText(key, value)
        break
      case 'time':
        if (!isNumber(value)) throw failure('token time constraint: must be a number')
        if (compareNumbers(value, 0) < 0) throw failure('token time constraint: must not be negative')
        constraints.time = value
        break
      default:
        throw failure(`unknown token validation constraint: ${valueText(key)}`)
    }
  }
  if (constraints.keys !== undefined && constraints.secret !== undefined) throw failure('duplicate key constraints')
  if (constraints.keys === undefined && constraints.secret === undefined) throw failure('no key constraint')
  return constraints
}

function constraintText(name: string, value: Value): string {
  if (typeof value !== 'string') throw failure(`${name} constraint: must be a string`)
  return value
}

/** Whether a header names an algorithm, and none that must be understood and is not. */
function isHeaderValid(header: ObjectValue): boolean {
  for (const name of UNDERSTOOD) {
    const value = get(header, name)
    if (value !== undefined && typeof value !== 'string') throw failure(`${name} header must be a string`)
  }
  const critical = get(header, 'crit')
  if (critical !== undefined) {
    const isList = Array.isArray(critical) && critical.length > 0 && critical.every((name) => typeof name === 'string')
    if (!isList) throw failure('crit header must be a list of strings')
    const unknown = (critical as readonly string[]).filter((name) => !UNDERSTOOD.some((known) => known === name))
    if (unknown.some((name) => name !== 'crit' && get(header, name) !== undefined)) return false
  }
  return headerText(header, 'alg') !== ''
}

function isSigned(token: Token, header: ObjectValue, { keys, secret }: Constraints, context: BuiltinContext): boolean {
  const signature = bytesOf(token.signature, 'JWT signature had invalid encoding: ')
  const algorithm = findAlgorithm(headerText(header, 'alg'))
  if (algorithm === undefined) return false
  const message = toBytes(`${token.header}.${token.payload}`)
  if (secret !== undefined) {
    return algorithm.family === 'HS' && isSame(authenticate(algorithm, secret, message), signature)
  }
  return fits(keys ?? [], header, (key) => {
    context.spend(SIGNATURE_STEPS)
    return verify(algorithm, key, message, signature)
  })
}

/** Whether the registered claims suit: issuer, audience, time. */
function isAcceptable(payload: ObjectValue, { iss, aud, time }: Constraints): boolean {
  if (iss !== '' && get(payload, 'iss') !== iss) return false
  const audience = get(payload, 'aud')
  if (audience === undefined ? aud !== '' : !isAudience(audience, aud)) return false
  const { digits, exponent } = partsOf(time)
  const seconds = numberFromParts(digits, exponent - 9)
  const expires = claimTime(payload, 'exp')
  if (expires !== undefined && compareNumbers(seconds, expires) >= 0) return false
  const begins = claimTime(payload, 'nbf')
  return begins === undefined || compareNumbers(seconds, begins) >= 0
}

function isAudience(audience: Value, wanted: string): boolean {
  return Array.isArray(audience) ? (audience as readonly Value[]).includes(wanted) : audience === wanted
}

function claimTime(payload: ObjectValue, name: string): NumberValue | undefined {
  const value = get(payload, name)
  if (value === undefined) return undefined
  if (!isNumber(value)) throw failure(`${name} value must be a number`)
  return value
}
