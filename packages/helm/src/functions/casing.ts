/** sprig's functions for upper and lower case, and for names of several words. */
import {
  codePointOf,
  isDigit,
  isLetter,
  isLower,
  isSpace,
  isTitle,
  isUpper,
  runes,
  toByteText,
  toLower,
  toTitle,
  toUpper,
} from '@kubescape/go'
import type { GoFunction } from '@kubescape/go-template'
import { define } from './define.ts'
import type { FunctionFamily } from './index.ts'
import { isConnector, joinWords } from './words.ts'

/** `upper`, `title`, `camelcase` and their kin. */
export const casingFunctions: FunctionFamily = new Map([
  ['upper', define(['string'], ([text]) => upper(text))],
  ['lower', define(['string'], ([text]) => lower(text))],
  ['title', runeByRune(titled)],
  ['untitle', runeByRune(untitled)],
  ['swapcase', runeByRune(swapped)],
  ['initials', runeByRune(initials)],
  ['camelcase', runeByRune(camelCase)],
  ['snakecase', runeByRune((text) => joinWords(text, '_'))],
  ['kebabcase', runeByRune((text) => joinWords(text, '-'))],
])

/** What looks at every rune takes time. */
function runeByRune(change: (text: string) => string): GoFunction {
  return define(['string'], ([text], context) => {
    context.spend(text.length)
    return change(text)
  })
}

/** Only where the text gets longer does JavaScript make several characters of one, which Go does not. */
function upper(text: string): string {
  const changed = text.toUpperCase()
  return changed.length === text.length ? changed : mapRunes(text, toUpper)
}

/** Nor does Go know that a sigma at the end of a word is another one. */
function lower(text: string): string {
  const changed = text.toLowerCase()
  return changed.length === text.length && !text.includes('\u03a3') ? changed : mapRunes(text, toLower)
}

function mapRunes(text: string, change: (rune: string) => string): string {
  let changed = ''
  for (const rune of text) changed += change(rune)
  return changed
}

/** Letters that follow none: `it's` becomes `It'S`. */
function titled(text: string): string {
  let begins = true
  return mapRunes(text, (rune) => {
    const changed = begins ? toTitle(rune) : rune
    begins = separates(rune)
    return changed
  })
}

function separates(rune: string): boolean {
  const code = codePointOf(rune)
  if (code < 0x80) return rune !== '_' && !isDigit(rune) && !isLetter(rune)
  return isSpace(code)
}

/** The first letter after white space. */
function untitled(text: string): string {
  let begins = true
  return mapRunes(text, (rune) => {
    if (isSpace(codePointOf(rune))) {
      begins = true
      return rune
    }
    const changed = begins ? toLower(rune) : rune
    begins = false
    return changed
  })
}

function swapped(text: string): string {
  let begins = true
  return mapRunes(text, (rune) => {
    if (isUpper(rune) || isTitle(rune)) {
      begins = false
      return toLower(rune)
    }
    if (isLower(rune)) {
      const changed = begins ? toTitle(rune) : toUpper(rune)
      begins = false
      return changed
    }
    begins = isSpace(codePointOf(rune))
    return rune
  })
}

/** The first byte of every word, each taken for a character. */
function initials(text: string): string {
  let begins = true
  let letters = ''
  for (const byte of toByteText(text)) {
    const isGap = isSpace(byte.charCodeAt(0))
    if (begins && !isGap) letters += byte
    begins = isGap
  }
  return letters
}

/**
 * Words without what connects them, each with a capital first; of words in capitals the rest becomes small. Connectors in
 * front stay, and so does all but the last of several in a row.
 */
function camelCase(text: string): string {
  const all = runes(text)
  let at = 0
  while (at < all.length && isConnector(all[at] as string)) at++
  let changed = all.slice(0, at).join('')
  // A text of connectors alone repeats its last one.
  if (at === all.length) return changed + (all.at(-1) ?? '')
  let wasUpper = isUpper(all[at] as string)
  let last = toUpper(all[at] as string)
  for (const rune of all.slice(at + 1)) {
    let next = rune
    if (!isConnector(last)) {
      if (wasUpper && isUpper(rune)) next = toLower(rune)
      else wasUpper = false
      changed += last
    } else if (isConnector(rune)) {
      changed += last
    } else {
      wasUpper = isUpper(rune)
      next = toUpper(rune)
    }
    last = next
  }
  return changed + last
}
