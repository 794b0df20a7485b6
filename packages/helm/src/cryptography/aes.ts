/** AES with keys of 256 bits in the mode CBC: FIPS 197 and NIST SP 800-38A. */

/** Bytes of a block. */
export const BLOCK_BYTES = 16
const ROUNDS = 14
const KEY_WORDS = 8

/** Encrypts bytes, which are filled up to whole blocks as PKCS #7 says. */
export function encryptCbc(key: Uint8Array, start: Uint8Array, bytes: Uint8Array): Uint8Array {
  const padding = BLOCK_BYTES - (bytes.length % BLOCK_BYTES)
  const result = new Uint8Array(bytes.length + padding).fill(padding)
  result.set(bytes)
  const roundKeys = expandKey(key)
  let previous = start
  for (let at = 0; at < result.length; at += BLOCK_BYTES) {
    const block = result.subarray(at, at + BLOCK_BYTES)
    mix(block, previous)
    encryptBlock(block, roundKeys)
    previous = block
  }
  return result
}

/** Decrypts whole blocks; what they were filled up with is still there. */
export function decryptCbc(key: Uint8Array, start: Uint8Array, bytes: Uint8Array): Uint8Array {
  const result = bytes.slice()
  const roundKeys = expandKey(key)
  for (let at = result.length - BLOCK_BYTES; at >= 0; at -= BLOCK_BYTES) {
    const block = result.subarray(at, at + BLOCK_BYTES)
    decryptBlock(block, roundKeys)
    mix(block, at === 0 ? start : result.subarray(at - BLOCK_BYTES, at))
  }
  return result
}

interface Boxes {
  readonly forward: Uint8Array
  readonly backward: Uint8Array
}

let boxes: Boxes | undefined

/** The substitution of bytes, and the way back: inverses in the field of 256 elements, turned and added up. */
function substitutions(): Boxes {
  if (boxes !== undefined) return boxes
  const forward = new Uint8Array(256)
  const backward = new Uint8Array(256)
  // All elements but 0 are powers of 3; going the other way around gives their inverses.
  let [power, inverse] = [1, 1]
  do {
    power ^= double(power)
    inverse = third(inverse)
    const turned = inverse ^ turn(inverse, 1) ^ turn(inverse, 2) ^ turn(inverse, 3) ^ turn(inverse, 4)
    forward[power] = turned ^ 0x63
  } while (power !== 1)
  forward[0] = 0x63
  forward.forEach((to, from) => (backward[to] = from))
  boxes = { forward, backward }
  return boxes
}

function double(value: number): number {
  return ((value << 1) ^ (value & 0x80 ? 0x1b : 0)) & 0xff
}

/** The element which 3 times gives this one. */
function third(value: number): number {
  let result = value ^ (value << 1)
  result ^= result << 2
  result ^= result << 4
  return (result ^ (result & 0x80 ? 0x09 : 0)) & 0xff
}

function turn(value: number, bits: number): number {
  return ((value << bits) | (value >> (8 - bits))) & 0xff
}

function expandKey(key: Uint8Array): Uint8Array {
  const { forward } = substitutions()
  const keys = new Uint8Array(BLOCK_BYTES * (ROUNDS + 1))
  keys.set(key)
  let constant = 1
  for (let at = 4 * KEY_WORDS; at < keys.length; at += 4) {
    const word = Array.from(keys.subarray(at - 4, at))
    if (at % (4 * KEY_WORDS) === 0) {
      word.push(word.shift() ?? 0)
      word.forEach((byte, index) => (word[index] = forward[byte] ?? 0))
      word[0] = (word[0] ?? 0) ^ constant
      constant = double(constant)
    } else if (at % (4 * KEY_WORDS) === 16) {
      word.forEach((byte, index) => (word[index] = forward[byte] ?? 0))
    }
    word.forEach((byte, index) => (keys[at + index] = byte ^ (keys[at + index - 4 * KEY_WORDS] ?? 0)))
  }
  return keys
}

function encryptBlock(block: Uint8Array, keys: Uint8Array): void {
  const { forward } = substitutions()
  mix(block, keys)
  for (let round = 1; round <= ROUNDS; round++) {
    replace(block, forward)
    shiftRows(block, 1)
    if (round < ROUNDS) mixColumns(block)
    mix(block, keys.subarray(BLOCK_BYTES * round))
  }
}

function decryptBlock(block: Uint8Array, keys: Uint8Array): void {
  const { backward } = substitutions()
  for (let round = ROUNDS; round >= 1; round--) {
    mix(block, keys.subarray(BLOCK_BYTES * round))
    // Three times more is the way back: four times leaves columns as they are.
    if (round < ROUNDS) for (let time = 0; time < 3; time++) mixColumns(block)
    shiftRows(block, 3)
    replace(block, backward)
  }
  mix(block, keys)
}

function mix(block: Uint8Array, other: Uint8Array): void {
  for (let at = 0; at < BLOCK_BYTES; at++) block[at] = (block[at] ?? 0) ^ (other[at] ?? 0)
}

function replace(block: Uint8Array, box: Uint8Array): void {
  for (let at = 0; at < BLOCK_BYTES; at++) block[at] = box[block[at] ?? 0] ?? 0
}

/** Turns row n, whose bytes are four apart, by n times so many columns. */
function shiftRows(block: Uint8Array, columns: number): void {
  const before = block.slice()
  for (let at = 0; at < BLOCK_BYTES; at++) block[at] = before[(at + 4 * columns * (at % 4)) % BLOCK_BYTES] ?? 0
}

function mixColumns(block: Uint8Array): void {
  for (let at = 0; at < BLOCK_BYTES; at += 4) {
    const [a = 0, b = 0, c = 0, d = 0] = block.subarray(at, at + 4)
    const all = a ^ b ^ c ^ d
    block[at] = a ^ all ^ double(a ^ b)
    block[at + 1] = b ^ all ^ double(b ^ c)
    block[at + 2] = c ^ all ^ double(c ^ d)
    block[at + 3] = d ^ all ^ double(d ^ a)
  }
}
