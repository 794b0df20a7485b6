/** Keys as JSON: RFC 7517, RFC 7518 and RFC 8037. */
import { decodeBase64, encodeBase64 } from '@kubescape/go'

import { isObject } from '../values/object.ts'
import { type ObjectValue, type PlainObject, type Value, get } from '../values/value.ts'
import { curveOf, ed25519PublicKey, isCurveName, isOnCurve, publicPointOf } from './curves.ts'
import { bytesOf, unsignedOf } from './der-fields.ts'
import { inverse } from './certificate-json.ts'
import { CryptographyError } from './failure.ts'
import type { PrivateKey, PublicKey } from './keys.ts'

/** A key of HMAC. */
interface SecretKey {
  readonly kind: 'oct'
  readonly bytes: Uint8Array
}

/** A key and what its JSON says about it. */
export interface Jwk {
  readonly key: PublicKey | PrivateKey | SecretKey
  readonly algorithm: string | undefined
  readonly id: string | undefined
}

/** Algorithms of signatures and of encryption: RFC 7518, sections 3.1 and 4.1. */
const ALGORITHMS =
  /^(?:none|dir|EdDSA|ES256K|[HREP]S(?:256|384|512)|RSA1_5|RSA-OAEP(?:-(?:256|384|512))?|(?:ECDH-ES\+)?A(?:128|192|256)KW|ECDH-ES|A(?:128|192|256)GCMKW|PBES2-HS(?:256\+A128|384\+A192|512\+A256)KW)$/

/** Other members that are texts. */
const TEXTS = ['use', 'x5u', 'x5t', 'x5t#S256'] as const

/** Keys of a set at most. */
const MOST_KEYS = 1000

/** Bytes in base64 for URLs, without padding. */
export function encodeBase64Url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** The bytes of base64 for URLs, with padding or without; a text says where it goes wrong. */
export function decodeBase64Url(text: string): Uint8Array | { readonly problem: string } {
  const bare = text.length % 4 === 0 ? text.replace(/={1,2}$/, '') : text
  const place = bare.search(/[^A-Za-z0-9_-]/)
  if (place >= 0) return { problem: `illegal base64 data at input byte ${place}` }
  if (bare.length % 4 === 1) return { problem: `illegal base64url string: ${text.slice(0, 100)}` }
  const standard = bare.replaceAll('-', '+').replaceAll('_', '/')
  return decodeBase64(standard.padEnd(Math.ceil(standard.length / 4) * 4, '='))
}

/**
 * The keys of a document: one key, or the `keys` of a set.
 * @throws {CryptographyError}
 */
export function readJwks(document: Value): Jwk[] {
  if (!isObject(document)) throw new CryptographyError('failed to parse a JWK key (set): not an object')
  const keys = get(document, 'keys')
  if (!Array.isArray(keys)) return [readJwk(document)]
  if (keys.length > MOST_KEYS) throw new CryptographyError('failed to parse a JWK key (set): too many keys')
  return (keys as readonly Value[]).map((key) => {
    if (!isObject(key)) throw new CryptographyError('failed to parse a JWK key (set): a key is no object')
    return readJwk(key)
  })
}

/** A private key as JSON. */
export function privateKeyJwk(key: PrivateKey): PlainObject {
  switch (key.kind) {
    case 'RSA': {
      const [p = 1n, q = 1n] = key.primes
      const { privateExponent: d } = key
      return {
        kty: 'RSA',
        n: number(key.modulus),
        e: number(key.exponent),
        d: number(d),
        p: number(p),
        q: number(q),
        dp: number(d % (p - 1n)),
        dq: number(d % (q - 1n)),
        qi: number(inverse(q, p)),
      }
    }
    case 'EC': {
      const { size } = curveOf(key.curve)
      return {
        kty: 'EC',
        crv: key.curve,
        d: number(key.scalar, size),
        x: encodeBase64Url(key.point.subarray(1, size + 1)),
        y: encodeBase64Url(key.point.subarray(size + 1)),
      }
    }
    default:
      return { kty: 'OKP', crv: 'Ed25519', d: encodeBase64Url(key.seed), x: encodeBase64Url(key.bytes) }
  }
}

function number(value: bigint, length?: number): string {
  return encodeBase64Url(bytesOf(value, length))
}

function readJwk(document: ObjectValue): Jwk {
  const text = (name: string): string | undefined => {
    const value = get(document, name)
    if (value !== undefined && typeof value !== 'string') throw wrong(`${name} is no text`)
    return value
  }
  const algorithm = text('alg')
  if (algorithm !== undefined && !ALGORITHMS.test(algorithm)) throw wrong(`invalid key algorithm ${algorithm}`)
  for (const name of TEXTS) text(name)
  const operations = get(document, 'key_ops')
  if (operations !== undefined && !isListOfTexts(operations)) throw wrong('key_ops is no list of texts')
  return { key: keyOf(text), algorithm, id: text('kid') }
}

function isListOfTexts(value: Value): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function keyOf(text: (name: string) => string | undefined): Jwk['key'] {
  const optional = (name: string): Uint8Array | undefined => {
    const value = text(name)
    const bytes = value === undefined ? undefined : decodeBase64Url(value)
    if (bytes !== undefined && 'problem' in bytes) throw wrong(`${name}: ${bytes.problem}`)
    return bytes
  }
  const required = (name: string): Uint8Array => {
    const bytes = optional(name)
    if (bytes === undefined || bytes.length === 0) throw wrong(`${name} is missing`)
    return bytes
  }
  const type = text('kty') ?? ''
  switch (type) {
    case 'oct':
      return { kind: 'oct', bytes: required('k') }
    case 'RSA': {
      const key = { kind: 'RSA', modulus: unsignedOf(required('n')), exponent: unsignedOf(required('e')) } as const
      if (key.modulus === 0n || key.exponent === 0n) throw wrong('n and e must not be zero')
      const d = optional('d')
      if (d === undefined) return key
      const primes = ['p', 'q'].map(optional).filter((prime) => prime !== undefined)
      return { ...key, privateExponent: unsignedOf(d), primes: primes.map(unsignedOf) }
    }
    case 'EC': {
      const curve = text('crv') ?? ''
      if (!isCurveName(curve)) throw wrong(`invalid elliptic curve ${curve}`)
      const { size, order } = curveOf(curve)
      const [x, y] = [unsignedOf(required('x')), unsignedOf(required('y'))]
      const d = optional('d')
      const point = Uint8Array.from([4, ...bytesOf(x, size), ...bytesOf(y, size)])
      if (!isOnCurve(curve, point)) throw wrong('the point is not on the curve')
      if (d === undefined) return { kind: 'EC', curve, point }
      const scalar = unsignedOf(d)
      if (scalar <= 0n || scalar >= order) throw wrong('invalid private key')
      return { kind: 'EC', curve, scalar, point: publicPointOf(curve, scalar) }
    }
    case 'OKP': {
      if (text('crv') !== 'Ed25519') throw wrong('invalid curve of an OKP key')
      const bytes = required('x')
      const seed = optional('d')
      if (bytes.length !== 32 || (seed !== undefined && seed.length !== 32)) throw wrong('invalid length of a key')
      return seed === undefined ? { kind: 'Ed25519', bytes } : { kind: 'Ed25519', seed, bytes: ed25519PublicKey(seed) }
    }
    default:
      throw wrong(`invalid key type from JSON (${type})`)
  }
}

function wrong(reason: string): CryptographyError {
  return new CryptographyError(`failed to parse a JWK key (set): ${reason}`)
}
