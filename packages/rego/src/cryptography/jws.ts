/** Signatures of tokens: RFC 7515, RFC 7518 and RFC 8037. */
import { hmac, sha256, sha384, sha512 } from '@kubescape/go'

import { curveOf, signEcdsa, signEd25519, verifyEcdsa, verifyEd25519 } from './curves.ts'
import { unsignedOf } from './der-fields.ts'
import { DIGESTS, isSame } from './digest.ts'
import { CryptographyError } from './failure.ts'
import type { Jwk } from './jwk.ts'
import { signPkcs1, signPss, verifyPkcs1, verifyPss } from './rsa.ts'

/** An algorithm by its name in headers. */
interface Algorithm {
  readonly family: 'HS' | 'RS' | 'PS' | 'ES' | 'EdDSA'
  readonly digest: 'sha256' | 'sha384' | 'sha512'
}

const ALGORITHMS: ReadonlyMap<string, Algorithm> = new Map(
  (['HS', 'RS', 'PS', 'ES'] as const).flatMap((family) =>
    (['256', '384', '512'] as const).map((size) => [`${family}${size}`, { family, digest: `sha${size}` }] as const),
  ),
)
const ED_DSA: Algorithm = { family: 'EdDSA', digest: 'sha512' }
const HASHES = { sha256, sha384, sha512 } as const

/** The algorithm of a name; undefined where it is none of those for tokens. */
export function findAlgorithm(name: string): Algorithm | undefined {
  return name === 'EdDSA' ? ED_DSA : ALGORITHMS.get(name)
}

/** The code of a message under a secret. */
export function authenticate(algorithm: Algorithm, secret: Uint8Array, message: Uint8Array): Uint8Array {
  return hmac(HASHES[algorithm.digest], secret, message)
}

/** Whether a signature fits a message. False where the key is of another kind. */
export function verify(algorithm: Algorithm, key: Jwk['key'], message: Uint8Array, signature: Uint8Array): boolean {
  const digest = DIGESTS[algorithm.digest]
  switch (algorithm.family) {
    case 'RS':
      return key.kind === 'RSA' && verifyPkcs1(key, digest, message, signature)
    case 'PS':
      return key.kind === 'RSA' && verifyPss(key, digest, message, signature)
    case 'ES': {
      if (key.kind !== 'EC' || signature.length !== 2 * curveOf(key.curve).size) return false
      const half = signature.length / 2
      const pair = [unsignedOf(signature.subarray(0, half)), unsignedOf(signature.subarray(half))] as const
      return verifyEcdsa(key.curve, key.point, digest.hash(message), pair)
    }
    case 'EdDSA':
      return key.kind === 'Ed25519' && verifyEd25519(key.bytes, message, signature)
    default:
      return key.kind === 'oct' && isSame(authenticate(algorithm, key.bytes, message), signature)
  }
}

/**
 * A signature.
 * @throws {CryptographyError} where the key is of another kind, or too small
 */
export function sign(
  algorithm: Algorithm,
  key: Jwk['key'],
  message: Uint8Array,
  randomBytes: (count: number) => Uint8Array,
): Uint8Array {
  const digest = DIGESTS[algorithm.digest]
  const { family } = algorithm
  let signature: Uint8Array | undefined
  if (family === 'HS' && key.kind === 'oct') signature = authenticate(algorithm, key.bytes, message)
  else if (family === 'RS' && key.kind === 'RSA' && 'privateExponent' in key)
    signature = signPkcs1(key, digest, message)
  else if (family === 'PS' && key.kind === 'RSA' && 'privateExponent' in key) {
    signature = signPss(key, digest, message, randomBytes)
  } else if (family === 'ES' && key.kind === 'EC' && 'scalar' in key) {
    signature = signEcdsa(key.curve, key.scalar, digest.hash(message))
  } else if (family === 'EdDSA' && key.kind === 'Ed25519' && 'seed' in key) signature = signEd25519(key.seed, message)
  if (signature === undefined) throw new CryptographyError(`the key cannot sign by ${family}`)
  return signature
}
