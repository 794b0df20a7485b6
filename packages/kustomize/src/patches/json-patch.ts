/** JSON patches (RFC 6902). */
import { isValueMap, type Value, type ValueMap, type YamlNode } from '@kubescape/yaml'

import type { Budget } from '../limits.ts'
import { clone, get, isEqual, nullNode, remove, set } from '../nodes/node.ts'
import { entryStep, type Step } from '../nodes/steps.ts'
import { nodeOf } from '../nodes/value.ts'

/** Why an operation could not be done. */
export class PatchError extends Error {
  override readonly name = 'PatchError'
}

/** Does the operations in order. `root` is another one where the whole object was replaced; `ways` lead to what changed. */
export function applyJsonPatch(
  node: YamlNode,
  operations: readonly Value[],
  budget: Budget,
): { readonly root: YamlNode; readonly ways: readonly (readonly Step[])[] } {
  let root = node
  const ways: (readonly Step[])[] = []
  for (const operation of operations) {
    if (!isValueMap(operation)) throw new PatchError('an operation is no mapping')
    const { op, path } = operation
    const parts = typeof path === 'string' ? pointer(path) : []
    const gone = op === 'remove' ? wayOf(root, parts) : []
    root = apply(root, operation, budget)
    if (op !== 'test') ways.push(op === 'remove' ? gone : wayOf(root, parts))
  }
  return { root, ways }
}

/** A pointer as a way; entries of lists by their names. */
function wayOf(root: YamlNode, parts: readonly string[]): Step[] {
  let node: YamlNode | undefined = root
  return parts.map((part) => {
    if (node?.type !== 'sequence') {
      node = get(node, part)
      return part
    }
    const { length } = node.items
    const at = part === '-' ? length - 1 : (placeIn(length, part) ?? length)
    node = node.items[at]
    return entryStep(node, at)
  })
}

function apply(root: YamlNode, operation: ValueMap, budget: Budget): YamlNode {
  const { op, path, from, value } = operation
  if (typeof path !== 'string') throw new PatchError('an operation has no path')
  const parts = pointer(path)
  switch (op) {
    case 'add':
      return add(root, parts, nodeOf(value))
    case 'remove':
      return take(root, parts).root
    case 'replace': {
      if (find(root, parts) === undefined) {
        throw new PatchError(`replace operation does not apply: doc is missing key: ${path}: missing value`)
      }
      return put(root, parts, nodeOf(value))
    }
    case 'move': {
      const source = pointer(typeof from === 'string' ? from : '')
      if (isBelow(parts, source)) throw new PatchError(`cannot move ${textOfPointer(source)} into itself`)
      const taken = take(root, source)
      const moved = add(taken.root, parts, taken.node)
      // Moving deepens what is there: often enough, and it nests too deeply for what comes next.
      budget.measure(moved)
      return moved
    }
    case 'copy': {
      const found = find(root, pointer(typeof from === 'string' ? from : ''))
      if (found === undefined)
        throw new PatchError(`copy operation does not apply: doc is missing from path: ${JSON.stringify(from ?? '')}`)
      budget.copy(found)
      return add(root, parts, clone(found))
    }
    case 'test': {
      const found = find(root, parts) ?? nullNode()
      if (!isEqual(found, nodeOf(value))) throw new PatchError(`testing value ${path} failed: test failed`)
      return root
    }
    default:
      throw new PatchError(`Unexpected kind: ${typeof op === 'string' ? op : 'unknown'}`)
  }
}

function isBelow(parts: readonly string[], parent: readonly string[]): boolean {
  return parts.length > parent.length && parent.every((part, at) => parts[at] === part)
}

function textOfPointer(parts: readonly string[]): string {
  return parts.map((part) => `/${part}`).join('')
}

/** Puts a value in the place of what is there. */
function put(root: YamlNode, parts: readonly string[], value: YamlNode): YamlNode {
  const last = parts.at(-1)
  if (last === undefined) return value
  const parent = parentOf(root, parts, 'replace')
  if (parent.type === 'mapping') set(parent, last, value)
  else if (parent.type === 'sequence') parent.items[placeIn(parent.items.length, last) ?? 0] = value
  return root
}

/** The parts of a JSON pointer (RFC 6901). */
function pointer(path: string): string[] {
  if (path === '') return []
  return path
    .replace(/^\//, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function find(root: YamlNode, parts: readonly string[]): YamlNode | undefined {
  let at: YamlNode | undefined = root
  for (const part of parts)
    at = at?.type === 'sequence' ? at.items[placeIn(at.items.length, part) ?? -1] : get(at, part)
  return at
}

function parentOf(root: YamlNode, parts: readonly string[], operation: string): YamlNode {
  const parent = find(root, parts.slice(0, -1))
  if (parent === undefined || parent.type === 'scalar') {
    throw new PatchError(
      `${operation} operation does not apply: doc is missing path: "/${parts.join('/')}": missing value`,
    )
  }
  return parent
}

function add(root: YamlNode, parts: readonly string[], value: YamlNode): YamlNode {
  const last = parts.at(-1)
  if (last === undefined) return value
  const parent = parentOf(root, parts, 'add')
  if (parent.type === 'mapping') set(parent, last, value)
  else if (parent.type === 'sequence') {
    const at = last === '-' ? parent.items.length : placeIn(parent.items.length + 1, last)
    if (at === undefined) throw new PatchError(`add operation does not apply: invalid index ${last}`)
    parent.items.splice(at, 0, value)
  }
  return root
}

function take(root: YamlNode, parts: readonly string[]): { readonly root: YamlNode; readonly node: YamlNode } {
  const node = find(root, parts)
  const last = parts.at(-1)
  if (node === undefined || last === undefined) {
    throw new PatchError(`remove operation does not apply: Unable to remove nonexistent key: ${parts.join('/')}`)
  }
  const parent = parentOf(root, parts, 'remove')
  if (parent.type === 'mapping') remove(parent, last)
  else if (parent.type === 'sequence') parent.items.splice(placeIn(parent.items.length, last) ?? 0, 1)
  return { root, node }
}

/** The place that a part of a pointer means in a list; negative ones count from the end. */
function placeIn(length: number, part: string): number | undefined {
  if (!/^-?\d+$/.test(part)) return undefined
  const at = Number(part) < 0 ? length + Number(part) : Number(part)
  return at >= 0 && at < length ? at : undefined
}
