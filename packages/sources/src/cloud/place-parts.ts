/** Collects the parts of a cluster's place in its cloud, each from the surest source that has it in the right form. */
import type { Problem } from '@kubescape/yaml'

import type { Environment } from '../run-program.ts'

/** Where a part may be found. */
export interface PartSources {
  /** What it is, for people. */
  readonly what: string
  /** The part in a text; undefined where the text holds none. Nothing else ever gets onto a command line. */
  readonly read: (text: string) => string | undefined
  /** Variables by which the user says it; the first is the one that people are told. */
  readonly variables: readonly string[]
  /** Texts that may hold it, the surest first. */
  readonly guesses: readonly (string | undefined)[]
  /** Variables that are set for other purposes, asked last. */
  readonly otherwise?: readonly string[]
  readonly isOptional?: true
}

/** The parts of one place. */
export class PlaceParts {
  readonly #env: Environment
  readonly #missing: { what: string; variable: string }[] = []
  readonly #wrong: { what: string; variable: string; value: string }[] = []

  constructor(env: Environment) {
    this.#env = env
  }

  /** The part; empty where it cannot be told, which `problem` then says. */
  pick({ what, read, variables, guesses, otherwise = [], isOptional }: PartSources): string {
    for (const variable of variables) {
      const value = this.#env[variable]
      if (value === undefined || value === '') continue
      const part = read(value)
      if (part === undefined) this.#wrong.push({ what, variable, value })
      return part ?? ''
    }
    for (const text of [...guesses, ...otherwise.map((variable) => this.#env[variable])]) {
      const part = text === undefined ? undefined : read(text)
      if (part !== undefined) return part
    }
    if (isOptional !== true) this.#missing.push({ what, variable: variables[0] ?? '' })
    return ''
  }

  /** Why the cluster of the service cannot be asked about; undefined when nothing is in the way. */
  problem(service: string): Problem | undefined {
    const [wrong] = this.#wrong
    if (wrong !== undefined) {
      return {
        code: 'cloud/bad-place',
        message: `${wrong.variable} is ${JSON.stringify(wrong.value)}, which is no ${wrong.what}: ${service} was not asked`,
        hint: `Correct it; ${UNASKED}`,
      }
    }
    if (this.#missing.length === 0) return undefined
    const parts = this.#missing.map(({ what }) => what).join(' and ')
    const variables = this.#missing.map(({ variable }) => variable).join(' and ')
    return {
      code: 'cloud/unknown-place',
      message: `neither the kubeconfig nor the nodes tell the ${parts} of this cluster: ${service} was not asked`,
      hint: `Set ${variables}; ${UNASKED}`,
    }
  }
}

const UNASKED = 'until then the controls that need its description are not evaluated.'

/** A reader of texts that match as a whole. */
export function whole(pattern: RegExp): (text: string) => string | undefined {
  return (text) => (pattern.test(text) ? text : undefined)
}
