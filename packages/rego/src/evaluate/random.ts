/** Random bytes that repeat: the same seed gives the same bytes everywhere. */

/** Makes a source of bytes; a generator of the family of PCG, which is not for secrets. */
export function randomSource(seed: number): (count: number) => Uint8Array {
  let state = BigInt.asUintN(64, BigInt(Math.trunc(seed)) * 2n + 0x9e3779b97f4a7c15n)
  return (count) => {
    const bytes = new Uint8Array(count)
    for (let place = 0; place < count; place++) {
      state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n)
      bytes[place] = Number((state >> 56n) ^ ((state >> 27n) & 0xffn))
    }
    return bytes
  }
}
