/** Values of `.kubescape.yaml`, checked by the type of their member and made into what its flag would be typed as. */
import { isInputName } from '@kubescape/controls'
import { makeInputs, nearest, selectControls, SelectionError } from '@kubescape/scanner'
import { isValueMap, type Value, type ValueMap } from '@kubescape/yaml'

import { readExitCodes } from '../exit-codes.ts'
import type { Member, NameKind } from './members.ts'

/** A value that a member cannot have. */
export class WrongValue extends Error {
  override readonly name = 'WrongValue'
  readonly hint: string
  /** What is wrong, below the member: empty, or steps of a path such as `[2]` and `["NSA"]`. */
  readonly place: string

  constructor(message: string, hint: string, place = '') {
    super(message)
    this.hint = hint
    this.place = place
  }
}

/**
 * The value as its flag would be typed: a text, a boolean, a list of texts, or a map. Where policies of users are read (`isOpen`),
 * names that are not built in may be theirs.
 * @throws {WrongValue} for other types, and for names that do not exist
 */
export function readValue({ name, type }: Member, value: Value, isOpen: boolean): unknown {
  switch (type.kind) {
    case 'text':
      return word(name, value, type.values ?? [], '', type.example)
    case 'number':
      return String(score(name, value, ''))
    case 'switch':
      if (typeof value === 'boolean') return value
      throw wrong(name, value, 'true or false')
    case 'file':
      return word(name, value, [], '', 'a file name')
    case 'files':
      return words(name, value, {}, isOpen)
    case 'list':
      return words(name, value, type, isOpen)
    case 'inputs':
      return inputs(name, value, isOpen)
    case 'codes':
      return codes(name, value)
    default:
      return scores(name, value, type.of, isOpen)
  }
}

function word(name: string, value: Value, values: readonly string[], place: string, example = 'a text'): string {
  const wanted = values.length > 0 ? `one of ${values.join(', ')}` : example
  if (typeof value !== 'string' || value.trim() === '') throw wrong(name, value, wanted, place)
  if (values.length === 0) return value
  const known = values.find((each) => each === value.trim().toLowerCase())
  if (known !== undefined) return known
  const near = nearest(value, values)
  throw new WrongValue(
    `${name} does not know "${value}"`,
    near.length > 0 ? `Did you mean "${near[0]}"?` : `Use ${wanted}.`,
    place,
  )
}

function words(
  name: string,
  value: Value,
  { values = [], of }: { readonly values?: readonly string[]; readonly of?: NameKind },
  isOpen: boolean,
): string[] {
  if (!Array.isArray(value)) throw wrong(name, value, 'a list, such as [a, b]')
  return value.map((item, index) => {
    const read = word(name, item, values, `[${index}]`)
    if (of !== undefined) lookUp(of, read, `[${index}]`, isOpen)
    return read
  })
}

function score(name: string, value: Value, place: string): number {
  if (typeof value === 'number' && value >= 0 && value <= 100) return value
  throw wrong(name, value, 'a number from 0 to 100', place)
}

/** Scores by the names as they are written in the catalogue. */
function scores(name: string, value: Value, of: NameKind, isOpen: boolean): Record<string, number> {
  if (!isValueMap(value)) throw wrong(name, value, `a map of ${of}s with numbers`)
  return Object.fromEntries(
    Object.entries(value).map(([key, least]) => {
      const place = `[${JSON.stringify(key)}]`
      if (of === 'framework' && key.trim().toLowerCase() === 'all') {
        throw new WrongValue(
          '"all" is no framework of its own',
          'Use thresholds.compliance for the overall score.',
          place,
        )
      }
      return [lookUp(of, key, place, isOpen), score(`${name}.${key}`, least, place)]
    }),
  )
}

/** The name of a framework, or the id of a control. A number may stand for a control in any framework. */
function lookUp(of: NameKind, name: string, place: string, isOpen: boolean): string {
  const find = (): string => {
    if (of === 'framework') return selectControls({ frameworks: [name] }).frameworks[0]?.name ?? name
    const { controls } = selectControls(
      of === 'control' ? { controls: [name] } : { frameworks: ['all'], include: [name] },
    )
    return controls[0]?.id ?? name
  }
  if (!isOpen) return told(place, find)
  try {
    return find()
  } catch (error) {
    if (error instanceof SelectionError) return name.trim()
    throw error
  }
}

function inputs(name: string, value: Value, isOpen: boolean): ValueMap {
  if (!isValueMap(value)) throw wrong(name, value, 'a map of names with lists of texts')
  for (const [key, texts] of Object.entries(value)) {
    if (isOpen && !isInputName(key)) continue
    told(`[${JSON.stringify(key)}]`, () => makeInputs({ [key]: texts }))
  }
  return value
}

function codes(name: string, value: Value): string {
  if (value === 'default') return value
  if (!isValueMap(value)) throw wrong(name, value, 'default, or a map such as {threshold: 3}')
  return Object.entries(value)
    .map(([key, code]) => {
      const place = `[${JSON.stringify(key)}]`
      if (typeof code !== 'number') throw wrong(`${name}.${key}`, code, 'a number from 1 to 125', place)
      const pair = `${key}=${code}`
      told(place, () => readExitCodes(pair))
      return pair
    })
    .join(',')
}

/** What others say of a value, with its place. */
function told<T>(place: string, look: () => T): T {
  try {
    return look()
  } catch (error) {
    if (!(error instanceof Error && 'hint' in error)) throw error
    throw new WrongValue(error.message, String(error.hint), place)
  }
}

function wrong(name: string, value: Value, wanted: string, place = ''): WrongValue {
  const is = Array.isArray(value)
    ? 'a list'
    : value === null
      ? 'empty'
      : isValueMap(value)
        ? 'a map'
        : JSON.stringify(typeof value === 'bigint' ? String(value) : value)
  return new WrongValue(`${name} is ${is}`, `Give ${wanted}.`, place)
}
