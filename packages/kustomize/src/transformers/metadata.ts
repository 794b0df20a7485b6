/** Labels and annotations. */
import type { ValueMap } from '@kubescape/yaml'

import type { Budget } from '../limits.ts'
import { asMapping, set, textNode } from '../nodes/node.ts'
import type { Step } from '../nodes/steps.ts'
import { textOf } from '../kustomization/kustomization.ts'
import { isSelected } from '../resources/identity.ts'
import type { Changed, Resource } from '../resources/resource.ts'
import { editFields, type FieldSpec } from './field-spec.ts'

/** Adds entries to the mappings that the specs name. */
export function addEntries(
  resources: readonly Resource[],
  entries: ValueMap,
  specs: readonly FieldSpec[],
  budget: Budget,
): Changed[] {
  const pairs = Object.entries(entries).map(([key, value]) => [key, textOf(value)] as const)
  if (pairs.length === 0) return []
  return resources.flatMap((resource) => {
    const ways: (readonly Step[])[] = []
    const { id } = resource
    const fitting = specs.filter((spec) => isSelected(id, spec))
    editFields(
      resource,
      fitting,
      (node, way) => {
        const mapping = asMapping(node)
        if (mapping === undefined) return node
        budget.make(pairs.length)
        for (const [key, text] of pairs) {
          set(mapping, key, textNode(text))
          ways.push([...way, key])
        }
        return mapping
      },
      'mapping',
    )
    return ways.length === 0 ? [] : [{ resource, ways }]
  })
}
