/** Reads the fields of a mapping that a stranger wrote; what is of the wrong kind is a problem and counts as not written. */
import { asMap, asText, type Value, type ValueMap } from '@kubescape/resources'

import type { Place, Problems } from './problems.ts'

/** A mapping, and where it stands. */
export class Fields {
  readonly map: ValueMap
  readonly #problems: Problems
  readonly #placeOf: (name: string) => Place

  /** `placeOf` gives the place of a field of the mapping. */
  constructor(map: ValueMap, problems: Problems, placeOf: (name: string) => Place) {
    this.map = map
    this.#problems = problems
    this.#placeOf = placeOf
  }

  /** The value of the first of these names that is written. */
  value(...names: readonly string[]): Value | undefined {
    const name = this.#written(names)
    return name === undefined ? undefined : this.map[name]
  }

  /** A text without white space around it; numbers count as texts. Empty when it is not written. */
  text(...names: readonly string[]): string {
    const value = this.value(...names)
    const text = asText(value)
    if (value !== undefined && text === undefined) this.wrong(names, 'must be a text')
    return (text ?? '').trim()
  }

  /** A text as it is, white space included: a program. */
  rawText(name: string): string {
    const value = this.value(name)
    return typeof value === 'string' ? value : ''
  }

  /** The fields of a mapping that stands in this one; undefined where there is none. */
  below(name: string): Fields | undefined {
    const map = asMap(this.value(name))
    return map === undefined ? undefined : new Fields(map, this.#problems, (each) => this.#placeOf(`${name}.${each}`))
  }

  /** A list of texts; a text alone is a list of one. */
  texts(...names: readonly string[]): string[] {
    const value = this.value(...names)
    if (value === undefined) return []
    const list = Array.isArray(value) ? value : [value]
    const texts = list.map(asText)
    if (texts.includes(undefined)) this.wrong(names, 'must be a list of texts')
    return texts.filter((text) => text !== undefined)
  }

  /** The mappings of a list, each with its fields. */
  maps(...names: readonly string[]): Fields[] {
    const name = this.#written(names)
    if (name === undefined) return []
    const value = this.map[name]
    if (!Array.isArray(value)) {
      this.wrong(names, 'must be a list')
      return []
    }
    return value.flatMap((item, at): Fields[] => {
      const map = asMap(item)
      if (map === undefined) {
        this.wrong(names, 'must be a list of mappings')
        return []
      }
      return [new Fields(map, this.#problems, (below) => this.#placeOf(`${name}[${at}].${below}`))]
    })
  }

  /** A number; undefined when it is not written. */
  number(...names: readonly string[]): number | undefined {
    const value = this.value(...names)
    if (value === undefined) return undefined
    const number = typeof value === 'string' ? Number(value.trim() || Number.NaN) : Number(value)
    if (Number.isFinite(number) && typeof value !== 'object' && typeof value !== 'boolean') return number
    this.wrong(names, 'must be a number')
    return undefined
  }

  isTrue(...names: readonly string[]): boolean {
    const value = this.value(...names)
    if (value !== undefined && typeof value !== 'boolean') this.wrong(names, 'must be true or false')
    return value === true
  }

  /** Notes that a field is wrong: a sentence without its subject, such as `must be a list`. */
  wrong(names: readonly string[], what: string, hint = 'docs/policies.md describes the fields.'): void {
    const name = this.#written(names) ?? names[0] ?? ''
    this.#problems.note('invalid-header', `the field ${name} ${what}`, hint, this.#placeOf(name))
  }

  #written(names: readonly string[]): string | undefined {
    return names.find((name) => {
      const value = Object.hasOwn(this.map, name) ? this.map[name] : undefined
      return value !== undefined && value !== null
    })
  }
}
