/** Builtins for hashes and message authentication codes. */
import { bytesToHex, hmac, md5, sha1, sha256, sha512, toBytes } from '@kubescape/go'

import { BOOLEAN, STRING } from '../types/type.ts'
import { textOperand } from './operands.ts'
import { type Builtin, define } from './builtin.ts'

const HASHES = [
  ['md5', md5],
  ['sha1', sha1],
  ['sha256', sha256],
  ['sha512', sha512],
] as const

/** `crypto.md5`, `crypto.hmac.*` and so on. */
export const CRYPTO: readonly Builtin[] = [
  ...HASHES.filter(([name]) => name !== 'sha512').map(([name, hash]) =>
    define(`crypto.${name}`, [STRING], STRING, (context, value) => {
      const text = textOperand(value, 1)
      context.spend(text.length)
      return bytesToHex(hash(toBytes(text)))
    }),
  ),
  ...HASHES.map(([name, hash]) =>
    define(`crypto.hmac.${name}`, [STRING, STRING], STRING, (context, value, secret) => {
      const text = textOperand(value, 1)
      const key = textOperand(secret, 2)
      context.spend(text.length + key.length)
      return bytesToHex(hmac(hash, toBytes(key), toBytes(text)))
    }),
  ),
  define('crypto.hmac.equal', [STRING, STRING], BOOLEAN, (_, left, right) => {
    const [first, second] = [textOperand(left, 1), textOperand(right, 2)]
    return first === second
  }),
]
