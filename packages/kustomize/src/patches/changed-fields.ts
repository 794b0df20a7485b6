/** What a strategic merge is going to change, for whoever asks where a field comes from. */
import type { MappingNode, YamlNode } from '@kubescape/yaml'

import { asText, get, isNull } from '../nodes/node.ts'
import { isWay, type Step } from '../nodes/steps.ts'
import type { Shape } from './merge-keys.ts'

/** These only say whom a patch is for. */
const IDENTITY = [['apiVersion'], ['kind'], ['metadata', 'name'], ['metadata', 'namespace']]
const DELETE_FROM = '$deleteFromPrimitiveList/'

/** The ways to what a patch sets or removes; what is new as a whole counts as one field. */
export function changedFields(object: MappingNode, patch: MappingNode, shape: Shape | undefined): (readonly Step[])[] {
  const ways: (readonly Step[])[] = []
  visit(patch, object, shape, [], ways)
  return ways.filter((way) => !IDENTITY.some((keys) => isWay(way, ...keys)))
}

function visit(
  patch: YamlNode,
  present: YamlNode | undefined,
  shape: Shape | undefined,
  way: readonly Step[],
  ways: (readonly Step[])[],
): void {
  if (patch.type === 'mapping' && present?.type === 'mapping' && get(patch, '$patch') === undefined) {
    const fields = new Map(present.entries.map((entry) => [entry.key.text, entry.value]))
    for (const { key, value } of patch.entries) {
      const name = key.text
      if (name.startsWith(DELETE_FROM)) ways.push([...way, name.slice(DELETE_FROM.length)])
      else if (!name.startsWith('$')) visit(value, fields.get(name), shape?.fields[name], [...way, name], ways)
    }
    return
  }
  if (patch.type === 'sequence' && present?.type === 'sequence' && shape?.keys !== undefined) {
    const [own = ''] = shape.keys
    const { items } = present
    const byKey = new Map(items.map((item) => [keyText(item, own), item]))
    for (const item of patch.items) {
      const value = keyText(item, own)
      if (value !== undefined)
        visit(item, byKey.get(value), { fields: shape.fields }, [...way, { key: own, value }], ways)
    }
    return
  }
  if (way.length > 0 && !(isNull(patch) && present === undefined)) ways.push(way)
}

function keyText(item: YamlNode, key: string): string | undefined {
  return key === '' ? asText(item) : asText(get(item, key))
}
