/** From what a document holds to Kubernetes objects: single objects, lists of objects, List kinds. */
import { apiVersionOf, asMap, asText, identityOf, type Identity, type Value, type ValueMap } from '@kubescape/resources'

/** An object of a document. */
interface Expanded {
  readonly identity: Identity
  readonly object: ValueMap
  /** Empty, or `items[3]`, or `[3]`. */
  readonly path: string
}

/** What became of a document. */
export interface Expansion {
  readonly objects: readonly Expanded[]
  /** Entries with an apiVersion that are no valid objects, by path. */
  readonly invalid: readonly string[]
  /** Lists in more lists than are looked into, by path. */
  readonly tooDeep: readonly string[]
}

const NESTING = 8
const API_VERSION = /^(?:[a-z0-9.-]+\/)?v\d/

/** The objects of a document; a document without an apiVersion holds none. */
export function expandDocument(value: Value): Expansion {
  const found: Found = { objects: [], invalid: [], tooDeep: [] }
  expand(value, '', undefined, 0, found)
  return found
}

interface Found {
  readonly objects: Expanded[]
  readonly invalid: string[]
  readonly tooDeep: string[]
}

function expand(value: Value, path: string, parent: Identity | undefined, depth: number, found: Found): void {
  if (depth > NESTING) {
    if (parent !== undefined) found.tooDeep.push(path)
    return
  }
  if (Array.isArray(value)) {
    value.forEach((entry, at) => expand(entry, `${path}[${at}]`, parent, depth + 1, found))
    return
  }
  const map = asMap(value)
  if (map === undefined) return
  const object = parent === undefined ? map : inherit(map, parent)
  const identity = identityOf(object)
  if (identity === undefined) {
    if (API_VERSION.test(asText(object['apiVersion']) ?? '')) found.invalid.push(path)
    return
  }
  if (isList(object, identity)) {
    const items = path === '' ? 'items' : `${path}.items`
    expand(object['items'] ?? null, items, identity, depth + 1, found)
    return
  }
  found.objects.push({ identity, object, path })
}

/** A `List`, or a kind such as `PodList` without a name of its own. */
function isList(object: ValueMap, identity: Identity): boolean {
  if (!Array.isArray(object['items'])) return false
  return identity.kind === 'List' || (identity.kind.endsWith('List') && identity.name === '')
}

/** Items of a typed list may leave out their own kind and apiVersion. */
function inherit(item: ValueMap, list: Identity): ValueMap {
  if (list.kind === 'List' || (item['kind'] !== undefined && item['apiVersion'] !== undefined)) return item
  const apiVersion = apiVersionOf(list)
  return { apiVersion, kind: list.kind.slice(0, -'List'.length), ...item }
}
