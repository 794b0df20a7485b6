/** Fields that a transformer changes: by kind and path. */
import type { YamlNode } from '@kubescape/yaml'

import { emptyMapping, get, isNull, listNode, nullNode, set } from '../nodes/node.ts'
import { entryStep, type Step } from '../nodes/steps.ts'
import { isSelected, type Kind } from '../resources/identity.ts'
import type { Resource } from '../resources/resource.ts'
import { requireBounded } from './field-path.ts'

/** A field of some kinds. Parts of the path stand between slashes; `[]` behind a part goes through a list. */
export interface FieldSpec extends Partial<Kind> {
  readonly path: string
  /** Made where it is missing. */
  readonly create?: boolean
}

/** What becomes of a field. `node` is what is there; the answer takes its place. `way` leads there. */
export type Edit = (node: YamlNode, way: readonly Step[]) => YamlNode

/** The parts of a path; `\/` is a slash in one. */
export function pathParts(path: string): readonly string[] {
  const parts: string[] = []
  let part = ''
  for (let at = 0; at < path.length; at++) {
    if (path[at] === '\\' && path[at + 1] === '/') {
      part += '/'
      at++
    } else if (path[at] === '/') {
      parts.push(part)
      part = ''
    } else part += path[at]
  }
  parts.push(part)
  requireBounded(parts)
  return parts.filter((each) => each !== '')
}

/** What is made where the last part of a path is missing. */
export type Missing = 'mapping' | 'list' | 'scalar'

/** Changes the fields of a resource that the specs name. */
export function editFields(
  resource: Resource,
  specs: readonly FieldSpec[],
  edit: Edit,
  missing: Missing = 'scalar',
): void {
  const { id } = resource
  for (const spec of specs) {
    if (isSelected(id, spec)) editPath(resource.node, pathParts(spec.path), spec.create === true, edit, missing)
  }
}

/** Changes the field at a path, and all of them where it leads through lists. */
export function editPath(
  node: YamlNode,
  parts: readonly string[],
  create: boolean,
  edit: Edit,
  missing: Missing = 'scalar',
  way: readonly Step[] = [],
): void {
  const [part = '', ...rest] = parts
  if (node.type === 'sequence') {
    node.items.forEach((item, at) => editPath(item, parts, create, edit, missing, [...way, entryStep(item, at)]))
    return
  }
  if (node.type !== 'mapping') return
  const isList = part.endsWith('[]')
  const key = isList ? part.slice(0, -2) : part
  const entry = node.entries.find((each) => each.key.text === key)
  let value = entry?.value
  if (value === undefined || (isNull(value) && create)) {
    // What would be inside of a list that is not there has nothing to be made in.
    if (!create || isList) return
    value =
      rest.length > 0 ? emptyMapping() : { mapping: emptyMapping(), list: listNode(), scalar: nullNode() }[missing]
    set(node, key, value)
  }
  const below = [...way, key]
  if (rest.length > 0) {
    editPath(value, rest, create, edit, missing, below)
    return
  }
  if (isList && value.type === 'sequence') {
    const { items } = value
    items.forEach((item, at) => void (items[at] = edit(item, [...below, entryStep(item, at)])))
    return
  }
  const edited = edit(value, below)
  if (edited !== value || get(node, key) !== value) set(node, key, edited)
}
