/** `replicas`: how many Pods. */
import { scalarNode } from '../nodes/node.ts'
import { isSelected } from '../resources/identity.ts'
import type { Step } from '../nodes/steps.ts'
import type { Changed, Resource } from '../resources/resource.ts'
import { editFields, type FieldSpec } from './field-spec.ts'

/** Sets the number of all objects of a name; gives those that have one. */
export function setReplicas(
  resources: readonly Resource[],
  name: string,
  count: string,
  specs: readonly FieldSpec[],
): Changed[] {
  return resources.flatMap((resource) => {
    const isMeant = resource.ids.some((id) => id.name === name)
    const fitting = specs.filter((spec) => isSelected(resource.id, spec))
    if (!isMeant || fitting.length === 0) return []
    const ways: (readonly Step[])[] = []
    editFields(resource, fitting, (_, way) => {
      ways.push(way)
      return scalarNode(count, '!!int')
    })
    return [{ resource, ways }]
  })
}
