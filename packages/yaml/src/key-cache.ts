/** Keys that occurred before, so that a repeated key costs no new string. */

const slots = 512

/** A direct-mapped cache of short keys; its size is fixed, whatever the documents hold. */
export class KeyCache {
  readonly #keys: string[] = Array.from({ length: slots }, () => '')

  /** The text of `input` from `start` to `end`. */
  read(input: string, start: number, end: number): string {
    const length = end - start
    if (length === 0 || length > 32) return input.slice(start, end)
    const slot =
      (length * 31 +
        input.charCodeAt(start) * 7 +
        input.charCodeAt(end - 1) * 17 +
        input.charCodeAt(start + (length >> 1))) &
      (slots - 1)
    const known = this.#keys[slot] as string
    if (known.length === length && input.startsWith(known, start)) return known
    const key = input.slice(start, end)
    this.#keys[slot] = key
    return key
  }
}
