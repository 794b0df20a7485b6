/**
 * Keys that stand where Helm would make new ones. They are the same for everybody and come from a sentence, so nobody should
 * ever trust them: they are there to be of the right form and size. Making real ones takes seconds, and would give another
 * result each time.
 */
import { TAG, bitString, element, encodePem, hexBytes, integer, objectId, sequence } from '@kubescape/go'

/** Kinds of keys that templates can ask for. */
export type KeyKind = 'rsa' | 'dsa' | 'ecdsa' | 'ed25519'

/** Each is 32 characters, so that it fills numbers of any of the sizes. */
const SENTENCES = {
  first: 'a placeholder, not a key: first.',
  second: 'a placeholder, not a key: 2nd...',
  order: 'a placeholder, not a key: order.',
}
const EXPONENT = 65_537n

/** What of an RSA key goes into a certificate and into the text of the key. */
export interface RsaKey {
  /** A public key as certificates have it. */
  readonly publicKey: Uint8Array
  /** PEM of PKCS #1. */
  readonly privateKey: string
}

const keys = new Map<KeyKind, string>()

/** A key in the form in which Go writes this kind. */
export function placeholderKey(kind: KeyKind): string {
  const key = keys.get(kind) ?? makeKey(kind)
  keys.set(kind, key)
  return key
}

function makeKey(kind: KeyKind): string {
  switch (kind) {
    case 'rsa':
      return rsaKey(4096).privateKey
    case 'dsa':
      return dsaKey()
    case 'ecdsa':
      return ecdsaKey()
    default:
      return ed25519Key()
  }
}

const rsaKeys = new Map<number, RsaKey>()

/** The RSA key of 2048 or 4096 bits. */
export function rsaKey(bits: 2048 | 4096): RsaKey {
  const known = rsaKeys.get(bits)
  if (known !== undefined) return known
  const [first, second] = bits === 2048 ? RSA_OFFSETS.small : RSA_OFFSETS.large
  const p = sentenceNumber(SENTENCES.first, bits / 2) + first
  const q = sentenceNumber(SENTENCES.second, bits / 2) + second
  const modulus = p * q
  const secret = inverse(EXPONENT, (p - 1n) * (q - 1n))
  const numbers = [0n, modulus, EXPONENT, secret, p, q, secret % (p - 1n), secret % (q - 1n), inverse(q, p)]
  const key = {
    publicKey: sequence(
      sequence(objectId('1.2.840.113549.1.1.1'), element(0x05)),
      bitString(sequence(integer(modulus), integer(EXPONENT))),
    ),
    privateKey: encodePem('RSA PRIVATE KEY', sequence(...numbers.map(integer))),
  }
  rsaKeys.set(bits, key)
  return key
}

/** How far the next prime is from the number of a sentence. */
const RSA_OFFSETS = { small: [121n, 271n], large: [2641n, 805n] } as const

/** The number that a sentence is, repeated to so many bits, the highest two of them set. */
function sentenceNumber(sentence: string, bits: number): bigint {
  const hex = Array.from(sentence, (char) => char.charCodeAt(0).toString(16)).join('')
  return BigInt(`0x${hex.repeat(bits / 8 / sentence.length)}`) | (3n << BigInt(bits - 2))
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b] = [value % modulus, modulus]
  let [x, y] = [1n, 0n]
  while (b !== 0n) {
    const quotient = a / b
    ;[a, b] = [b, a - quotient * b]
    ;[x, y] = [y, x - quotient * y]
  }
  return x < 0n ? x + modulus : x
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

/** A prime of 2048 bits with one of 256 that divides its predecessor. */
function dsaKey(): string {
  const q = sentenceNumber(SENTENCES.order, 256) + DSA_OFFSETS.q
  const near = sentenceNumber(SENTENCES.first, 2048)
  const p = near - (near % (2n * q)) + 1n + 2n * q * DSA_OFFSETS.p
  const generator = power(2n, (p - 1n) / q, p)
  const secret = sentenceNumber(SENTENCES.first, 256) % q
  const numbers = [0n, p, q, generator, power(generator, secret, p), secret]
  return encodePem('DSA PRIVATE KEY', sequence(...numbers.map(integer)))
}

const DSA_OFFSETS = { q: 47n, p: 548n } as const

/** On the curve P-256. */
function ecdsaKey(): string {
  const secret = element(TAG.octetString, sentenceBytes())
  const curve = element(0xa0, objectId('1.2.840.10045.3.1.7'))
  const point = element(0xa1, bitString(hexBytes(`04${EC_POINT}`)))
  return encodePem('EC PRIVATE KEY', sequence(integer(1n), secret, curve, point))
}

const EC_POINT =
  '2fbbab10756523571cb0d93fbc79dc720887c9ad260a622a762fdbe448a871a4' +
  '314d08d8dd6cde3c075c81b9df6eb1f93f5306989dd614aba73b359b6a9911fd'

function ed25519Key(): string {
  const secret = element(TAG.octetString, element(TAG.octetString, sentenceBytes()))
  return encodePem('PRIVATE KEY', sequence(integer(0n), sequence(objectId('1.3.101.112')), secret))
}

function sentenceBytes(): Uint8Array {
  return Uint8Array.from(SENTENCES.first, (char) => char.charCodeAt(0))
}
