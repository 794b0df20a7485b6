/** Strategic merge: a patch is written like the object, and lists are merged by keys where their type says so. */
import type { MappingNode, SequenceNode, YamlNode } from '@kubescape/yaml'

import { asList, asMapping, asText, clone, get, isEqual, isNull, remove, set } from '../nodes/node.ts'
import type { Shape } from './merge-keys.ts'

const DIRECTIVE = '$patch'
const ORDER = '$setElementOrder/'
const DELETE_FROM = '$deleteFromPrimitiveList/'
const RETAIN = '$retainKeys'
const MAX_DEPTH = 200

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
  if (depth > MAX_DEPTH) throw new RangeError('the patch nests too deeply')
  const directive = asText(get(patch, DIRECTIVE))
  if (directive === 'delete') return undefined
  if (directive === 'replace') return withoutDirectives(patch)
  const kept = asList(get(patch, RETAIN))
  if (kept !== undefined) {
    const names = new Set(kept.items.map(asText))
    into.entries.splice(0, into.entries.length, ...into.entries.filter(({ key }) => names.has(key.text)))
  }
  for (const { key, value } of patch.entries) {
    if (key.text === DIRECTIVE || key.text === RETAIN || key.text.startsWith(ORDER)) continue
    if (key.text.startsWith(DELETE_FROM)) {
      deleteTexts(into, key.text.slice(DELETE_FROM.length), value)
      continue
    }
    const merged = mergeNode(get(into, key.text), value, shape?.fields[key.text], depth + 1)
    if (merged === undefined) remove(into, key.text)
    else set(into, key.text, merged)
  }
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

/** What becomes of a field; undefined removes it. */
function mergeNode(
  present: YamlNode | undefined,
  patch: YamlNode,
  shape: Shape | undefined,
  depth: number,
): YamlNode | undefined {
  if (isNull(patch)) return undefined
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
  const left = [...present.items]
  const items: YamlNode[] = []
  for (const item of patch.items) {
    const key = keyOf(item, used)
    const at = key === undefined ? -1 : left.findIndex((each) => keyOf(each, used) === key)
    const merged = mergeNode(at < 0 ? undefined : left[at], item, { fields: shape.fields }, depth + 1)
    if (at >= 0) left.splice(at, 1)
    if (merged === undefined || (merged.type === 'mapping' && merged.entries.length === 0)) continue
    const same = key === undefined ? -1 : items.findIndex((each) => keyOf(each, used) === key)
    if (same < 0) items.push(merged)
    else items[same] = merged
  }
  return { ...present, items: [...items, ...left] }
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
  const left = present.items.filter((item) => !patch.items.some((each) => isEqual(each, item)))
  return { ...present, items: [...patch.items.map(clone), ...left] }
}

function deleteTexts(into: MappingNode, name: string, texts: YamlNode): void {
  const list = asList(get(into, name))
  const gone = asList(texts)
  if (list === undefined || gone === undefined) return
  const items = list.items.filter((item) => !gone.items.some((each) => isEqual(each, item)))
  set(into, name, { ...list, items })
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
  if (depth > MAX_DEPTH) throw new RangeError('the patch nests too deeply')
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
