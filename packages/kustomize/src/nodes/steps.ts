/** Ways through a tree: keys, and entries of lists by their place or by what tells them apart. */
import type { YamlNode } from '@kubescape/yaml'

import { asText, get } from './node.ts'

/** A key, the place of a list entry, or an entry by one of its fields; the key is empty for an entry that is a text. */
export type Step = string | number | { readonly key: string; readonly value: string }

/** The way that goes through an entry of a list: by its name where it has one, since places change when lists are merged. */
export function entryStep(item: YamlNode | undefined, at: number): Step {
  const name = asText(get(item, 'name'))
  return name === undefined ? at : { key: 'name', value: name }
}

/** True for the way through these keys and nothing else. */
export function isWay(way: readonly Step[], ...keys: readonly string[]): boolean {
  return way.length === keys.length && keys.every((key, at) => way[at] === key)
}

/** Ways as paths, `spec.containers[0].image`, as things are in one tree. What is not there is told as far as it can be. */
export class Paths {
  readonly #root: YamlNode
  readonly #entries = new Map<YamlNode, ReadonlyMap<string, YamlNode>>()
  readonly #places = new Map<YamlNode, Map<string, ReadonlyMap<string | undefined, number>>>()

  constructor(root: YamlNode) {
    this.#root = root
  }

  /** The path of a way. */
  of(steps: readonly Step[]): string {
    const last = steps.findLastIndex((step) => typeof step === 'object')
    let path = ''
    let node: YamlNode | undefined = this.#root
    steps.forEach((step, depth) => {
      const isNeeded = depth < last
      if (typeof step === 'string') {
        path = path === '' ? step : `${path}.${step}`
        if (isNeeded) node = this.#entry(node, step)
        return
      }
      const at = typeof step === 'number' ? step : this.#place(node, step.key, step.value)
      path += at === undefined && typeof step !== 'number' ? `[${step.key}=${step.value}]` : `[${at}]`
      if (isNeeded) node = node?.type === 'sequence' && at !== undefined ? node.items[at] : undefined
    })
    return path
  }

  #entry(node: YamlNode | undefined, key: string): YamlNode | undefined {
    if (node?.type !== 'mapping') return undefined
    let entries = this.#entries.get(node)
    if (entries === undefined) {
      entries = new Map(node.entries.map((each) => [each.key.text, each.value]))
      this.#entries.set(node, entries)
    }
    return entries.get(key)
  }

  #place(node: YamlNode | undefined, key: string, value: string): number | undefined {
    if (node?.type !== 'sequence') return undefined
    const byKey = this.#places.get(node) ?? new Map<string, ReadonlyMap<string | undefined, number>>()
    this.#places.set(node, byKey)
    // The first of equal entries counts.
    const places =
      byKey.get(key) ?? new Map(node.items.map((item, at) => [fieldText(item, key), at] as const).toReversed())
    byKey.set(key, places)
    return places.get(value)
  }
}

function fieldText(item: YamlNode, key: string): string | undefined {
  return key === '' ? asText(item) : asText(get(item, key))
}
