/** How much a build may take: what is hostile ends with a clear problem. */
import type { YamlNode } from '@kubescape/yaml'

import { BuildError } from './problem.ts'

/** Bounds of a build. */
export interface BuildLimits {
  /** Kustomizations within each other. */
  readonly depth: number
  /** Kustomizations that are built, the same one each time that it is named. */
  readonly kustomizations: number
  /** Objects of all kustomizations together. */
  readonly objects: number
  /** Objects and fields that are looked at, by all directives together. */
  readonly steps: number
  /** Fields that directives make, each once for every object that gets it. */
  readonly fields: number
  /** Levels of mappings and lists in an object. */
  readonly nesting: number
  /** Characters of a text that is put together. */
  readonly text: number
  /** Characters of the output. */
  readonly output: number
}

/** Bounds that no kustomization of good will reaches. */
export const DEFAULT_LIMITS: BuildLimits = {
  depth: 100,
  kustomizations: 10_000,
  objects: 50_000,
  steps: 20_000_000,
  fields: 2_000_000,
  nesting: 250,
  text: 8 * 1024 * 1024,
  output: 128 * 1024 * 1024,
}

/** Counts what a build takes; every method throws a `BuildError` when that is too much. */
export class Budget {
  readonly limits: BuildLimits
  #steps = 0
  #fields = 0
  #kustomizations = 0

  constructor(limits: BuildLimits) {
    this.limits = limits
  }

  /** One more kustomization. */
  enter(): void {
    if (++this.#kustomizations > this.limits.kustomizations) {
      throw new BuildError(`more than ${this.limits.kustomizations} kustomizations are built`)
    }
  }

  /** So many objects or fields looked at. */
  spend(steps: number): void {
    this.#steps += steps
    if (this.#steps > this.limits.steps) throw new BuildError(`the build takes more than ${this.limits.steps} steps`)
  }

  /** So many fields made. */
  make(fields: number): void {
    this.#fields += fields
    if (this.#fields > this.limits.fields)
      throw new BuildError(`the build makes more than ${this.limits.fields} fields`)
  }

  /** A tree that is going to be copied. */
  copy(root: YamlNode): void {
    this.make(this.#count(root))
  }

  /** A tree that has been changed. */
  measure(root: YamlNode): void {
    this.spend(this.#count(root))
  }

  #count(root: YamlNode): number {
    const left: [YamlNode, number][] = [[root, 0]]
    let nodes = 0
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const [node, depth] = next
      nodes++
      if (depth > this.limits.nesting) throw new BuildError(`an object nests more than ${this.limits.nesting} deep`)
      if (node.type === 'sequence') for (const item of node.items) left.push([item, depth + 1])
      if (node.type === 'mapping') for (const { value } of node.entries) left.push([value, depth + 1])
    }
    return nodes
  }

  /** The length of a text that is going to be put together. */
  allowText(characters: number): void {
    const { text } = this.limits
    if (characters > text) throw new BuildError(`the build makes a text of more than ${text} characters`)
  }

  /** The length of the output so far. */
  allowOutput(characters: number): void {
    const { output } = this.limits
    if (characters > output) throw new BuildError(`the build makes more than ${output} characters`)
  }
}
