/** Texts by characters: CEL counts code points, JavaScript halves of pairs. */

/** Whether places in the text are the same in code points and in UTF-16. */
function isPlain(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit >= 0xd800 && unit <= 0xdfff) return false
  }
  return true
}

/** Number of code points. */
export function lengthOf(text: string): number {
  let length = text.length
  for (let index = 0; index < text.length - 1; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 0xd800 || unit > 0xdbff) continue
    const next = text.charCodeAt(index + 1)
    if (next >= 0xdc00 && next <= 0xdfff) {
      length--
      index++
    }
  }
  return length
}

/** The place in UTF-16 of a code point; undefined beyond the end. */
export function unitAt(text: string, place: number): number | undefined {
  if (place < 0) return undefined
  if (isPlain(text)) return place <= text.length ? place : undefined
  let unit = 0
  for (let left = place; left > 0; left--) {
    if (unit >= text.length) return undefined
    unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1
  }
  return unit
}

/** The place in code points of a place in UTF-16. */
export function placeOf(text: string, unit: number): number {
  return lengthOf(text.slice(0, unit))
}
