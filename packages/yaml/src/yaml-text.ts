/** Plain data as YAML text, in the block style that people read, and such that readers of YAML 1.1 and 1.2 agree on it. */

/** The value as a YAML document without its `---`; members without a value are left out, as in JSON. */
export function yamlText(value: unknown): string {
  return [...yamlFromJson([JSON.stringify(value)])].join('')
}

/** One JSON text, cut anywhere, as a YAML document without its `---`; no more than a piece and its longest text is held. */
export function* yamlFromJson(pieces: Iterable<string>): Generator<string> {
  const writer = new YamlWriter()
  let waiting = ''
  for (const piece of pieces) {
    const text = waiting + piece
    const read = writer.read(text, false)
    waiting = text.slice(read)
    yield writer.take()
  }
  writer.read(waiting, true)
  yield `${writer.take()}\n`
}

/** Words that YAML 1.1 readers take for something else than text. */
const RESERVED = /^(?:true|false|yes|no|on|off|y|n|null)$/i
const PLAIN = /^[A-Za-z/][\w./-]*$/
/** Characters that JSON lets stand and YAML does not print. */
const UNPRINTED = /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g
/** Readers look this far for the colon behind a key (YAML 1.2, 7.4.2); farther off it needs a question mark before it. */
const LONGEST_KEY = 1000
const WORD = /[-+.\w]*/y

interface Collection {
  readonly isMap: boolean
  readonly indent: string
  /** Its first entry goes on the line that is begun. */
  readonly isInline: boolean
  isEmpty: boolean
  /** Of a map: the next text is a key. */
  isAtKey: boolean
}

class YamlWriter {
  readonly #open: Collection[] = []
  #written = ''

  /** Takes what has been written since the last call. */
  take(): string {
    const written = this.#written
    this.#written = ''
    return written
  }

  /** Reads as far as tokens are complete, and says how far that is. */
  read(text: string, isLast: boolean): number {
    let at = 0
    while (at < text.length) {
      const character = text[at] ?? ''
      if (character === '"') {
        const end = endOfText(text, at)
        if (end === 0) return at
        this.#text(text.slice(at, end))
        at = end
      } else if (character === '{' || character === '[') {
        this.#begin(character === '{')
        at++
      } else if (character === '}' || character === ']') {
        this.#end()
        at++
      } else if (character === ',' || character === ':' || character <= ' ') {
        at++
      } else {
        WORD.lastIndex = at
        const word = WORD.exec(text)?.[0] ?? ''
        if (word === '') throw new Error(`not JSON: ${JSON.stringify(character)}`)
        if (at + word.length === text.length && !isLast) return at
        this.#scalar(numberText(word))
        at += word.length
      }
    }
    return at
  }

  #begin(isMap: boolean): void {
    const around = this.#open.at(-1)
    if (around?.isMap === false) this.#entry(around)
    this.#open.push({
      isMap,
      indent: around === undefined ? '' : `${around.indent}  `,
      isInline: around === undefined || (isMap && !around.isMap),
      isEmpty: true,
      isAtKey: isMap,
    })
  }

  #end(): void {
    const ended = this.#open.pop()
    if (ended?.isEmpty === true) this.#written += `${this.#open.length === 0 ? '' : ' '}${ended.isMap ? '{}' : '[]'}`
    this.#valueEnded()
  }

  #text(json: string): void {
    const inside = json.slice(1, -1)
    const isPlain = PLAIN.test(inside) && !RESERVED.test(inside)
    // JSON's text is YAML's double-quoted text, apart from characters that YAML does not print.
    const text = isPlain ? inside : json.replaceAll(UNPRINTED, escaped)
    const around = this.#open.at(-1)
    if (around?.isAtKey !== true) return this.#scalar(text)
    this.#entry(around)
    this.#written += text.length > LONGEST_KEY ? `? ${text}\n${around.indent}:` : `${text}:`
    around.isAtKey = false
  }

  #scalar(text: string): void {
    const around = this.#open.at(-1)
    if (around?.isMap === false) this.#entry(around)
    this.#written += around === undefined ? text : ` ${text}`
    this.#valueEnded()
  }

  /** Begins an entry: the dash of a list, or the place of a key. */
  #entry(collection: Collection): void {
    if (collection.isEmpty && collection.isInline) this.#written += this.#open.length === 1 ? '' : ' '
    else this.#written += `\n${collection.indent}`
    if (!collection.isMap) this.#written += '-'
    collection.isEmpty = false
  }

  #valueEnded(): void {
    const around = this.#open.at(-1)
    if (around?.isMap === true) around.isAtKey = true
  }
}

/** Behind the closing quote of the text that begins at an offset; 0 where it is not there yet. */
function endOfText(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at > 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0
    while (text[at - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return at + 1
  }
  return 0
}

/** Readers of YAML 1.1 know a number with an exponent by its point. */
function numberText(word: string): string {
  return word.replace(/^(-?\d+)e/i, '$1.0e')
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
