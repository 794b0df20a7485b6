/** RSA signatures: RFC 8017, sections 8.1 and 8.2. */
import { concatBytes, hexBytes } from '@kubescape/go'

import { bytesOf, unsignedOf } from './der-fields.ts'
import { type Digest, isSame } from './digest.ts'
import type { RsaPrivateKey, RsaPublicKey } from './keys.ts'

/** Keys of fewer bits protect nothing; larger ones would take too long. */
const LEAST_BITS = 1024
const MOST_BITS = 8192

/** The beginning of what PKCS #1 signs, by hash: an identifier in DER. */
const PREFIXES: Readonly<Record<Digest['name'], string>> = {
  sha1: '3021300906052b0e03021a05000414',
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
}

/** Whether a key is of a size that is worked with. */
function isUsable({ modulus, exponent }: RsaPublicKey): boolean {
  const bits = bitLength(modulus)
  return bits >= LEAST_BITS && bits <= MOST_BITS && exponent > 1n && exponent < 1n << 31n && (exponent & 1n) === 1n
}

/** Whether a PKCS #1 v1.5 signature fits a message. */
export function verifyPkcs1(key: RsaPublicKey, digest: Digest, message: Uint8Array, signature: Uint8Array): boolean {
  const encoded = open(key, signature)
  const wanted = pkcs1Encoded(key, digest, message)
  return encoded !== undefined && wanted !== undefined && isSame(encoded, wanted)
}

/** A PKCS #1 v1.5 signature; undefined when the key is too small, or no key that is worked with. */
export function signPkcs1(key: RsaPrivateKey, digest: Digest, message: Uint8Array): Uint8Array | undefined {
  const encoded = pkcs1Encoded(key, digest, message)
  return encoded && seal(key, encoded)
}

/** Whether a PSS signature fits a message, with salt of any length. */
export function verifyPss(key: RsaPublicKey, digest: Digest, message: Uint8Array, signature: Uint8Array): boolean {
  const opened = open(key, signature)
  if (opened === undefined) return false
  const bits = bitLength(key.modulus) - 1
  const length = Math.ceil(bits / 8)
  const encoded = opened.subarray(opened.length - length)
  const hashed = digest.hash(message)
  const hashAt = length - hashed.length - 1
  if (hashAt < 1 || encoded[length - 1] !== 0xbc || opened.subarray(0, opened.length - length).some(Boolean))
    return false
  const hash = encoded.subarray(hashAt, length - 1)
  const spare = 0xff >> (8 * length - bits)
  if (((encoded[0] ?? 0) & ~spare) !== 0) return false
  const block = masked(encoded.subarray(0, hashAt), hash, digest)
  block[0] = (block[0] ?? 0) & spare
  const start = block.findIndex((byte) => byte !== 0)
  if (start < 0 || block[start] !== 1) return false
  return isSame(hash, digest.hash(concatBytes(new Uint8Array(8), hashed, block.subarray(start + 1))))
}

/** A PSS signature with salt as long as the hash; undefined as for PKCS #1. */
export function signPss(
  key: RsaPrivateKey,
  digest: Digest,
  message: Uint8Array,
  randomBytes: (count: number) => Uint8Array,
): Uint8Array | undefined {
  const hashed = digest.hash(message)
  const bits = bitLength(key.modulus) - 1
  const length = Math.ceil(bits / 8)
  const padding = length - 2 * hashed.length - 2
  if (padding < 0) return undefined
  const salt = randomBytes(hashed.length)
  const hash = digest.hash(concatBytes(new Uint8Array(8), hashed, salt))
  const block = masked(concatBytes(new Uint8Array(padding), Uint8Array.of(1), salt), hash, digest)
  block[0] = (block[0] ?? 0) & (0xff >> (8 * length - bits))
  return seal(key, concatBytes(block, hash, Uint8Array.of(0xbc)))
}

/** Number of bits of a number. */
function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length
}

function pkcs1Encoded(key: RsaPublicKey, digest: Digest, message: Uint8Array): Uint8Array | undefined {
  const length = Math.ceil(bitLength(key.modulus) / 8)
  const content = concatBytes(hexBytes(PREFIXES[digest.name]), digest.hash(message))
  if (length < content.length + 11) return undefined
  const padding = new Uint8Array(length - content.length - 3).fill(0xff)
  return concatBytes(Uint8Array.of(0, 1), padding, Uint8Array.of(0), content)
}

function open(key: RsaPublicKey, signature: Uint8Array): Uint8Array | undefined {
  if (!isUsable(key)) return undefined
  const length = Math.ceil(bitLength(key.modulus) / 8)
  const value = unsignedOf(signature)
  if (signature.length !== length || value >= key.modulus) return undefined
  return bytesOf(power(value, key.exponent, key.modulus), length)
}

function seal(key: RsaPrivateKey, encoded: Uint8Array): Uint8Array | undefined {
  if (!isUsable(key) || key.privateExponent >= key.modulus || key.privateExponent <= 0n) return undefined
  const length = Math.ceil(bitLength(key.modulus) / 8)
  return bytesOf(power(unsignedOf(encoded), key.privateExponent, key.modulus), length)
}

/** `base` to the power of `exponent`, modulo `modulus`. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  const remainder = base % modulus
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus
    if (bit === '1') result = (result * remainder) % modulus
  }
  return result
}

/** A block with the mask of MGF1 over a seed; a copy. */
function masked(block: Uint8Array, seed: Uint8Array, digest: Digest): Uint8Array {
  const result = Uint8Array.from(block)
  for (let counter = 0, at = 0; at < result.length; counter++) {
    const mask = digest.hash(concatBytes(seed, bytesOf(BigInt(counter), 4)))
    for (const byte of mask) {
      if (at === result.length) break
      result[at] = (result[at] ?? 0) ^ byte
      at++
    }
  }
  return result
}
