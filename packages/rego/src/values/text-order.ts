/** The order of texts. */
import { visit } from './effort.ts'

/** Order of two texts by their code points, which is that of their bytes in UTF-8. */
export function compareStrings(left: string, right: string): number {
  if (left === right) return 0
  const end = Math.min(left.length, right.length)
  for (let at = 0; at < end; at++) {
    const a = left.charCodeAt(at)
    const b = right.charCodeAt(at)
    if (a !== b) {
      if (at > 4096) visit(at >> 4)
      // A surrogate stands for a code point beyond all that fit into one unit.
      if (a >= 0xd800 && b >= 0xd800) return shifted(a) - shifted(b)
      return a - b
    }
  }
  if (end > 4096) visit(end >> 4)
  return left.length - right.length
}

function shifted(unit: number): number {
  return unit >= 0xe000 ? unit - 0x2000 : unit + 0x800
}
