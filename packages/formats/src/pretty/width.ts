/** How many columns text takes in a terminal: two for East Asian wide characters and emoji, none for combining marks. */

/** Ranges of characters that are wide in Unicode's East Asian Width (UAX 11) and no emoji. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18d08],
  [0x1aff0, 0x1b2ff],
  [0x1d300, 0x1d376],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
]
const ASCII = /^[\u0020-\u007e]*$/
const EMOJI = /\p{Emoji_Presentation}/u
const INVISIBLE = /^[\p{M}\p{Cf}\u1160-\u11ff]/u
const EMOJI_STYLE = '\ufe0f'
let segmenter: Intl.Segmenter | undefined

/** Made at first use: it loads tables that plain text never needs. */
function segments(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return segmenter.segment(text)
}

/** The characters of a text as people count them. */
export function graphemes(text: string): string[] {
  return ASCII.test(text) ? text.split('') : Array.from(segments(text), ({ segment }) => segment)
}

/** Columns that the text takes. It must be free of control characters and escapes. */
export function widthOf(text: string): number {
  if (ASCII.test(text)) return text.length
  let width = 0
  for (const { segment } of segments(text)) width += graphemeWidth(segment)
  return width
}

/** Columns of one character as people count them. */
export function graphemeWidth(grapheme: string): number {
  if (INVISIBLE.test(grapheme)) return 0
  if (EMOJI.test(grapheme) || grapheme.includes(EMOJI_STYLE)) return 2
  return isWide(grapheme.codePointAt(0) ?? 0) ? 2 : 1
}

function isWide(code: number): boolean {
  return code >= 0x1100 && WIDE.some(([first, last]) => code >= first && code <= last)
}
