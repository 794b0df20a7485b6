/** Present values as reports may show them. */
import {
  isSensitivePath,
  MASK,
  redactText,
  sensitiveValues,
  valueAt,
  type SensitiveValue,
  type ValueMap,
} from '@kubescape/resources'

import type { Scalar } from './report.ts'

/**
 * The value at a path as it may be shown: scalars as they are, secrets masked. Undefined where there is none, or a collection,
 * which is not a value that a person can compare. `sensitive` are the sensitive values of the object, where they are known.
 */
export function presentValue(
  object: ValueMap,
  path: string,
  sensitive: () => readonly SensitiveValue[] = () => sensitiveValues(object),
): Scalar | undefined {
  if (isSensitivePath(object, path)) return MASK
  const value = valueAt(object, path)
  if (typeof value === 'string') return redactText(value, sensitive())
  return typeof value === 'object' && value !== null ? undefined : value
}
