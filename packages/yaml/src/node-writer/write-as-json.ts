/** A tree of nodes as text, the way of tools that turn it into JSON first, such as kubectl and kustomize. */

import type { ScalarNode, YamlNode } from '../node.ts'
import { resolvePlain } from '../scalars.ts'
import { resolveTagged } from '../tags.ts'
import { compareKeys } from './key-order.ts'
import { jsonFloatText } from './number-text.ts'
import { YamlEmitter } from './yaml-emitter.ts'

/** How goyaml v2 lays out text. */
export const kubernetesStyle = { compactLists: true, width: 80, blockTabs: false }

/**
 * One document, without `---`, with a line break at its end: keys in the order of goyaml, styles chosen anew, numbers in
 * their usual form.
 */
export function writeAsJson(node: YamlNode): string {
  const emitter = new YamlEmitter(kubernetesStyle)
  write(emitter, node)
  return emitter.finish()
}

function write(emitter: YamlEmitter, node: YamlNode): void {
  if (node.type === 'scalar') {
    const text = valueText(node)
    if (text === undefined) emitter.text(textOf(node))
    else emitter.scalar(text, 'plain')
  } else if (node.type === 'sequence') {
    emitter.sequence(node.items.length)
    for (const item of node.items) write(emitter, item)
    emitter.end()
  } else {
    emitter.mapping(node.entries.length)
    for (const { key, value } of sorted(node.entries)) {
      emitter.key(valueText(key) ?? textOf(key))
      write(emitter, value)
    }
    emitter.end()
  }
}

function sorted<T extends { key: ScalarNode }>(entries: readonly T[]): T[] {
  return entries.toSorted((a, b) => compareKeys(a.key.text, b.key.text))
}

/** What is written for a scalar that is not a text; undefined for one that is. */
function valueText({ tag, text }: ScalarNode): string | undefined {
  if (tag === '!!null') return 'null'
  if (tag !== '!!bool' && tag !== '!!int' && tag !== '!!float') return undefined
  const value = resolvePlain(text)
  switch (typeof value) {
    case 'boolean':
    case 'bigint':
      return String(value)
    case 'number':
      return jsonFloatText(value)
    default:
      return undefined
  }
}

function textOf({ tag, text }: ScalarNode): string {
  if (tag !== '!!binary') return text
  const resolved = resolveTagged('tag:yaml.org,2002:binary', text)
  return 'value' in resolved ? String(resolved.value) : text
}
