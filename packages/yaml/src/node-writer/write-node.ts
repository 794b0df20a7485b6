/** A tree of nodes as text. */

import type { MappingNode, ScalarNode, YamlNode, WriteOptions } from '../node.ts'
import { YamlEmitter } from './yaml-emitter.ts'

/** Tags that readers find without help. */
const implicitTags: ReadonlySet<string> = new Set(['', '!!str', '!!int', '!!float', '!!bool', '!!null'])

/**
 * One document, without `---`, with a line break at its end. Scalars keep their style where their text allows it; a
 * plain text that would be read as something else is put in double quotes. The tree may be as deep as it was read.
 */
export function writeNode(node: YamlNode, options: WriteOptions): string {
  const emitter = new YamlEmitter(options)
  write(emitter, node)
  return emitter.finish()
}

function write(emitter: YamlEmitter, node: YamlNode): void {
  if (node.type === 'scalar') return writeScalar(emitter, node)
  if (node.type === 'mapping') return writeMapping(emitter, node)
  emitter.sequence(node.items.length, node.flow)
  for (const item of node.items) write(emitter, item)
  emitter.end()
}

function writeMapping(emitter: YamlEmitter, { entries, flow }: MappingNode): void {
  emitter.mapping(entries.length, flow)
  for (const { key, value } of entries) {
    if (isOrdinaryText(key)) emitter.key(key.text)
    else emitter.keyAs(key.text, key.style, ownTag(key))
    write(emitter, value)
  }
  emitter.end()
}

function writeScalar(emitter: YamlEmitter, node: ScalarNode): void {
  if (isOrdinaryText(node)) emitter.text(node.text)
  else emitter.scalar(node.text, node.style, ownTag(node))
}

/** Whether the style is left to the text. */
function isOrdinaryText({ style, tag }: ScalarNode): boolean {
  return style === 'plain' && tag === '!!str'
}

function ownTag({ tag }: ScalarNode): string {
  return implicitTags.has(tag) ? '' : tag
}
