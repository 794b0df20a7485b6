/** sprig's functions for random values. They come from the seed of the rendering, so that each scan gives the same. */
import { encodeBase64, runes } from '@kubescape/go'
import { type CallContext, FunctionError, type GoFunction } from '@kubescape/go-template'
import type { FunctionFamily } from './index.ts'

const DIGITS = '0123456789'
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** All of ASCII that can be seen, and the space. */
const VISIBLE = Array.from({ length: 95 }, (_, at) => String.fromCharCode(0x20 + at)).join('')

const randBytes: GoFunction = {
  parameters: ['int'],
  call: ([count], context) => {
    if (Number(count) < 0) throw new FunctionError('makeslice: len out of range')
    return encodeBase64(takeBytes(Number(count), context))
  },
}

const randInt: GoFunction = {
  parameters: ['int', 'int'],
  call: ([least, end], context) => {
    const [from, range] = [least as bigint, (end as bigint) - (least as bigint)]
    if (range <= 0n) throw new FunctionError('invalid argument to Intn')
    const random = takeBytes(16, context).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)
    return from + (random % range)
  },
}

const uuidv4: GoFunction = {
  parameters: [],
  call: (_, context) => {
    const bytes = takeBytes(16, context)
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  },
}

const shuffle: GoFunction = {
  parameters: ['string'],
  call: ([text], context) => {
    const chars = runes(text as string)
    const bytes = takeBytes(chars.length * 4, context)
    for (let at = chars.length - 1; at > 0; at--) {
      const random = bytes.subarray(at * 4, at * 4 + 4).reduce((value, byte) => value * 256 + byte, 0)
      const other = random % (at + 1)
      const [a = '', b = ''] = [chars[at], chars[other]]
      chars[at] = b
      chars[other] = a
    }
    return chars.join('')
  },
}

/** `randAlphaNum`, `uuidv4`, `shuffle` and the like. */
export const randomFunctions: FunctionFamily = new Map([
  ['randAlphaNum', randomText(LETTERS + DIGITS)],
  ['randAlpha', randomText(LETTERS)],
  ['randNumeric', randomText(DIGITS)],
  ['randAscii', randomText(VISIBLE)],
  ['randBytes', randBytes],
  ['randInt', randInt],
  ['uuidv4', uuidv4],
  ['shuffle', shuffle],
])

/** A text of so many characters of an alphabet, each as likely as the others; empty for numbers below 0. */
function randomText(alphabet: string): GoFunction {
  const fair = Math.floor(256 / alphabet.length) * alphabet.length
  return {
    parameters: ['int'],
    call: ([count], context) => {
      const length = Math.max(0, Number(count))
      const chars: string[] = []
      while (chars.length < length) {
        for (const byte of takeBytes(length - chars.length, context)) {
          if (byte < fair) chars.push(alphabet[byte % alphabet.length] ?? '')
        }
      }
      context.synthetic()
      return chars.join('')
    },
  }
}

function takeBytes(count: number, context: CallContext): Uint8Array {
  context.spend(count)
  context.synthetic()
  return context.randomBytes(count)
}
