/** How certificates are signed: RFC 3279, RFC 4055, RFC 5758 and RFC 8410. */
import type { SignatureAlgorithm } from './certificate.ts'
import { verifyEcdsa, verifyEd25519 } from './curves.ts'
import { DIGESTS, type Digest } from './digest.ts'
import { Fields, fieldsOf } from './der-fields.ts'
import { type PublicKey, readEcSignature } from './keys.ts'
import { verifyPkcs1, verifyPss } from './rsa.ts'

/** A way of signing. */
interface Scheme {
  /** Go's number for it. */
  readonly number: number
  readonly kind: 'pkcs1' | 'pss' | 'ecdsa' | 'ed25519' | 'other'
  /** Undefined for hashes that are broken, and where none is used. */
  readonly digest: Digest | undefined
}

const { sha256, sha384, sha512 } = DIGESTS

const SCHEMES: ReadonlyMap<string, Scheme> = new Map<string, Scheme>([
  ['1.2.840.113549.1.1.2', { number: 1, kind: 'other', digest: undefined }],
  ['1.2.840.113549.1.1.4', { number: 2, kind: 'pkcs1', digest: undefined }],
  ['1.2.840.113549.1.1.5', { number: 3, kind: 'pkcs1', digest: undefined }],
  ['1.3.14.3.2.29', { number: 3, kind: 'pkcs1', digest: undefined }],
  ['1.2.840.113549.1.1.11', { number: 4, kind: 'pkcs1', digest: sha256 }],
  ['1.2.840.113549.1.1.12', { number: 5, kind: 'pkcs1', digest: sha384 }],
  ['1.2.840.113549.1.1.13', { number: 6, kind: 'pkcs1', digest: sha512 }],
  ['1.2.840.10040.4.3', { number: 7, kind: 'other', digest: undefined }],
  ['2.16.840.1.101.3.4.3.2', { number: 8, kind: 'other', digest: sha256 }],
  ['1.2.840.10045.4.1', { number: 9, kind: 'ecdsa', digest: undefined }],
  ['1.2.840.10045.4.3.2', { number: 10, kind: 'ecdsa', digest: sha256 }],
  ['1.2.840.10045.4.3.3', { number: 11, kind: 'ecdsa', digest: sha384 }],
  ['1.2.840.10045.4.3.4', { number: 12, kind: 'ecdsa', digest: sha512 }],
  ['1.3.101.112', { number: 16, kind: 'ed25519', digest: undefined }],
])

const PSS = '1.2.840.113549.1.1.10'
const PSS_SCHEMES: ReadonlyMap<string, Scheme> = new Map<string, Scheme>([
  ['2.16.840.1.101.3.4.2.1', { number: 13, kind: 'pss', digest: sha256 }],
  ['2.16.840.1.101.3.4.2.2', { number: 14, kind: 'pss', digest: sha384 }],
  ['2.16.840.1.101.3.4.2.3', { number: 15, kind: 'pss', digest: sha512 }],
])

/** Salt is as long as the hash; other lengths are not known. */
const SALT_LENGTHS: ReadonlyMap<Digest | undefined, bigint> = new Map([
  [sha256, 32n],
  [sha384, 48n],
  [sha512, 64n],
])

/** The scheme of an algorithm; undefined where it is unknown. */
export function schemeOf({ id, parameters }: SignatureAlgorithm): Scheme | undefined {
  if (id !== PSS) return SCHEMES.get(id)
  if (parameters === undefined) return undefined
  const fields = fieldsOf(parameters, 'signature algorithm')
  const [hash, , salt] = [fields.optional(0xa0), fields.optional(0xa1), fields.optional(0xa2)]
  const scheme = hash && PSS_SCHEMES.get(new Fields(hash.content, 'signature algorithm').sequence().objectId())
  const length = salt && new Fields(salt.content, 'signature algorithm').integer()
  return length === SALT_LENGTHS.get(scheme?.digest) ? scheme : undefined
}

/** Whether a signature by an algorithm fits a message. Signatures over broken hashes never do. */
export function verifySignature(
  algorithm: SignatureAlgorithm,
  key: PublicKey | undefined,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const { kind, digest } = schemeOf(algorithm) ?? {}
  if (key?.kind === 'RSA' && digest !== undefined && (kind === 'pkcs1' || kind === 'pss')) {
    return (kind === 'pss' ? verifyPss : verifyPkcs1)(key, digest, message, signature)
  }
  if (key?.kind === 'EC' && kind === 'ecdsa' && digest !== undefined) {
    const pair = readEcSignature(signature)
    return pair !== undefined && verifyEcdsa(key.curve, key.point, digest.hash(message), pair)
  }
  return key?.kind === 'Ed25519' && kind === 'ed25519' && verifyEd25519(key.bytes, message, signature)
}
