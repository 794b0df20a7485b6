/** sprig's functions for base64 and base32. What cannot be decoded gives the text of the error. */
import { type Corrupt, decodeBase32, decodeBase64, encodeBase32, encodeBase64, fromBytes, toBytes } from '@kubescape/go'
import type { GoFunction } from '@kubescape/go-template'
import type { FunctionFamily } from './index.ts'

/** `b64enc`, `b64dec`, `b32enc` and `b32dec`. */
export const base64Functions: FunctionFamily = new Map([
  ['b64enc', encoder(encodeBase64)],
  ['b64dec', decoder(decodeBase64)],
  ['b32enc', encoder(encodeBase32)],
  ['b32dec', decoder(decodeBase32)],
])

function encoder(encode: (bytes: Uint8Array) => string): GoFunction {
  return {
    parameters: ['string'],
    call: ([text], context) => {
      context.spend((text as string).length)
      return encode(toBytes(text as string))
    },
  }
}

function decoder(decode: (text: string) => Uint8Array | Corrupt): GoFunction {
  return {
    parameters: ['string'],
    call: ([text], context) => {
      context.spend((text as string).length)
      const decoded = decode(text as string)
      return 'problem' in decoded ? decoded.problem : fromBytes(decoded)
    },
  }
}
