/** Small things to do with documents as trees. */
import type { MappingNode, ScalarNode, ScalarStyle, SequenceNode, YamlNode } from '@kubescape/yaml'

/** Null, as it is written where a value is missing. */
export function nullNode(): ScalarNode {
  return { type: 'scalar', text: 'null', style: 'plain', tag: '!!null' }
}

/** A text; it is quoted where it would be read as something else. */
export function textNode(text: string, style: ScalarStyle = 'plain'): ScalarNode {
  return { type: 'scalar', text, style, tag: '!!str' }
}

/** A scalar of another kind, by its text. */
export function scalarNode(text: string, tag: string): ScalarNode {
  return { type: 'scalar', text, style: 'plain', tag }
}

/** A mapping without entries. */
export function emptyMapping(): MappingNode {
  return { type: 'mapping', entries: [], flow: false }
}

/** A list. */
export function listNode(items: YamlNode[] = []): SequenceNode {
  return { type: 'sequence', items, flow: false }
}

/** True for null. */
export function isNull(node: YamlNode | undefined): boolean {
  return node?.type === 'scalar' && node.tag === '!!null'
}

/** The node as a mapping; undefined for anything else. */
export function asMapping(node: YamlNode | undefined): MappingNode | undefined {
  return node?.type === 'mapping' ? node : undefined
}

/** The node as a list; undefined for anything else. */
export function asList(node: YamlNode | undefined): SequenceNode | undefined {
  return node?.type === 'sequence' ? node : undefined
}

/** The text of a scalar; undefined for collections and null. */
export function asText(node: YamlNode | undefined): string | undefined {
  return node?.type === 'scalar' && node.tag !== '!!null' ? node.text : undefined
}

/** The value of a key. */
export function get(node: YamlNode | undefined, key: string): YamlNode | undefined {
  if (node?.type !== 'mapping') return undefined
  return node.entries.find((entry) => entry.key.text === key)?.value
}

/** The value below several keys. */
export function getPath(node: YamlNode | undefined, ...keys: readonly string[]): YamlNode | undefined {
  let at = node
  for (const key of keys) at = get(at, key)
  return at
}

/** Sets a key; a new one comes last. */
export function set(node: MappingNode, key: string, value: YamlNode): void {
  const entry = node.entries.find((each) => each.key.text === key)
  if (entry === undefined) node.entries.push({ key: textNode(key), value })
  else entry.value = value
}

/** Removes a key. */
export function remove(node: MappingNode, key: string): void {
  const at = node.entries.findIndex((entry) => entry.key.text === key)
  if (at >= 0) node.entries.splice(at, 1)
}

/** The mapping below a key, made where there is none or null. */
export function mappingAt(node: MappingNode, key: string): MappingNode | undefined {
  const present = get(node, key)
  if (present !== undefined && !isNull(present)) return asMapping(present)
  const made = emptyMapping()
  set(node, key, made)
  return made
}

/** Puts other things into a list in place of what it holds; lists of any length. */
export function refill<T>(list: T[], items: readonly T[]): void {
  list.length = 0
  for (const item of items) list.push(item)
}

/** A tree of its own. */
export function clone<Node extends YamlNode>(node: Node): Node {
  return cloneNode(node) as Node
}

function cloneNode(node: YamlNode): YamlNode {
  switch (node.type) {
    case 'scalar':
      return { ...node }
    case 'sequence':
      return { ...node, items: node.items.map(cloneNode) }
    default:
      return {
        ...node,
        entries: node.entries.map(({ key, value }) => ({ key: { ...key }, value: cloneNode(value) })),
      }
  }
}

/** True when both mean the same, however they are written; mappings in any order. */
export function isEqual(a: YamlNode, b: YamlNode): boolean {
  if (a.type === 'scalar' || b.type === 'scalar') {
    return a.type === 'scalar' && b.type === 'scalar' && a.text === b.text && isText(a) === isText(b)
  }
  if (a.type === 'sequence' || b.type === 'sequence') {
    return (
      a.type === 'sequence' &&
      b.type === 'sequence' &&
      a.items.length === b.items.length &&
      a.items.every((item, at) => isEqual(item, b.items[at] ?? nullNode()))
    )
  }
  return (
    a.entries.length === b.entries.length &&
    a.entries.every(({ key, value }) => {
      const other = get(b, key.text)
      return other !== undefined && isEqual(value, other)
    })
  )
}

function isText({ tag }: ScalarNode): boolean {
  return tag === '!!str'
}
