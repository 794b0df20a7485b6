/** Names such as `HTTPServerURL` as words: package huandu/xstrings, `ToSnakeCase` and `ToKebabCase`. */
import { RUNE_ERROR, codePointOf, isLetter, isNumber, isPunctuation, isSpace, isUpper, toLower } from '@kubescape/go'

/** `number` is digits, `upper` begins with a capital, `letters` is small letters. */
type WordKind = 'number' | 'upper' | 'letters' | 'connector' | 'punctuation' | 'other'

interface Word {
  readonly kind: WordKind
  readonly text: string
}

/** Whether a rune connects words: `-`, `_` and white space. */
export function isConnector(rune: string): boolean {
  return rune === '-' || rune === '_' || isSpace(codePointOf(rune))
}

/** The words in lower case, with the connector between them. */
export function joinWords(text: string, connector: '-' | '_'): string {
  return new WordJoiner(wordsOf(text), connector).join()
}

/** Writes words; a number belongs to the word before it, or to the letters after it. */
class WordJoiner {
  readonly #words: readonly Word[]
  readonly #connector: string
  #at = 0
  #joined = ''

  constructor(words: readonly Word[], connector: string) {
    this.#words = words
    this.#connector = connector
  }

  join(): string {
    while (this.#at < this.#words.length) {
      const { kind } = this.#words[this.#at] as Word
      this.#write()
      if (kind === 'number') {
        this.#writeRun()
        this.#connect()
      } else if (kind !== 'connector' && kind !== 'punctuation') this.#afterWord()
    }
    return this.#joined
  }

  #afterWord(): void {
    if (this.#next?.kind !== 'number') {
      this.#connect()
      return
    }
    const following = this.#words[this.#at + 1]
    if (following === undefined) return
    if (following.kind === 'letters') {
      this.#joined += this.#connector
      this.#write()
      this.#writeRun()
    } else this.#write()
    this.#connect()
  }

  /** Letters and numbers up to what is neither. */
  #writeRun(): void {
    while (this.#next?.kind === 'letters' || this.#next?.kind === 'number') this.#write()
  }

  /** A connector, where the next word brings none. */
  #connect(): void {
    const kind = this.#next?.kind
    if (kind !== undefined && kind !== 'connector' && kind !== 'punctuation') this.#joined += this.#connector
  }

  #write(): void {
    const { kind, text } = this.#words[this.#at++] as Word
    if (kind === 'connector') for (const rune of text) this.#joined += isConnector(rune) ? this.#connector : rune
    else if (kind === 'upper') for (const rune of text) this.#joined += isUpper(rune) ? toLower(rune) : rune
    else this.#joined += text
  }

  get #next(): Word | undefined {
    return this.#words[this.#at]
  }
}

function wordsOf(text: string): Word[] {
  const all = charactersOf(text)
  const words: Word[] = []
  for (let at = 0; at < all.length;) {
    const kind = kindOf(runeAt(all, at))
    const end = kind === 'upper' ? endOfUpper(all, at) : endOfRun(all, at, kind)
    let word = ''
    for (const character of all.slice(at, end)) word += character.text
    words.push({ kind, text: word })
    at = end
  }
  return words
}

/** A rune, with what stands before it that is none: that goes where the rune goes. */
interface Character {
  readonly rune: string
  readonly text: string
}

function charactersOf(text: string): Character[] {
  const characters: Character[] = []
  let before = ''
  for (const rune of text) {
    before += rune
    if (codePointOf(rune) === RUNE_ERROR) continue
    characters.push({ rune, text: before })
    before = ''
  }
  const last = characters.at(-1)
  // At the end it stays with the rune before; without any rune it is a word of its own.
  if (before !== '') characters.splice(-1, 1, { rune: last?.rune ?? before, text: (last?.text ?? '') + before })
  return characters
}

function kindOf(rune: string): WordKind {
  if (isConnector(rune)) return 'connector'
  if (isPunctuation(rune)) return 'punctuation'
  if (isUpper(rune)) return 'upper'
  if (isAlphabetic(rune)) return 'letters'
  return isNumber(rune) ? 'number' : 'other'
}

function endOfRun(all: readonly Character[], start: number, kind: WordKind): number {
  let end = start + 1
  while (end < all.length && kindOf(runeAt(all, end)) === kind) end++
  return end
}

/** A capital with the small letters after it, or several capitals; the last one of those begins the word after them. */
function endOfUpper(all: readonly Character[], start: number): number {
  const second = all[start + 1]?.rune
  if (second === undefined || !isAlphabetic(second)) return start + 1
  if (!isUpper(second)) return endOfRun(all, start + 1, 'letters')
  const end = endOfRun(all, start + 1, 'upper')
  return end < all.length && isAlphabetic(runeAt(all, end)) ? end - 1 : end
}

/** Letters of alphabets: Chinese characters are words of their own. */
function isAlphabetic(rune: string): boolean {
  if (!isLetter(rune)) return false
  const code = codePointOf(rune)
  const isChinese =
    (code >= 0x3400 && code <= 0x4d85) || (code >= 0x4e00 && code <= 0x9fcc) || (code >= 0x20000 && code <= 0x2b81d)
  return !isChinese
}

function runeAt(all: readonly Character[], at: number): string {
  return (all[at] as Character).rune
}
