/** Passwords that are computed from a master password: the algorithm "Master Password", version 3. */
import { concatBytes, hmac, scrypt, sha256, toBytes } from '@kubescape/go'

/** Shapes of passwords by kind; each letter is a key of `CHARACTERS`. */
const SHAPES: ReadonlyMap<string, string> = new Map([
  ['maximum', 'anoxxxxxxxxxxxxxxxxx axxxxxxxxxxxxxxxxxno'],
  [
    'long',
    'CvcvnoCvcvCvcv CvcvCvcvnoCvcv CvcvCvcvCvcvno CvccnoCvcvCvcv CvccCvcvnoCvcv CvccCvcvCvcvno CvcvnoCvccCvcv ' +
      'CvcvCvccnoCvcv CvcvCvccCvcvno CvcvnoCvcvCvcc CvcvCvcvnoCvcc CvcvCvcvCvccno CvccnoCvccCvcv CvccCvccnoCvcv ' +
      'CvccCvccCvcvno CvcvnoCvccCvcc CvcvCvccnoCvcc CvcvCvccCvccno CvccnoCvcvCvcc CvccCvcvnoCvcc CvccCvcvCvccno',
  ],
  ['medium', 'CvcnoCvc CvcCvcno'],
  ['short', 'Cvcn'],
  ['basic', 'aaanaaan aannaaan aaannaaa'],
  ['pin', 'nnnn'],
])

const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['V', 'AEIOU'],
  ['C', 'BCDFGHJKLMNPQRSTVWXYZ'],
  ['v', 'aeiou'],
  ['c', 'bcdfghjklmnpqrstvwxyz'],
  ['A', 'AEIOUBCDFGHJKLMNPQRSTVWXYZ'],
  ['a', 'AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz'],
  ['n', '0123456789'],
  ['o', "@&%?,=[]_:-+*$#!'^~;()/."],
  ['x', 'AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()'],
])

const SCOPE = 'com.lyndir.masterpassword'

/** What the password is for. */
export interface PasswordRequest {
  readonly counter: number
  readonly kind: string
  readonly password: string
  readonly user: string
  readonly site: string
}

/** The password; undefined when there is no such kind. Takes 32 MiB of memory and a part of a second. */
export function derivePassword({ counter, kind, password, user, site }: PasswordRequest): string | undefined {
  const shapes = SHAPES.get(kind)?.split(' ')
  if (shapes === undefined) return undefined
  const salt = concatBytes(toBytes(SCOPE), withLength(user))
  const key = scrypt(toBytes(password), salt, { N: 32_768, r: 8, p: 2, dkLen: 64 })
  const seed = hmac(sha256, key, concatBytes(toBytes(SCOPE), withLength(site), bigEndian(counter)))
  const shape = shapes[(seed[0] ?? 0) % shapes.length] ?? ''
  return Array.from(shape, (letter, at) => {
    const characters = CHARACTERS.get(letter) ?? ''
    return characters[(seed[at + 1] ?? 0) % characters.length] ?? ''
  }).join('')
}

function withLength(text: string): Uint8Array {
  const bytes = toBytes(text)
  return concatBytes(bigEndian(bytes.length), bytes)
}

function bigEndian(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}
