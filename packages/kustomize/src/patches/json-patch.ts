/** JSON patches (RFC 6902). */
import { isValueMap, type Value, type ValueMap, type YamlNode } from '@kubescape/yaml'

import { clone, get, isEqual, nullNode, remove, set } from '../nodes/node.ts'
import { nodeOf } from '../nodes/value.ts'

/** Why an operation could not be done. */
export class PatchError extends Error {
  override readonly name = 'PatchError'
}

/** Does the operations in order; the answer is the object, which is another one where the whole of it was replaced. */
export function applyJsonPatch(node: YamlNode, operations: readonly Value[]): YamlNode {
  let root = node
  for (const operation of operations) {
    if (!isValueMap(operation)) throw new PatchError('an operation is no mapping')
    root = apply(root, operation)
  }
  return root
}

/** The paths that operations change, with dots; entries of lists in brackets. */
export function changedPaths(operations: readonly Value[]): string[] {
  return operations.flatMap((operation) => {
    const path = isValueMap(operation) ? operation['path'] : undefined
    return typeof path === 'string' ? [pointer(path).reduce((at, part) => joined(at, part), '')] : []
  })
}

function joined(path: string, part: string): string {
  if (/^(?:\d+|-)$/.test(part)) return `${path}[${part}]`
  return path === '' ? part : `${path}.${part}`
}

function apply(root: YamlNode, operation: ValueMap): YamlNode {
  const { op, path, from, value } = operation
  if (typeof path !== 'string') throw new PatchError('an operation has no path')
  const parts = pointer(path)
  switch (op) {
    case 'add':
      return add(root, parts, nodeOf(value))
    case 'remove':
      return take(root, parts).root
    case 'replace': {
      const present = find(root, parts)
      if (present === undefined) throw new PatchError(`replace operation does not apply: doc is missing key: ${path}`)
      return parts.length === 0 ? nodeOf(value) : add(take(root, parts).root, parts, nodeOf(value))
    }
    case 'move': {
      const taken = take(root, pointer(typeof from === 'string' ? from : ''))
      return add(taken.root, parts, taken.node)
    }
    case 'copy': {
      const found = find(root, pointer(typeof from === 'string' ? from : ''))
      if (found === undefined)
        throw new PatchError(`copy operation does not apply: doc is missing from path: ${JSON.stringify(from ?? '')}`)
      return add(root, parts, clone(found))
    }
    case 'test': {
      const found = find(root, parts) ?? nullNode()
      if (!isEqual(found, nodeOf(value))) throw new PatchError(`testing path ${path} failed`)
      return root
    }
    default:
      throw new PatchError(`Unexpected kind: ${JSON.stringify(op ?? null)}`)
  }
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
