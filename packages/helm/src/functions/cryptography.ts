/** sprig's functions for checksums, passwords and encryption. */
import {
  bytesToHex,
  concatBytes,
  decodeBase64,
  encodeBase64,
  fromBytes,
  sha1,
  sha256,
  sha512,
  toBytes,
} from '@kubescape/go'
import { BLOCK_BYTES, decryptCbc, encryptCbc } from '../cryptography/aes.ts'
import { bcryptHash } from '../cryptography/bcrypt.ts'
import { derivePassword } from '../cryptography/derived-password.ts'
import { type CallContext, FunctionError, type GoFunction } from '@kubescape/go-template'
import type { FunctionFamily } from './index.ts'

/** Functions that are slow on purpose take so many steps of a rendering, which leaves room for ten to twenty calls. */
const BCRYPT_STEPS = 500_000
const SCRYPT_STEPS = 1_000_000
/** For each character. */
const AES_STEPS = 4
const BCRYPT_COST = 10

const adler32sum: GoFunction = {
  parameters: ['string'],
  call: ([text], context) => {
    context.spend((text as string).length)
    let [low, high] = [1, 0]
    for (const byte of toBytes(text as string)) {
      low = (low + byte) % 65_521
      high = (high + low) % 65_521
    }
    return String(high * 65_536 + low)
  },
}

const bcrypt: GoFunction = { parameters: ['string'], call: ([text], context) => hashPassword(text as string, context) }

const htpasswd: GoFunction = {
  parameters: ['string', 'string'],
  call: ([user, password], context) =>
    (user as string).includes(':')
      ? `invalid username: ${user as string}`
      : `${user as string}:${hashPassword(password as string, context)}`,
}

const derivedPassword: GoFunction = {
  parameters: ['uint32', 'string', 'string', 'string', 'string'],
  call: ([counter, kind, password, user, site], context) => {
    context.spend(SCRYPT_STEPS)
    const derived = derivePassword({
      counter: Number((counter as { value: bigint }).value),
      kind: kind as string,
      password: password as string,
      user: user as string,
      site: site as string,
    })
    return derived ?? `cannot find password template ${kind as string}`
  },
}

const encryptAes: GoFunction = {
  parameters: ['string', 'string'],
  call: ([password, text], context) => {
    if (text === '') return ''
    context.spend(AES_STEPS * (text as string).length)
    context.synthetic()
    const start = context.randomBytes(BLOCK_BYTES)
    return encodeBase64(concatBytes(start, encryptCbc(aesKey(password as string), start, toBytes(text as string))))
  },
}

const decryptAes: GoFunction = {
  parameters: ['string', 'string'],
  call: ([password, text], context) => {
    if (text === '') return ''
    context.spend(AES_STEPS * (text as string).length)
    const bytes = decodeBase64(text as string)
    if ('problem' in bytes) throw new FunctionError(bytes.problem)
    if (bytes.length < 2 * BLOCK_BYTES || bytes.length % BLOCK_BYTES !== 0) {
      throw new FunctionError('crypto/cipher: input not full blocks')
    }
    const [start, blocks] = [bytes.subarray(0, BLOCK_BYTES), bytes.subarray(BLOCK_BYTES)]
    const decrypted = decryptCbc(aesKey(password as string), start, blocks)
    const padding = decrypted.at(-1) ?? 0
    if (padding > decrypted.length)
      throw new FunctionError(`slice bounds out of range [:${decrypted.length - padding}]`)
    return fromBytes(decrypted.subarray(0, decrypted.length - padding))
  },
}

/** `sha256sum`, `htpasswd`, `encryptAES` and the like. */
export const cryptographyFunctions: FunctionFamily = new Map([
  ['sha1sum', checksum(sha1)],
  ['sha256sum', checksum(sha256)],
  ['sha512sum', checksum(sha512)],
  ['adler32sum', adler32sum],
  ['bcrypt', bcrypt],
  ['htpasswd', htpasswd],
  ['derivePassword', derivedPassword],
  ['encryptAES', encryptAes],
  ['decryptAES', decryptAes],
])

function checksum(hash: (bytes: Uint8Array) => Uint8Array): GoFunction {
  return {
    parameters: ['string'],
    call: ([text], context) => {
      context.spend((text as string).length)
      return bytesToHex(hash(toBytes(text as string)))
    },
  }
}

function hashPassword(password: string, context: CallContext): string {
  const bytes = toBytes(password)
  if (bytes.length > 72) return 'failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes'
  context.spend(BCRYPT_STEPS)
  context.synthetic()
  return bcryptHash(bytes, context.randomBytes(16), BCRYPT_COST)
}

/** The first 32 bytes of a password, filled up with zeros. */
function aesKey(password: string): Uint8Array {
  const key = new Uint8Array(32)
  key.set(toBytes(password).subarray(0, key.length))
  return key
}
