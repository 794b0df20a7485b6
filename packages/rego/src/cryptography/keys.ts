/** Keys of signatures, and reading them from DER: RFC 5280 (public), RFC 8017, RFC 5915 and RFC 5958 (private). */
import { TAG } from '@kubescape/go'

import { type CurveName, curveOf, ed25519PublicKey, isOnCurve, publicPointOf } from './curves.ts'
import { Fields, fieldsOf, integerOf, unsignedOf } from './der-fields.ts'
import { CryptographyError } from './failure.ts'

/** What RSA signatures are checked with. */
export interface RsaPublicKey {
  readonly kind: 'RSA'
  readonly modulus: bigint
  readonly exponent: bigint
}

/** What RSA signatures are made with. */
export interface RsaPrivateKey extends RsaPublicKey {
  readonly privateExponent: bigint
  /** Two primes whose product is the modulus; none where a JWK gives none. */
  readonly primes: readonly bigint[]
}

/** A point on a curve: 4, then both coordinates. */
interface EcPublicKey {
  readonly kind: 'EC'
  readonly curve: CurveName
  readonly point: Uint8Array
}

export interface EcPrivateKey extends EcPublicKey {
  readonly scalar: bigint
}

interface EdPublicKey {
  readonly kind: 'Ed25519'
  readonly bytes: Uint8Array
}

interface EdPrivateKey extends EdPublicKey {
  readonly seed: Uint8Array
}

/** A key of the old DSA, which is read but not used. */
interface DsaPublicKey {
  readonly kind: 'DSA'
  readonly p: bigint
  readonly q: bigint
  readonly g: bigint
  readonly y: bigint
}

export type PublicKey = RsaPublicKey | EcPublicKey | EdPublicKey | DsaPublicKey
export type PrivateKey = RsaPrivateKey | EcPrivateKey | EdPrivateKey

const RSA_ENCRYPTION = '1.2.840.113549.1.1.1'
const EC_PUBLIC_KEY = '1.2.840.10045.2.1'
const ED25519 = '1.3.101.112'
const DSA = '1.2.840.10040.4.1'

const CURVES: ReadonlyMap<string, CurveName> = new Map([
  ['1.2.840.10045.3.1.7', 'P-256'],
  ['1.3.132.0.34', 'P-384'],
  ['1.3.132.0.35', 'P-521'],
])

/**
 * The key of a `SubjectPublicKeyInfo`; undefined where its algorithm is unknown.
 * @throws {CryptographyError}
 */
export function readPublicKey(der: Uint8Array): PublicKey | undefined {
  const info = fieldsOf(der, 'public key')
  const algorithm = info.sequence()
  const id = algorithm.objectId()
  const bits = info.bits()
  switch (id) {
    case RSA_ENCRYPTION:
      return readRsaPublicKey(bits)
    case EC_PUBLIC_KEY: {
      const curve = CURVES.get(algorithm.objectId())
      if (curve === undefined) throw new CryptographyError('x509: unsupported elliptic curve')
      if (!isOnCurve(curve, bits)) throw new CryptographyError('x509: failed to unmarshal elliptic curve point')
      return { kind: 'EC', curve, point: bits }
    }
    case ED25519:
      if (bits.length !== 32) throw new CryptographyError('x509: wrong Ed25519 public key size')
      return { kind: 'Ed25519', bytes: bits }
    case DSA: {
      const parameters = algorithm.sequence()
      const [p, q, g] = [parameters.integer(), parameters.integer(), parameters.integer()]
      return { kind: 'DSA', p, q, g, y: new Fields(bits, 'DSA public key').integer() }
    }
    default:
      return undefined
  }
}

/**
 * The key of an `RSAPublicKey`.
 * @throws {CryptographyError}
 */
function readRsaPublicKey(der: Uint8Array): RsaPublicKey {
  const fields = fieldsOf(der, 'RSA public key')
  const [modulus, exponent] = [fields.integer(), fields.integer()]
  if (modulus <= 0n) throw new CryptographyError('x509: RSA modulus is not a positive number')
  if (exponent <= 0n) throw new CryptographyError('x509: RSA public exponent is not a positive number')
  return { kind: 'RSA', modulus, exponent }
}

/**
 * The key of a `PrivateKeyInfo` (PKCS #8).
 * @throws {CryptographyError}
 */
export function readPkcs8(der: Uint8Array): PrivateKey {
  const info = fieldsOf(der, 'PKCS #8 private key')
  info.integer()
  const algorithm = info.sequence()
  const id = algorithm.objectId()
  const key = info.required(TAG.octetString).content
  if (id === RSA_ENCRYPTION) return readRsaPrivateKey(key)
  if (id === EC_PUBLIC_KEY) return readEcPrivateKey(key, CURVES.get(algorithm.objectId()))
  if (id !== ED25519) throw new CryptographyError(`x509: PKCS #8 private key with unknown algorithm ${id}`)
  const seed = new Fields(key, 'Ed25519 private key').required(TAG.octetString).content
  if (seed.length !== 32) throw new CryptographyError('x509: invalid Ed25519 private key length')
  return { kind: 'Ed25519', seed, bytes: ed25519PublicKey(seed) }
}

/**
 * The key of an `RSAPrivateKey` (PKCS #1).
 * @throws {CryptographyError}
 */
export function readRsaPrivateKey(der: Uint8Array): RsaPrivateKey {
  const fields = fieldsOf(der, 'RSA private key')
  if (fields.integer() !== 0n) throw new CryptographyError('x509: unsupported private key version')
  const [modulus, exponent, privateExponent] = [fields.integer(), fields.integer(), fields.integer()]
  const primes = [fields.integer(), fields.integer()] as const
  const isKey = modulus > 0n && exponent > 1n && privateExponent > 0n && primes.every((prime) => prime > 1n)
  if (!isKey || primes[0] * primes[1] !== modulus) {
    throw new CryptographyError('x509: private key contains numbers that do not belong together')
  }
  return { kind: 'RSA', modulus, exponent, privateExponent, primes }
}

/**
 * The key of an `ECPrivateKey`; `outer` is the curve that stands around it in PKCS #8.
 * @throws {CryptographyError}
 */
export function readEcPrivateKey(der: Uint8Array, outer?: CurveName): EcPrivateKey {
  const fields = fieldsOf(der, 'EC private key')
  if (fields.integer() !== 1n) throw new CryptographyError('x509: unknown EC private key version')
  const scalar = unsignedOf(fields.required(TAG.octetString).content)
  const parameters = fields.optional(0xa0)
  const named = parameters && CURVES.get(new Fields(parameters.content, 'EC private key').objectId())
  const curve = outer ?? named
  if (curve === undefined) throw new CryptographyError('x509: unknown elliptic curve')
  if (scalar <= 0n || scalar >= curveOf(curve).order) {
    throw new CryptographyError('x509: invalid elliptic curve private key value')
  }
  return { kind: 'EC', curve, scalar, point: publicPointOf(curve, scalar) }
}

/**
 * The private key in DER, whichever of the three ways it is written.
 * @throws {CryptographyError}
 */
export function readPrivateKey(der: Uint8Array): PrivateKey {
  for (const read of [readRsaPrivateKey, readPkcs8, (bytes: Uint8Array) => readEcPrivateKey(bytes)]) {
    try {
      return read(der)
    } catch (error) {
      if (!(error instanceof CryptographyError)) throw error
    }
  }
  throw new CryptographyError('failed to parse private key')
}

/** The number pair of a DER signature of ECDSA; undefined when it is none. */
export function readEcSignature(der: Uint8Array): readonly [r: bigint, s: bigint] | undefined {
  try {
    const fields = fieldsOf(der, 'signature')
    const pair = [integerOf(fields.required(TAG.integer)), fields.integer()] as const
    return fields.isDone ? pair : undefined
  } catch (error) {
    if (error instanceof CryptographyError) return undefined
    throw error
  }
}
