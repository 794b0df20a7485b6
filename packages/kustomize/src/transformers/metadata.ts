/** Labels and annotations. */
import type { MappingNode, ValueMap } from '@kubescape/yaml'

import { asMapping, set, textNode } from '../nodes/node.ts'
import { textOf } from '../kustomization/kustomization.ts'
import { isSelected } from '../resources/identity.ts'
import type { Resource } from '../resources/resource.ts'
import { editFields, type FieldSpec } from './field-spec.ts'

/** Adds entries to the mappings that the specs name. */
export function addEntries(resources: readonly Resource[], entries: ValueMap, specs: readonly FieldSpec[]): Resource[] {
  const pairs = Object.entries(entries).map(([key, value]) => [key, scalarText(value)] as const)
  if (pairs.length === 0) return []
  return resources.filter((resource) => {
    const fitting = specs.filter((spec) => isSelected(resource.id, spec))
    editFields(
      resource,
      fitting,
      (node) => {
        const mapping = asMapping(node)
        if (mapping === undefined) return node
        addPairs(mapping, pairs)
        return mapping
      },
      'mapping',
    )
    return fitting.length > 0
  })
}

function addPairs(mapping: MappingNode, pairs: readonly (readonly [string, string])[]): void {
  for (const [key, text] of pairs) set(mapping, key, textNode(text))
}

function scalarText(value: ValueMap[string]): string {
  return typeof value === 'boolean' ? String(value) : textOf(value)
}
