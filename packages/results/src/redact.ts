/** The one redactor: what must not leave in a report, in objects, present values and excerpts. */
import {
  asMap,
  isSensitivePath,
  LAST_APPLIED,
  MASK,
  redactText,
  searchedTexts,
  sensitiveValues,
  valueAt,
  type SensitiveValue,
  type Value,
  type ValueMap,
} from '@kubescape/resources'

import type { Scalar } from './report.ts'

/** Objects nest no deeper than the reader lets them; this bounds what does not come from it. */
const DEEPEST = 256

/** A copy of the object that is fit for a report. The object itself is not changed. */
export function redactObject(object: ValueMap): ValueMap {
  const sensitive = sensitiveValues(object)
  const copy = { ...(sensitive.length === 0 ? object : (withMasks(object, '', masksOf(sensitive), 0) as ValueMap)) }
  const metadata = asMap(copy['metadata'])
  if (metadata !== undefined) copy['metadata'] = withoutNoise(metadata)
  if (copy['kind'] !== 'Node') delete copy['status']
  return copy
}

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

/** What the API server keeps for itself, and the copy of the object that kubectl leaves in an annotation. */
function withoutNoise(metadata: ValueMap): ValueMap {
  const kept = { ...metadata }
  delete kept['managedFields']
  const annotations = asMap(kept['annotations'])
  if (annotations === undefined || !Object.hasOwn(annotations, LAST_APPLIED)) return kept
  return {
    ...kept,
    annotations: Object.fromEntries(Object.entries(annotations).filter(([key]) => key !== LAST_APPLIED)),
  }
}

/** What is masked in one object. */
interface Masks {
  readonly paths: ReadonlySet<string>
  /** Everything that a masked path may begin with, so that no paths are written where nothing is masked. */
  readonly ancestors: ReadonlySet<string>
  readonly texts: readonly string[]
}

function masksOf(sensitive: readonly SensitiveValue[]): Masks {
  const paths = new Set(sensitive.map(({ path }) => path))
  const ancestors = new Set([''])
  for (const path of paths) {
    for (let at = path.length - 1; at > 0; at--) {
      if (path[at] === '.' || path[at] === '[') ancestors.add(path.slice(0, at))
    }
  }
  return { paths, ancestors, texts: searchedTexts(sensitive) }
}

/** The value with masks; parts without any are not copied. `path` is undefined where it leads to no masked path. */
function withMasks(value: Value, path: string | undefined, masks: Masks, depth: number): Value {
  if (path !== undefined && masks.paths.has(path)) return MASK
  if (typeof value === 'string') {
    let text = value
    for (const secret of masks.texts) if (text.includes(secret)) text = text.replaceAll(secret, MASK)
    return text
  }
  if (typeof value !== 'object' || value === null) return value
  if (depth > DEEPEST) return null
  const isAncestor = path !== undefined && masks.ancestors.has(path)
  if (Array.isArray(value)) {
    let list: Value[] = value
    for (const [at, item] of value.entries()) {
      const masked = withMasks(item, isAncestor ? `${path}[${at}]` : undefined, masks, depth + 1)
      if (masked === item) continue
      if (list === value) list = [...value]
      list[at] = masked
    }
    return list
  }
  let map = value
  for (const key of Object.keys(value)) {
    const item = value[key] ?? null
    const masked = withMasks(item, isAncestor ? childPath(path, key, masks, depth) : undefined, masks, depth + 1)
    if (masked === item) continue
    // A copy has `__proto__` as a member of its own if the original has, so that it can be set like any other.
    if (map === value) map = { ...value }
    map[key] = masked
  }
  return map
}

function childPath(path: string, key: string, { paths }: Masks, depth: number): string {
  const inData = `${path}[${key}]`
  return path === '' ? key : depth === 1 && paths.has(inData) ? inData : `${path}.${key}`
}
