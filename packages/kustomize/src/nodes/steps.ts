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

/** A way as a path, `spec.containers[0].image`, as things are in the tree; what is not there is told as far as it can be. */
export function pathOf(root: YamlNode, steps: readonly Step[]): string {
  let path = ''
  let node: YamlNode | undefined = root
  for (const step of steps) {
    if (typeof step === 'string') {
      path = path === '' ? step : `${path}.${step}`
      node = get(node, step)
      continue
    }
    const items: readonly YamlNode[] = node?.type === 'sequence' ? node.items : []
    const at = typeof step === 'number' ? step : items.findIndex((item) => fieldText(item, step.key) === step.value)
    path += at < 0 && typeof step !== 'number' ? `[${step.key}=${step.value}]` : `[${at}]`
    node = items[at]
  }
  return path
}

function fieldText(item: YamlNode, key: string): string | undefined {
  return key === '' ? asText(item) : asText(get(item, key))
}
