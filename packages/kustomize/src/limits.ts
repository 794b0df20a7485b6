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
  /** Objects that are looked at, and fields that are made, by all directives together. */
  readonly steps: number
  /** Levels of mappings and lists in an object. */
  readonly nesting: number
  /** Characters of all that is made: of one text, and of the output. */
  readonly characters: number
}

/** Bounds that no kustomization of good will reaches. */
export const DEFAULT_LIMITS: BuildLimits = {
  depth: 100,
  kustomizations: 10_000,
  objects: 50_000,
  steps: 20_000_000,
  nesting: 250,
  characters: 128 * 1024 * 1024,
}

/** Counts what a build takes; every method throws a `BuildError` when that is too much. */
export class Budget {
  readonly limits: BuildLimits
  #steps = 0
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

  /** So many objects looked at, or fields made. */
  spend(steps: number): void {
    this.#steps += steps
    if (this.#steps > this.limits.steps) throw new BuildError(`the build takes more than ${this.limits.steps} steps`)
  }

  /** A tree that has been changed: spends its nodes, and looks how deep it is. */
  measure(root: YamlNode): void {
    const left: [YamlNode, number][] = [[root, 0]]
    let nodes = 0
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const [node, depth] = next
      nodes++
      if (depth > this.limits.nesting) throw new BuildError(`an object nests more than ${this.limits.nesting} deep`)
      if (node.type === 'sequence') for (const item of node.items) left.push([item, depth + 1])
      if (node.type === 'mapping') for (const { value } of node.entries) left.push([value, depth + 1])
    }
    this.spend(nodes)
  }

  /** The length of a text that is going to be made. */
  allow(characters: number): void {
    if (characters > this.limits.characters) {
      throw new BuildError(`the build makes more than ${this.limits.characters} characters`)
    }
  }
}
