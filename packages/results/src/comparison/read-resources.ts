/** The resources of a JSON report: which they are, whatever file and place they have. */
import { asList, asMap, asText, field, identityOf, type Value } from '@kubescape/resources'

import { identityKey } from '../comparison-key.ts'
import { contentOf, vectorKey } from './snapshot-of-report.ts'
import type { SnapshotEvidence, SnapshotResource, SnapshotVerdict } from './snapshot.ts'

/** A resource whose verdicts are being read. */
interface ReadResource extends SnapshotResource {
  readonly verdicts: Map<string, SnapshotVerdict>
  /** The object with those that it is made of in `relatedObjects`; undefined where the report has none. */
  readonly object: Value | undefined
}

/** The resources of a report by their identifiers. */
export interface ReadResources {
  readonly list: readonly SnapshotResource[]
  /** The controls that some resource failed. */
  readonly failed: ReadonlySet<string>
  /** The key of a resource, also of one that the report does not describe. */
  keyOf(id: string): string
  /** The object of a resource, for paths in it. */
  objectOf(id: string): Value | undefined
  /** Adds a verdict. */
  judge(id: string, control: string, status: SnapshotVerdict['status'], evidence: readonly SnapshotEvidence[]): void
}

/** Reads `resources`, and what `results` of layout v2 adds to them. */
export function readResources(resources: readonly Value[], results: readonly Value[]): ReadResources {
  const known = new Map<string, ReadResource>()
  const objects = new Map<string, Value | undefined>()
  const sources = new Map<string, Value | undefined>()
  const failed = new Set<string>()
  for (const entry of resources) {
    const id = asText(field(entry, 'resourceID'))
    if (id === undefined) continue
    objects.set(id, asMap(field(entry, 'object')))
    sources.set(id, asMap(field(entry, 'source')))
  }
  const keyOf = (id: string): string => keyOfObject(id, objects.get(id), (other) => plainKey(other, objects.get(other)))
  const add = (id: string): ReadResource => {
    const object = withRelated(objects.get(id), objects)
    const resource: ReadResource = {
      id,
      key: keyOf(id),
      namespace: asText(field(object, 'metadata', 'namespace')) ?? asText(field(object, 'namespace')) ?? '',
      path: pathIn(sources.get(id)),
      ...placeOf(sources.get(id) ?? sources.get(bindingOf(objects.get(id)))),
      content: () => (object === undefined ? '' : contentOf(object)),
      verdicts: new Map(),
      object,
    }
    known.set(id, resource)
    return resource
  }
  for (const entry of [...resources, ...results]) {
    const id = asText(field(entry, 'resourceID'))
    if (id !== undefined && !known.has(id)) add(id)
  }
  return {
    get list() {
      return [...known.values()]
    },
    failed,
    keyOf,
    objectOf: (id) => known.get(id)?.object,
    judge(id, control, status, evidence) {
      if (status === 'failed') failed.add(control)
      const resource = known.get(id) ?? add(id)
      resource.verdicts.set(control, { status, evidence })
    },
  }
}

/** Subjects of role bindings have the objects that they are made of, or their identifiers, in `relatedObjects`. */
function keyOfObject(id: string, object: Value | undefined, keyOf: (id: string) => string): string {
  const related = asList(field(object, 'relatedObjects'))
  if (related.length === 0) return plainKey(id, object)
  const own = {
    group: asText(field(object, 'apiGroup')) ?? '',
    kind: asText(field(object, 'kind')) ?? '',
    namespace: asText(field(object, 'namespace')) ?? '',
    name: asText(field(object, 'name')) ?? '',
  }
  const others = related.map((each) => {
    const other = asText(field(each, 'resourceID'))
    return other === undefined ? plainKey('', each) : keyOf(other)
  })
  return vectorKey(identityKey(own), others)
}

function plainKey(id: string, object: Value | undefined): string {
  const identity = identityOf(object)
  if (identity !== undefined) return identityKey(identity)
  // `path=<hash of the file>/api=<group>/<version>/<namespace>/<kind>/<name>`: names of custom resources have no slash either.
  const [group = '', , namespace = '', kind = '', ...name] = id.replace(/^path=[^/]*\/api=/, '').split('/')
  return identityKey({ group, kind, namespace, name: name.join('/').replace(/~\d+$/, '') })
}

/** The identifier of the binding that gives a subject its rights; empty for anything else. */
function bindingOf(object: Value | undefined): string {
  return asText(field(asList(field(object, 'relatedObjects'))[0], 'resourceID')) ?? ''
}

/** Where twins are told apart: the path, and the set of values that it was rendered with where there are several. */
function pathIn(source: Value | undefined): string {
  const path = asText(field(source, 'relativePath')) || asText(field(source, 'path')) || ''
  const valueSet = asText(field(source, 'valueSet')) ?? ''
  return valueSet === '' ? path : `${path}@${valueSet}`
}

/** The path as it was typed; of other programs it is that of the repository, and the file is below it. */
function placeOf(source: Value | undefined): { readonly file: string; readonly line: number } {
  const [path = '', relative = ''] = [asText(field(source, 'path')), asText(field(source, 'relativePath'))]
  return { file: path.endsWith(relative) ? path : relative, line: Number(field(source, 'line')) || 0 }
}

function withRelated(object: Value | undefined, objects: ReadonlyMap<string, Value | undefined>): Value | undefined {
  const map = asMap(object)
  const related = asList(map?.['relatedObjects'])
  if (map === undefined || related.length === 0) return object
  return { ...map, relatedObjects: related.map((each) => objects.get(asText(field(each, 'resourceID')) ?? '') ?? each) }
}
