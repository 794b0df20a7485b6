/** Control inputs: the defaults with what the user set over them. */
import {
  compilePattern,
  DEFAULT_INPUTS,
  INPUT_DESCRIPTIONS,
  isInputName,
  parseQuantity,
  type ControlInputs,
  type InputName,
  type OwnInput,
  type InputType,
} from '@kubescape/controls'

import { nearest } from './nearest.ts'
import { SelectionError } from './selection.ts'

/**
 * The inputs of a scan. `overrides` is what a controls-inputs file holds: names with lists of texts; a list replaces the default.
 * `own` are those that policies bring beside the built-in ones.
 * @throws {SelectionError} for unknown names, wrong types and patterns that cannot be read
 */
export function makeInputs(overrides: unknown, own: readonly OwnInput[] = []): ControlInputs {
  if (overrides === undefined) return DEFAULT_INPUTS
  if (typeof overrides !== 'object' || overrides === null || Array.isArray(overrides)) {
    throw new SelectionError(
      'the control inputs are not a map',
      'Write names with lists of texts, such as {"imageRepositoryAllowList": ["registry.example.com/"]}.',
    )
  }
  const inputs: Record<InputName, readonly string[]> = { ...DEFAULT_INPUTS }
  const ownNames = new Set(own.map(({ name }) => name))
  const ownInputs: [name: string, values: readonly string[]][] = []
  for (const [name, value] of Object.entries(overrides)) {
    if (!isInputName(name) && !ownNames.has(name)) {
      const near = nearest(name, [...Object.keys(DEFAULT_INPUTS), ...ownNames])
      throw new SelectionError(
        `unknown control input "${name}"`,
        near.length > 0
          ? `Did you mean ${near.map((each) => `"${each}"`).join(' or ')}?`
          : 'See docs/control-inputs.md for all inputs.',
      )
    }
    if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) {
      throw new SelectionError(
        `the control input "${name}" is not a list of texts`,
        `Write it as ["a", "b"]; its default is ${JSON.stringify(defaultsOf(name, own))}.`,
      )
    }
    if (isInputName(name)) inputs[name] = value as string[]
    else ownInputs.push([name, value as string[]])
  }
  for (const name of Object.keys(overrides).filter(isInputName)) {
    for (const text of inputs[name]) {
      const why = wrongType(text, INPUT_DESCRIPTIONS[name].type)
      if (why !== undefined) {
        throw new SelectionError(`the control input "${name}" has a value that cannot be used: ${why}`, 'Correct it.')
      }
    }
  }
  return ownInputs.length === 0 ? inputs : { ...inputs, own: Object.fromEntries(ownInputs) }
}

function defaultsOf(name: string, own: readonly OwnInput[]): readonly string[] {
  return isInputName(name) ? DEFAULT_INPUTS[name] : (own.find((input) => input.name === name)?.defaults ?? [])
}

/** What is wrong with a text of an input; undefined when nothing is. */
function wrongType(text: string, type: InputType): string | undefined {
  switch (type) {
    case 'number':
      return /^\s*\d+\s*$/.test(text) ? undefined : `"${text}" is no number`
    case 'quantity':
      return parseQuantity(text) === undefined ? `"${text}" is no quantity, such as 500m or 256Mi` : undefined
    case 'pattern':
      try {
        compilePattern(text, '')
        return undefined
      } catch (error) {
        return error instanceof Error ? error.message : String(error)
      }
    default:
      return undefined
  }
}
