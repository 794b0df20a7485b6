/** What an API server would know of the creation of an object. */
import { SERVED_TYPES, type Identity, type ValueMap } from '@kubescape/resources'

import type { Value } from '../values/value.ts'

/** The variable `request`, for an object that somebody unknown creates. */
export function requestOf({ group, version, kind, namespace, name }: Identity): Value {
  const served = SERVED_TYPES.find((type) => type.kind === kind && type.group === group)
  const type = { group, version, kind }
  const resource = { group, version, resource: served?.plural ?? `${kind.toLowerCase()}s` }
  return {
    uid: '',
    kind: type,
    resource,
    subResource: '',
    requestKind: type,
    requestResource: resource,
    requestSubResource: '',
    name,
    namespace,
    operation: 'CREATE',
    userInfo: { username: '', uid: '', groups: [], extra: {} },
    dryRun: false,
    options: { apiVersion: 'meta.k8s.io/v1', kind: 'CreateOptions' },
  }
}

/** The object without fields that are null: an API server does not keep them. It is the same object where there are none. */
export function withoutNulls(object: ValueMap): ValueMap {
  return cleaned(object) as ValueMap
}

function cleaned(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const list = value as readonly Value[]
    let copy: Value[] | undefined
    for (const [index, item] of list.entries()) {
      const clean = cleaned(item)
      if (clean !== item) (copy ??= [...list])[index] = clean
    }
    return copy ?? list
  }
  const map = value as { readonly [key: string]: Value }
  let changed: Map<string, Value> | undefined
  for (const key of Object.keys(map)) {
    const item = map[key] ?? null
    const clean = cleaned(item)
    if (item === null || clean !== item) (changed ??= new Map()).set(key, clean)
  }
  if (changed === undefined) return map
  const kept = Object.keys(map).flatMap((key): [string, Value][] => {
    const item = changed.has(key) ? (changed.get(key) ?? null) : (map[key] ?? null)
    return item === null ? [] : [[key, item]]
  })
  return Object.fromEntries(kept)
}
