/** Finds values of objects that must not be in a report in the texts that policies make of them. */
import { quote } from '@kubescape/go'
import { asMap, asText, LAST_APPLIED, MASK, sensitiveValues, type ValueMap } from '@kubescape/resources'

/** Shorter values would be found by accident. Texts are looked up by so many characters of their beginning. */
const SHORTEST = 8
/** Of values that are longer than this, which are files, single lines are not looked for. */
const LONGEST_IN_LINES = 4096
/** With more texts than this nothing is told of any. */
const MOST_TEXTS = 200_000
/** Where more texts than this begin alike, whatever begins so is masked to its end. */
const MOST_ALIKE = 16
/** A text for which more UTF-16 units than this have to be compared is masked from there to its end. */
const MOST_COMPARED = 200_000
/** Nothing in such a text is written in another way in JSON or between quotes. */
const PLAIN = /^[ !#-%'-;=?-[\]-~]*$/

/** The values of some objects that must be masked. */
export class Masks {
  readonly #byBeginning = new Map<string, string[]>()
  #count = 0
  #compared = 0

  /** Looks for the values of one more object. */
  add(object: ValueMap): void {
    for (const { value } of sensitiveValues(object)) this.#addValue(asText(value) ?? '')
    this.#addValue(asText(asMap(asMap(object['metadata'])?.['annotations'])?.[LAST_APPLIED]) ?? '')
  }

  /**
   * The text with every such value masked, in JSON and between quotes too. `isCut` says that the text went on: what may be the
   * beginning of a value at its end is masked as well.
   */
  mask(text: string, isCut: boolean): string {
    if (this.#count > MOST_TEXTS) return MASK
    if (this.#count === 0) return text
    this.#compared = 0
    let masked = ''
    let kept = 0
    for (let at = 0; at + SHORTEST <= text.length;) {
      const length = this.#lengthAt(text, at, isCut)
      if (length > 0) {
        masked += text.slice(kept, at) + MASK
        kept = at + length
      }
      at += Math.max(length, 1)
    }
    return kept === 0 ? text : masked + text.slice(kept)
  }

  /** How much of the text from there on is a value; 0 where none begins. */
  #lengthAt(text: string, at: number, isCut: boolean): number {
    const values = this.#byBeginning.get(text.slice(at, at + SHORTEST))
    if (values === undefined) return 0
    const rest = text.length - at
    if (values.length > MOST_ALIKE) return rest
    let length = 0
    for (const value of values) {
      this.#compared += Math.min(value.length, rest)
      if (this.#compared > MOST_COMPARED) return rest
      if (text.startsWith(value, at)) length = Math.max(length, value.length)
      else if (isCut && value.length > rest && value.startsWith(text.slice(at))) return rest
    }
    return length
  }

  #addValue(value: string): void {
    this.#addText(value.trim())
    if (value.length > LONGEST_IN_LINES || !value.includes('\n')) return
    for (const line of value.split('\n')) this.#addText(line.trim())
  }

  /** Adds a text in every way in which a policy may write it. */
  #addText(text: string): void {
    if (text.length < SHORTEST) return
    this.#addForm(text)
    if (PLAIN.test(text)) return
    const json = JSON.stringify(text).slice(1, -1)
    this.#addForm(json)
    this.#addForm(json.replaceAll(/[<>&\u2028\u2029]/g, unicodeEscape))
    this.#addForm(quote(text).slice(1, -1))
  }

  #addForm(form: string): void {
    if (this.#count > MOST_TEXTS) return
    const beginning = form.slice(0, SHORTEST)
    const known = this.#byBeginning.get(beginning)
    if (known?.includes(form)) return
    this.#count++
    if (known === undefined) this.#byBeginning.set(beginning, [form])
    else if (known.length <= MOST_ALIKE) known.push(form)
  }
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
