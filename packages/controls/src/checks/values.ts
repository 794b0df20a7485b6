/** Small predicates on field values. */
import type { Value } from '@kubescape/resources'

/** True when the field is written and not null. */
export function isSet(value: Value | undefined): boolean {
  return value !== undefined && value !== null
}
