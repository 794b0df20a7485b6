/** How much still fits into a comment. */

/** GitHub refuses longer comments; it counts characters, and bytes are never fewer. */
const LONGEST_COMMENT = 65_536

/** The room of one comment, in bytes of UTF-8. */
export class Room {
  #left = LONGEST_COMMENT

  /** True when the text fits and leaves `reserve` bytes; it is then taken to be written. */
  takes(text: string, reserve = 0): boolean {
    const length = byteLength(text)
    if (length + reserve > this.#left) return false
    this.#left -= length
    return true
  }
}

function byteLength(text: string): number {
  let length = text.length
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    // A pair of surrogates is four bytes, two for each.
    if (unit > 0x7f) length += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1
  }
  return length
}
