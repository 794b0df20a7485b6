/** Kinds that live outside namespaces; custom kinds that are not in the table count as namespaced. */
import { SERVED_TYPES } from './served-types.ts'

const CLUSTER_SCOPED = new Set(SERVED_TYPES.filter(({ namespaced }) => !namespaced).map(({ kind }) => kind))

/** True for kinds of objects that have no namespace. */
export function isClusterScoped(kind: string): boolean {
  return CLUSTER_SCOPED.has(kind)
}
