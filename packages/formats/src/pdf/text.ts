/**
 * Text in the fonts that every reader of PDF has. They know the characters of WinAnsi (PDF 1.7, appendix D): Latin letters of
 * western Europe, and no others. Letters with other marks lose them; what is left is shown as a question mark.
 */
import { visible } from '../visible.ts'

/** What stands for a character that the fonts do not have. */
export const UNKNOWN = '?'

const BEYOND_LATIN_1 = '€‚ƒ„…†‡ˆ‰Š‹Œ\u017D‘’“”•–—˜™š›œ\u017EŸ'
const KNOWN = new RegExp(`^[\\u0020-\\u007E\\u00A0-\\u00FF${BEYOND_LATIN_1}]*$`)
const LONGEST = 400

/** Text for a page, and whether all of it could be shown. */
export class PageText {
  /** True after a text with characters that the fonts do not have. */
  isLossy = false

  /** One line or paragraph; cut where it is long. */
  of(text: string): string {
    const shown = visible(text.length > LONGEST ? `${text.slice(0, LONGEST - 1).toWellFormed()}…` : text)
    return KNOWN.test(shown) ? shown : Array.from(shown, (character) => this.#nearest(character)).join('')
  }

  #nearest(character: string): string {
    if (KNOWN.test(character)) return character
    const base = character.normalize('NFKD').replaceAll(/\p{Mark}/gu, '')
    this.isLossy ||= base !== character || !KNOWN.test(base)
    return base !== '' && KNOWN.test(base) ? base : UNKNOWN
  }
}
