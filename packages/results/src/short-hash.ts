/**
 * Short names for long texts: the first half of SHA-256 (FIPS 180-4), as 32 hexadecimal digits.
 *
 * Manifests come from strangers. With a weaker hash they could be written such that a new finding gets the name of one that
 * was dismissed before. It is written out here because this package runs where Node's own is not, and the browser's cannot be
 * asked without waiting.
 */

/** Roots of the first 64 primes: the fractions of their cube roots, and of the first 8 square roots. */
const PRIMES = firstPrimes(64)
const ROUNDS = Uint32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)))
const START = Uint32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)))
const BLOCK = 64

const words = new Uint32Array(64)
const encoder = new TextEncoder()

/** 32 hexadecimal digits: the same for the same text, and different for any other that anybody could find. */
export function shortHash(text: string): string {
  const state = Uint32Array.from(START)
  const padded = pad(encoder.encode(text))
  const view = new DataView(padded.buffer)
  for (let start = 0; start < padded.length; start += BLOCK) mix(state, view, start)
  return Array.from(state.subarray(0, 4), (word) => word.toString(16).padStart(8, '0')).join('')
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

function mix(state: Uint32Array, view: DataView, start: number): void {
  for (let i = 0; i < 16; i++) words[i] = view.getUint32(start + 4 * i)
  for (let i = 16; i < 64; i++) {
    const [x, y] = [at(words, i - 15), at(words, i - 2)]
    const near = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3)
    const far = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10)
    words[i] = at(words, i - 16) + near + at(words, i - 7) + far
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let i = 0; i < 64; i++) {
    const fed = h + at(ROUNDS, i) + at(words, i)
    const one = fed + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g))
    const two = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))
    h = g
    g = f
    f = e
    e = (d + one) | 0
    d = c
    c = b
    b = a
    a = (one + two) | 0
  }
  for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) state[i] = at(state, i) + value
}

/** What is always there. */
function at(list: Uint32Array, index: number): number {
  return list[index] ?? 0
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
