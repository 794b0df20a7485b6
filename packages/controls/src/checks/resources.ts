/** Requests and limits of containers: that they are set, and that they lie within bounds. */
import { asText, type Container, type Match } from '@kubescape/resources'

import type { LocalCheck } from '../check.ts'
import { missing, review, type Finding } from '../finding.ts'
import type { ControlInputs, InputName } from '../inputs.ts'
import { compareQuantities, parseQuantity } from './quantities.ts'
import { eachLastingContainer } from './workloads.ts'

/** One field of `resources` with the inputs that bound it. */
export interface ResourceField {
  readonly list: 'requests' | 'limits'
  readonly resource: 'cpu' | 'memory'
  readonly min?: InputName
  readonly max?: InputName
}

/** Fails containers that leave out one of the fields, or whose value lies outside of its bounds. */
export function resourcesWithin(name: string, fields: readonly ResourceField[], match?: readonly Match[]): LocalCheck {
  const inputs = fields.flatMap(({ min, max }) => [min, max]).filter((input) => input !== undefined)
  return eachLastingContainer(
    { name, ...(inputs.length > 0 && { inputs }), ...(match && { match }) },
    (container, values) => fields.flatMap((field) => judgeField(container, field, values)),
  )
}

function judgeField(
  container: Container,
  { list, resource, min, max }: ResourceField,
  inputs: ControlInputs,
): Finding[] {
  const path = container.at(`resources.${list}.${resource}`)
  const value = container.get('resources', list, resource)
  if (value === undefined || value === null || value === false) return [missing(path, 'YOUR_VALUE')]
  const floor = min === undefined ? [] : inputs[min]
  const ceiling = max === undefined ? [] : inputs[max]
  const isOutside = isBeyond(asText(value), floor, -1) || isBeyond(asText(value), ceiling, 1)
  return isOutside ? [review(path)] : []
}

/** True when the value lies beyond one of the bounds; a value that cannot be read stays within none. */
function isBeyond(value: string | undefined, bounds: readonly string[], side: -1 | 1): boolean {
  const quantity = value === undefined ? undefined : parseQuantity(value)
  return bounds.some((text) => {
    const bound = parseQuantity(text)
    return bound !== undefined && (quantity === undefined || compareQuantities(quantity, bound) === side)
  })
}
