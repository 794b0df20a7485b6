/** Hashes of passwords: bcrypt, which is the cipher Blowfish made slow. */

const ALPHABET = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const ROUNDS = 16
const SUBKEYS = ROUNDS + 2
const BOX_WORDS = 1024
/** What is encrypted: the algorithm's own words. */
const MAGIC = 'OrpheanBeholderScryDoubt'

/** The text `$2a$10$...` of a password of at most 72 bytes, a salt of 16, and a cost: 2 to that power turns. */
export function bcryptHash(password: Uint8Array, salt: Uint8Array, cost: number): string {
  const key = new Uint8Array(password.length + 1)
  key.set(password)
  const cipher = new Blowfish()
  cipher.expand(key, salt)
  const nothing = new Uint8Array(salt.length)
  for (let turn = 2 ** cost; turn > 0; turn--) {
    cipher.expand(key, nothing)
    cipher.expand(salt, nothing)
  }
  const words = wordsOf(
    Uint8Array.from(MAGIC, (char) => char.charCodeAt(0)),
    MAGIC.length / 4,
  )
  for (let at = 0; at < words.length; at += 2) for (let turn = 0; turn < 64; turn++) cipher.encrypt(words, at)
  // The last byte is left out, as everybody does.
  const hash = Uint8Array.from({ length: 23 }, (_, at) => (words[at >> 2] ?? 0) >>> (24 - 8 * (at % 4)))
  return `$2a$${String(cost).padStart(2, '0')}$${encode(salt)}${encode(hash)}`
}

class Blowfish {
  readonly #subkeys: Int32Array
  readonly #boxes: Int32Array

  constructor() {
    const pi = digitsOfPi()
    this.#subkeys = pi.slice(0, SUBKEYS)
    this.#boxes = pi.slice(SUBKEYS)
  }

  /** Works a key and a salt into the state. */
  expand(key: Uint8Array, salt: Uint8Array): void {
    const keyWords = wordsOf(key, SUBKEYS)
    const saltWords = wordsOf(salt, salt.length / 4)
    for (let at = 0; at < SUBKEYS; at++) this.#subkeys[at] = (this.#subkeys[at] as number) ^ (keyWords[at] as number)
    const block = new Int32Array(2)
    let taken = 0
    for (const part of [this.#subkeys, this.#boxes]) {
      for (let at = 0; at < part.length; at += 2) {
        block[0] = (block[0] as number) ^ (saltWords[taken] as number)
        block[1] = (block[1] as number) ^ (saltWords[taken + 1] as number)
        taken = (taken + 2) % saltWords.length
        this.encrypt(block, 0)
        part[at] = block[0]
        part[at + 1] = block[1]
      }
    }
  }

  /** Encrypts the two words at a place. */
  encrypt(words: Int32Array, at: number): void {
    const subkeys = this.#subkeys
    const boxes = this.#boxes
    let left = words[at] as number
    let right = words[at + 1] as number
    for (let round = 0; round < ROUNDS; round += 2) {
      left ^= subkeys[round] as number
      right ^= mixed(boxes, left)
      right ^= subkeys[round + 1] as number
      left ^= mixed(boxes, right)
    }
    words[at] = right ^ (subkeys[ROUNDS + 1] as number)
    words[at + 1] = left ^ (subkeys[ROUNDS] as number)
  }
}

function mixed(boxes: Int32Array, word: number): number {
  const sum = (boxes[word >>> 24] as number) + (boxes[256 + ((word >>> 16) & 0xff)] as number)
  return ((sum ^ (boxes[512 + ((word >>> 8) & 0xff)] as number)) + (boxes[768 + (word & 0xff)] as number)) | 0
}

/** Bytes as words, from the start again when there are no more. */
function wordsOf(bytes: Uint8Array, count: number): Int32Array {
  const words = new Int32Array(count)
  for (let at = 0; at < 4 * count; at++) {
    words[at >> 2] = ((words[at >> 2] as number) << 8) | (bytes[at % bytes.length] as number)
  }
  return words
}

let pi: Int32Array | undefined

/** The state that Blowfish begins with: the binary digits of pi behind the point. */
function digitsOfPi(): Int32Array {
  if (pi !== undefined) return pi
  const count = SUBKEYS + BOX_WORDS
  const bits = BigInt(32 * count)
  // More digits than are needed take up what is lost by rounding.
  const one = 1n << (bits + 64n)
  const whole = 4n * (4n * inverseTangent(5n, one) - inverseTangent(239n, one))
  const hex = ((whole >> 64n) & ((1n << bits) - 1n)).toString(16).padStart(8 * count, '0')
  pi = Int32Array.from({ length: count }, (_, at) => Number.parseInt(hex.slice(8 * at, 8 * at + 8), 16) | 0)
  return pi
}

/** The angle whose tangent is 1 / x, in parts of `one`. */
function inverseTangent(x: bigint, one: bigint): bigint {
  let power = one / x
  let sum = power
  for (let odd = 3n; power !== 0n; odd += 2n) {
    power /= -x * x
    sum += power / odd
  }
  return sum
}

/** Base 64 with an alphabet of its own, without padding. */
function encode(bytes: Uint8Array): string {
  let text = ''
  let [buffer, held] = [0, 0]
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff
    held += 8
    for (; held >= 6; held -= 6) text += ALPHABET.charAt((buffer >> (held - 6)) & 0x3f)
  }
  return held === 0 ? text : text + ALPHABET.charAt((buffer << (6 - held)) & 0x3f)
}
