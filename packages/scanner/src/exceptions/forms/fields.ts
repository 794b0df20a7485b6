/** Reads the members of a mapping that people wrote: what has the wrong type or an unknown name is noted, with its path. */
import { asMap, asText, readSelector, type LabelSelector, type Value, type ValueMap } from '@kubescape/resources'

import { nearest } from '../../nearest.ts'
import { compileWhole, type TextTest } from '../patterns/pattern.ts'
import { endOf } from './expiry.ts'
import { shown, type Notes } from './notes.ts'

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist']
/** A longer name is not compared with others. */
const LONGEST_NAME = 64

/** A mapping, its path in the document, and where its problems go. */
export class Fields {
  readonly path: string
  readonly notes: Notes
  readonly #map: ValueMap

  constructor(map: ValueMap, path: string, notes: Notes) {
    this.#map = map
    this.path = path
    this.notes = notes
  }

  /** The mapping that a value is; one with a note when it is none. */
  static of(value: Value, path: string, what: string, notes: Notes): Fields | undefined {
    const map = asMap(value)
    if (map === undefined) notes.error(path, `${what} is no mapping`, 'Write names and values.')
    return map === undefined ? undefined : new Fields(map, path, notes)
  }

  /** Names of the members. */
  get names(): string[] {
    return Object.keys(this.#map)
  }

  has(name: string): boolean {
    return this.raw(name) !== undefined
  }

  /** The member as it is; null is the same as absent. */
  raw(name: string): Value | undefined {
    return Object.hasOwn(this.#map, name) ? (this.#map[name] ?? undefined) : undefined
  }

  at(name: string): string {
    const key = /^[\w$/-]+$/.test(name) ? name : `[${JSON.stringify(name)}]`
    return this.path === '' || key.startsWith('[') ? this.path + key : `${this.path}.${key}`
  }

  /** A text; empty where there is none. */
  text(name: string): string {
    const value = this.raw(name)
    if (value === undefined) return ''
    const text = asText(value)
    if (text === undefined) this.notes.error(this.at(name), `${name} is no text`, 'Write one text, in quotes.')
    return text?.trim() ?? ''
  }

  /** A list of texts with the path of each; nothing where there is none. */
  texts(name: string): { text: string; path: string }[] {
    return this.#list(name).flatMap((value, at) => {
      const path = `${this.at(name)}[${at}]`
      const text = asText(value)?.trim()
      if (text === undefined || text === '') this.notes.error(path, `${name} has an entry that is no text`)
      return text === undefined || text === '' ? [] : [{ text, path }]
    })
  }

  /** A mapping; undefined where there is none. */
  fields(name: string): Fields | undefined {
    const value = this.raw(name)
    return value === undefined ? undefined : Fields.of(value, this.at(name), name, this.notes)
  }

  /** A list of mappings; nothing where there is none. */
  list(name: string): Fields[] {
    return this.#list(name).flatMap(
      (value, at) => Fields.of(value, `${this.at(name)}[${at}]`, `an entry of ${name}`, this.notes) ?? [],
    )
  }

  /** A pattern that has to be the whole text; undefined where there is none. */
  pattern(name: string, options: { readonly ignoreCase?: boolean } = {}): TextTest | undefined {
    const text = this.text(name)
    if (text === '') return undefined
    try {
      return compileWhole(text, options)
    } catch (error) {
      const why = error instanceof SyntaxError ? error.message : String(error)
      this.notes.error(this.at(name), `${name} is no pattern: ${why}`, 'Patterns are those of Go; docs/exceptions.md.')
      return undefined
    }
  }

  /** When it ends, as RFC 3339; empty for never. */
  end(name: string): string {
    const text = this.text(name)
    const end = text === '' ? '' : endOf(text)
    if (end === undefined) {
      this.notes.error(
        this.at(name),
        `${name} is ${shown(text)}, which is no date`,
        'Write 2027-03-31 or 2027-03-31T12:00:00Z.',
      )
    }
    return end ?? ''
  }

  /** A label selector; undefined where there is none. */
  selector(name: string): LabelSelector | undefined {
    const fields = this.fields(name)
    if (fields === undefined) return undefined
    fields.only('matchLabels', 'matchExpressions')
    const labels = fields.fields('matchLabels')
    for (const label of labels?.names ?? []) labels?.text(label)
    for (const expression of fields.list('matchExpressions')) {
      expression.only('key', 'operator', 'values')
      if (expression.text('key') === '') expression.notes.error(expression.path, 'a label expression has no key')
      const operator = expression.text('operator')
      if (!OPERATORS.includes(operator)) {
        const hint = `Use one of ${OPERATORS.join(', ')}.`
        expression.notes.error(expression.at('operator'), `the operator ${shown(operator)} does not exist`, hint)
      }
      expression.texts('values')
    }
    return readSelector(this.raw(name))
  }

  /** Notes members that are none of these. */
  only(...known: readonly string[]): void {
    for (const name of this.names) {
      if (known.includes(name)) continue
      const [near] = name.length > LONGEST_NAME ? [] : nearest(name, known)
      const hint = near === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean ${near}?`
      this.notes.warn(this.at(name), `${shown(name)} is not known here and says nothing`, hint)
    }
  }

  #list(name: string): readonly Value[] {
    const value = this.raw(name)
    if (value === undefined) return []
    if (Array.isArray(value)) return value
    this.notes.error(this.at(name), `${name} is no list`, `Write ${name}: [...].`)
    return []
  }
}
