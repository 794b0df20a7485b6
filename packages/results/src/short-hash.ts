/**
 * Short names for long texts: the first half of SHA-256 (FIPS 180-4), as 32 hexadecimal digits.
 *
 * Manifests come from strangers. With a weaker hash they could be written such that a new finding gets the name of one that
 * was dismissed before. It is written out here because this package runs where Node's own is not, and the browser's cannot be
 * asked without waiting.
 */

/** Roots of the first 64 primes: the fractions of their cube roots, and of the first 8 square roots. */
const PRIMES = firstPrimes(64)
const ROUNDS = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)))
const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)))
const BLOCK = 64

// Signed numbers throughout: they fit the integers of the engine, and the bits are the same.
const words = new Int32Array(64)
const encoder = new TextEncoder()

/** 32 hexadecimal digits: the same for the same text, and different for any other that anybody could find. */
export function shortHash(text: string): string {
  const state = Int32Array.from(START)
  const padded = pad(encoder.encode(text))
  const view = new DataView(padded.buffer)
  for (let start = 0; start < padded.length; start += BLOCK) mix(state, view, start)
  let digits = ''
  for (let i = 0; i < 4; i++) digits += (at(state, i) >>> 0).toString(16).padStart(8, '0')
  return digits
}

/** The text, a one bit, zeros, and the length in bits, up to a whole number of blocks. */
function pad(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / BLOCK) * BLOCK)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29))
  view.setUint32(padded.length - 4, bytes.length << 3)
  return padded
}

function mix(state: Int32Array, view: DataView, start: number): void {
  for (let i = 0; i < 16; i++) words[i] = view.getInt32(start + 4 * i)
  for (let i = 16; i < 64; i++) {
    const x = at(words, i - 15)
    const y = at(words, i - 2)
    const near = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3)
    const far = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10)
    words[i] = (((at(words, i - 16) + near) | 0) + ((at(words, i - 7) + far) | 0)) | 0
  }
  let a = at(state, 0)
  let b = at(state, 1)
  let c = at(state, 2)
  let d = at(state, 3)
  let e = at(state, 4)
  let f = at(state, 5)
  let g = at(state, 6)
  let h = at(state, 7)
  for (let i = 0; i < 64; i++) {
    const fed = (((h + at(ROUNDS, i)) | 0) + at(words, i)) | 0
    const one = (((fed + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25))) | 0) + ((e & f) ^ (~e & g))) | 0
    const two = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + one) | 0
    d = c
    c = b
    b = a
    a = (one + two) | 0
  }
  state[0] = at(state, 0) + a
  state[1] = at(state, 1) + b
  state[2] = at(state, 2) + c
  state[3] = at(state, 3) + d
  state[4] = at(state, 4) + e
  state[5] = at(state, 5) + f
  state[6] = at(state, 6) + g
  state[7] = at(state, 7) + h
}

/** What is always there. */
function at(list: Int32Array, index: number): number {
  return list[index] as number
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits))
}

/** The first 32 bits behind the point. */
function fraction(value: number): number {
  return Math.floor((value - Math.floor(value)) * 2 ** 32)
}

function firstPrimes(amount: number): number[] {
  const primes: number[] = []
  for (let candidate = 2; primes.length < amount; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate)
  }
  return primes
}
