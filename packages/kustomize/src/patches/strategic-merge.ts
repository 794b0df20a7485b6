/** Strategic merge: a patch is written like the object, and lists are merged by keys where their type says so. */
import type { MappingEntry, MappingNode, SequenceNode, YamlNode } from '@kubescape/yaml'

import { asList, asMapping, asText, clone, get, isNull, refill, set } from '../nodes/node.ts'
import { BuildError } from '../problem.ts'
import type { Shape } from './merge-keys.ts'

const DIRECTIVE = '$patch'
const ORDER = '$setElementOrder/'
const DELETE_FROM = '$deleteFromPrimitiveList/'
const RETAIN = '$retainKeys'
const MAX_DEPTH = 400
const KIND_NAMES = { scalar: 'ScalarNode', sequence: 'SequenceNode', mapping: 'MappingNode' } as const

/** Puts a patch into an object; undefined when the patch deletes it. */
export function mergeStrategically(
  object: MappingNode,
  patch: MappingNode,
  shape: Shape | undefined,
): MappingNode | undefined {
  return asMapping(mergeMapping(object, patch, shape, 0))
}

function mergeMapping(
  into: MappingNode,
  patch: MappingNode,
  shape: Shape | undefined,
  depth: number,
): YamlNode | undefined {
  if (depth > MAX_DEPTH) throw new BuildError('the patch nests too deeply')
  const directive = asText(get(patch, DIRECTIVE))
  if (directive === 'delete') return undefined
  if (directive === 'replace') return withoutDirectives(patch)
  const kept = asList(get(patch, RETAIN))
  if (kept !== undefined) {
    const names = new Set(kept.items.map(asText))
    refill(
      into.entries,
      into.entries.filter(({ key }) => names.has(key.text)),
    )
  }
  const fields = new Map(into.entries.map((entry) => [entry.key.text, entry]))
  const removed = new Set<MappingEntry>()
  for (const { key, value } of patch.entries) {
    const name = key.text
    if (name === DIRECTIVE || name === RETAIN || name.startsWith(ORDER)) continue
    if (name.startsWith(DELETE_FROM)) {
      deleteTexts(into, name.slice(DELETE_FROM.length), value)
      continue
    }
    const entry = fields.get(name)
    const fieldShape = shape !== undefined && Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined
    const merged = mergeNode(name, entry?.value, value, fieldShape, depth + 1)
    if (entry === undefined && merged !== undefined) into.entries.push({ key: { ...key }, value: merged })
    else if (entry !== undefined && merged === undefined) removed.add(entry)
    else if (entry !== undefined && merged !== undefined) entry.value = merged
  }
  if (removed.size > 0)
    refill(
      into.entries,
      into.entries.filter((each) => !removed.has(each)),
    )
  for (const { key, value } of patch.entries) {
    if (key.text.startsWith(ORDER))
      reorder(
        asList(get(into, key.text.slice(ORDER.length))),
        asList(value),
        shape?.fields[key.text.slice(ORDER.length)],
      )
  }
  return into
}

/**
 * What becomes of a field; undefined removes it.
 * @throws {BuildError} when one is a mapping, a list or a scalar, and the other is not
 */
function mergeNode(
  field: string,
  present: YamlNode | undefined,
  patch: YamlNode,
  shape: Shape | undefined,
  depth: number,
): YamlNode | undefined {
  if (isNull(patch)) return undefined
  if (present !== undefined && !isNull(present) && present.type !== patch.type) {
    const shown = patch.type === 'scalar' ? patch.text : patch.type === 'mapping' ? '...' : '[...]'
    throw new BuildError(
      `wrong Node Kind for ${field} expected: ${KIND_NAMES[present.type]} was ${KIND_NAMES[patch.type]}: value: {${shown}}`,
    )
  }
  if (patch.type === 'mapping') {
    const into = asMapping(present)
    if (into !== undefined) return mergeMapping(into, patch, shape, depth)
    return asText(get(patch, DIRECTIVE)) === 'delete' ? undefined : withoutDirectives(patch)
  }
  if (patch.type === 'sequence') return mergeList(asList(present), patch, shape, depth)
  return clone(patch)
}

function mergeList(
  present: SequenceNode | undefined,
  patch: SequenceNode,
  shape: Shape | undefined,
  depth: number,
): YamlNode | undefined {
  const directive = patch.items.map(onlyDirective).find((each) => each !== undefined)
  if (directive === 'delete') return undefined
  if (directive === 'replace' || shape?.keys === undefined || present === undefined) {
    return withoutDirectives({ ...patch, items: patch.items.filter((item) => onlyDirective(item) === undefined) })
  }
  return shape.keys.length === 0 ? mergeTexts(present, patch) : mergeEntries(present, patch, shape, shape.keys, depth)
}

/** Entries of the patch come first, in its order; then what else is there. */
function mergeEntries(
  present: SequenceNode,
  patch: SequenceNode,
  shape: Shape,
  keys: readonly string[],
  depth: number,
): SequenceNode {
  const used = usedKeys([...patch.items, ...present.items], keys)
  const left = Map.groupBy(present.items, (item) => keyOf(item, used))
  const taken = new Set<YamlNode>()
  const items = new Map<string | YamlNode, YamlNode>()
  for (const item of patch.items) {
    const key = keyOf(item, used)
    const own = key === undefined ? undefined : left.get(key)?.find((each) => !taken.has(each))
    const merged = mergeNode('a list entry', own, item, { fields: shape.fields }, depth + 1)
    if (own !== undefined) taken.add(own)
    if (merged === undefined || (merged.type === 'mapping' && merged.entries.length === 0)) continue
    items.set(key ?? item, merged)
  }
  return { ...present, items: [...items.values(), ...present.items.filter((each) => !taken.has(each))] }
}

/** The keys that any of the entries has: a second key that nobody writes tells nothing apart. */
function usedKeys(items: readonly YamlNode[], keys: readonly string[]): readonly string[] {
  if (keys.length === 1) return keys
  const used = keys.filter((key) => items.some((item) => (asText(get(item, key)) ?? '') !== ''))
  return used.length === 0 ? keys : used
}

function keyOf(item: YamlNode, keys: readonly string[]): string | undefined {
  const parts = keys.map((key) => asText(get(item, key)) ?? '')
  return parts.every((part) => part === '') ? undefined : JSON.stringify(parts)
}

function mergeTexts(present: SequenceNode, patch: SequenceNode): SequenceNode {
  const first = new Set(patch.items.map(scalarKey))
  const left = present.items.filter((item) => !first.has(scalarKey(item)))
  return { ...present, items: [...patch.items.map(clone), ...left] }
}

function deleteTexts(into: MappingNode, name: string, texts: YamlNode): void {
  const list = asList(get(into, name))
  const gone = new Set(asList(texts)?.items.map(scalarKey))
  if (list !== undefined) set(into, name, { ...list, items: list.items.filter((item) => !gone.has(scalarKey(item))) })
}

/** A text that only equal scalars share; other nodes are equal to nothing else. */
function scalarKey(node: YamlNode): unknown {
  return node.type === 'scalar' ? `${node.tag} ${node.text}` : node
}

/** Puts the entries of a list into the order that a directive names; others stay behind them. */
function reorder(list: SequenceNode | undefined, order: SequenceNode | undefined, shape: Shape | undefined): void {
  if (list === undefined || order === undefined) return
  const keys = shape?.keys ?? []
  const nameOf = (node: YamlNode): string => (keys.length === 0 ? (asText(node) ?? '') : (keyOf(node, keys) ?? ''))
  const ranks = new Map(order.items.map((item, at) => [nameOf(item), at]))
  const rank = (node: YamlNode): number => ranks.get(nameOf(node)) ?? order.items.length
  list.items.sort((a, b) => rank(a) - rank(b))
}

/** The directive of an entry that is nothing else: it is about the whole list. */
function onlyDirective(item: YamlNode): string | undefined {
  return item.type === 'mapping' && item.entries.length === 1 ? asText(get(item, DIRECTIVE)) : undefined
}

/** A copy of what a patch adds, without what only tells how to merge. */
function withoutDirectives(node: YamlNode, depth = 0): YamlNode {
  if (depth > MAX_DEPTH) throw new BuildError('the patch nests too deeply')
  if (node.type === 'scalar') return { ...node }
  if (node.type === 'sequence') {
    const items = node.items.filter((item) => asText(get(item, DIRECTIVE)) !== 'delete')
    return { ...node, items: items.map((item) => withoutDirectives(item, depth + 1)) }
  }
  const entries = node.entries.filter(
    ({ key, value }) =>
      !/^\$(?:patch$|retainKeys$|setElementOrder\/|deleteFromPrimitiveList\/)/.test(key.text) && !isNull(value),
  )
  return {
    ...node,
    entries: entries.map(({ key, value }) => ({ key: { ...key }, value: withoutDirectives(value, depth + 1) })),
  }
}
