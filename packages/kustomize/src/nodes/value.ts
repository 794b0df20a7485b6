/** Between trees and plain values. */
import { readNodes, type ScalarNode, type Value, type YamlNode } from '@kubescape/yaml'

import { emptyMapping, listNode, nullNode, scalarNode, textNode } from './node.ts'

/** A tree for a value, in block style. */
export function nodeOf(value: Value | undefined): YamlNode {
  if (value === null || value === undefined) return nullNode()
  if (typeof value === 'string') return textNode(value, value.includes('\n') ? 'literal' : 'plain')
  if (typeof value === 'boolean') return scalarNode(String(value), '!!bool')
  if (typeof value === 'bigint') return scalarNode(String(value), '!!int')
  if (typeof value === 'number') return scalarNode(String(value), Number.isInteger(value) ? '!!int' : '!!float')
  if (Array.isArray(value)) return listNode(value.map(nodeOf))
  const made = emptyMapping()
  for (const [key, each] of Object.entries(value)) made.entries.push({ key: textNode(key), value: nodeOf(each) })
  return made
}

/** The scalar that YAML reads where a text stands without quotes; a text where that would be no scalar. */
export function plainNode(text: string): ScalarNode {
  const [node] = /[\n:#,[\]{}&*!|>'"%@`]/.test(text) ? [] : readNodes(text).nodes
  return node?.type === 'scalar' && node.text === text ? { ...node, style: 'plain' } : textNode(text)
}

/** What a tree means, as JSON. Keys are sorted, as Go writes maps. */
export function jsonOf(node: YamlNode): string {
  switch (node.type) {
    case 'scalar':
      return scalarJson(node.text, node.tag)
    case 'sequence':
      return `[${node.items.map(jsonOf).join(',')}]`
    default:
      return `{${node.entries
        .toSorted((a, b) => (a.key.text < b.key.text ? -1 : 1))
        .map(({ key, value }) => `${goString(key.text)}:${jsonOf(value)}`)
        .join(',')}}`
  }
}

/** A text as Go's JSON writes it: what could end a script or a line of JavaScript is escaped. */
export function goString(text: string): string {
  return JSON.stringify(text.toWellFormed())
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
    .replaceAll('\\b', '\\u0008')
    .replaceAll('\\f', '\\u000c')
}

function scalarJson(text: string, tag: string): string {
  if (tag === '!!null') return 'null'
  if (tag === '!!bool') return /^(?:true|yes|on|y)$/i.test(text) ? 'true' : 'false'
  if (tag === '!!int' || tag === '!!float') return text
  return goString(text)
}
