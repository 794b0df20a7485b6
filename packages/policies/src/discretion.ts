/** What policies say of objects in words of their own, made fit for a report: bounded, on one line, and without secrets. */
import { MOST_MESSAGES, type Finding } from '@kubescape/controls'
import { asMap, redactObject, type ValueMap } from '@kubescape/resources'

import { Masks } from './masks.ts'

/** Texts about one failure that are read. */
const MOST_READ = 100
/** UTF-16 units of a text that are read, and that are shown. */
const LONGEST_READ = 4096
const LONGEST_SHOWN = 500
const SPACES = /[\s\p{Cc}]+/gu
const CONTROL = /\p{Cc}/u

/** What a policy was asked about. */
export interface Question {
  /** The objects that it has seen. */
  readonly masks: () => Masks
  /** Secrets are among them. */
  readonly hasSecrets: boolean
  /** All texts and values of its answer, asked about the same objects after redaction; none where it has no answer. */
  readonly again: () => Iterable<string>
}

/**
 * Tells what may be told. What a policy says of redacted objects too cannot hold a secret, and is told as it is. In what it says only
 * of the true ones values that reports mask are masked; where it has seen Secrets, which it may have decoded, that is left out.
 */
export class Discretion {
  readonly #question: Question
  #masks: Masks | undefined
  #innocent: ReadonlySet<string> | undefined

  constructor(question: Question) {
    this.#question = question
  }

  /** For a policy that has seen some objects. `again` gives what it says of them after redaction. */
  static about(objects: readonly ValueMap[], again: () => Iterable<string>): Discretion {
    return new Discretion({ masks: () => masksOf(objects), hasSecrets: objects.some(isSecret), again })
  }

  /** The messages among some texts, each once. */
  messages(texts: readonly string[]): readonly string[] {
    return distinct(texts, (text) => this.message(text))
  }

  /** The commands among some texts, each once. */
  commands(texts: readonly string[]): readonly string[] {
    return distinct(texts, (text) => this.command(text))
  }

  /** The findings. A value to set that may not be told is one for a person to choose. */
  findings(findings: readonly Finding[]): readonly Finding[] {
    return findings.map((finding) => {
      const { fix } = finding
      if (fix?.action !== 'set' || this.#isTold(fix.value)) return finding
      return { ...finding, fix: { ...fix, value: 'YOUR_VALUE' } }
    })
  }

  /** The text on one line, clipped; empty where there is nothing to tell. */
  message(text: string): string {
    const line = this.#told(text).replaceAll(SPACES, ' ').trim().toWellFormed()
    return line.length <= LONGEST_SHOWN ? line : `${line.slice(0, LONGEST_SHOWN - 1).toWellFormed()}…`
  }

  /** The text, if somebody could run it as it stands: whole, on one line, with nothing masked. Empty otherwise. */
  command(text: string): string {
    const command = text.trim()
    if (command === '' || command.length > LONGEST_SHOWN || CONTROL.test(command) || !command.isWellFormed()) return ''
    return this.#isTold(text) ? command : ''
  }

  #told(text: string): string {
    if (text === '') return ''
    const isCut = text.length > LONGEST_READ
    const read = isCut ? text.slice(0, LONGEST_READ) : text
    const masked = this.#question.hasSecrets ? '' : this.#masked(read, isCut)
    return masked === read || this.#isInnocent(text) ? read : masked
  }

  /** Whether the whole text may be told as it is. */
  #isTold(text: string): boolean {
    const isChecked = text.length <= LONGEST_READ && !this.#question.hasSecrets
    return (isChecked && this.#masked(text, false) === text) || this.#isInnocent(text)
  }

  #masked(text: string, isCut: boolean): string {
    this.#masks ??= this.#question.masks()
    return this.#masks.mask(text, isCut)
  }

  #isInnocent(text: string): boolean {
    this.#innocent ??= new Set(this.#question.again())
    return this.#innocent.has(text)
  }
}

/** The values that findings want to set. */
export function wantedValues(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap(({ fix }) => (fix?.action === 'set' ? [fix.value] : []))
}

/** The values of the objects. */
export function masksOf(objects: readonly ValueMap[]): Masks {
  const masks = new Masks()
  for (const object of objects) masks.add(object)
  return masks
}

/** The object after redaction. Its name and namespace stay, which reports show whatever else has the same text for a value. */
export function redacted(object: ValueMap): ValueMap {
  const copy = redactObject(object)
  const metadata = asMap(object['metadata'])
  const masked = asMap(copy['metadata'])
  if (metadata === undefined || masked === undefined) return copy
  const named: ValueMap = { ...masked }
  for (const key of ['name', 'namespace']) if (metadata[key] !== undefined) named[key] = metadata[key]
  return { ...copy, metadata: named }
}

/** True for an object whose values a policy may have decoded. */
export function isSecret({ kind }: ValueMap): boolean {
  return kind === 'Secret'
}

function distinct(texts: readonly string[], tell: (text: string) => string): readonly string[] {
  const told = new Set<string>()
  for (const text of texts.slice(0, MOST_READ)) {
    const line = tell(text)
    if (line !== '') told.add(line)
    if (told.size === MOST_MESSAGES) break
  }
  return [...told]
}
