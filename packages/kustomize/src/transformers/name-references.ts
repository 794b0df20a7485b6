/** Names of objects that stand in others: they follow when the object is called differently. */
import type { MappingNode, YamlNode } from '@kubescape/yaml'

import { asList, asText, get, set, textNode } from '../nodes/node.ts'
import type { Step } from '../nodes/steps.ts'
import { atEntry, BuildError } from '../problem.ts'
import { effectiveNamespace, idText, isClusterScoped, isSelected, type ResourceId } from '../resources/identity.ts'
import type { Resource } from '../resources/resource.ts'
import type { NameReference } from './default-fields.ts'
import { editPath, pathParts } from './field-spec.ts'

/** A field of a kind, and what the names in it are names of. */
interface Place {
  readonly target: NameReference
  readonly isRole: boolean
  readonly parts: readonly string[]
  readonly create: boolean
}

/**
 * Brings every reference up to date.
 * @throws {BuildError} when a name could be that of several objects
 */
export function fixReferences(resources: readonly Resource[], references: readonly NameReference[]): void {
  const renamed = new Renamed(resources)
  if (renamed.isEmpty) return
  const placesOf = places(references)
  for (const referrer of resources) {
    const search = new Search(referrer, renamed)
    for (const place of placesOf(referrer)) {
      atEntry(referrer.source.file, referrer.source.line, () =>
        editPath(referrer.node, place.parts, place.create, (node, way) => search.edit(node, place, way)),
      )
    }
  }
}

/** The fields of objects with names in them; looked up once for every kind. */
function places(references: readonly NameReference[]): (referrer: Resource) => readonly Place[] {
  const known = new Map<string, readonly Place[]>()
  return ({ id, originalId }) => {
    const key = JSON.stringify([id, originalId].map(({ group, version, kind }) => [group, version, kind]))
    const present = known.get(key)
    if (present !== undefined) return present
    const found = references.flatMap((target) =>
      target.fields
        .filter((field) => isSelected(originalId, field) || isSelected(id, field))
        .map((field) => ({
          target,
          isRole: field.path.endsWith('roleRef/name'),
          parts: pathParts(field.path),
          create: field.create === true,
        })),
    )
    known.set(key, found)
    return found
  }
}

/** An object with its names. */
interface Candidate {
  readonly resource: Resource
  readonly id: ResourceId
}

/** The objects that were called differently before. */
class Renamed {
  readonly #byName = new Map<string, Candidate[]>()
  /** The namespaces that objects are in, by the ones that they were in. */
  readonly #moves = new Map<string, Set<string>>()

  constructor(resources: readonly Resource[]) {
    for (const resource of resources) {
      const { id, previous, originalId } = resource
      const before = effectiveNamespace(originalId)
      const now = this.#moves.get(before)
      if (now === undefined) this.#moves.set(before, new Set([effectiveNamespace(id)]))
      else now.add(effectiveNamespace(id))
      for (const name of new Set(previous.map((each) => each.name))) {
        const present = this.#byName.get(name)
        if (present === undefined) this.#byName.set(name, [{ resource, id }])
        else present.push({ resource, id })
      }
    }
  }

  get isEmpty(): boolean {
    return this.#byName.size === 0
  }

  /** What was called so. */
  called(name: string): readonly Candidate[] {
    return this.#byName.get(name) ?? []
  }

  /** True when any object came from a namespace to one of those. */
  cameFrom(namespace: string, isReached: (namespace: string) => boolean): boolean {
    return this.#moves.get(namespace)?.values().some(isReached) === true
  }
}

/** Looks for what the names in an object mean. */
class Search {
  readonly #referrer: Resource
  readonly #renamed: Renamed
  readonly #isClusterScoped: boolean
  readonly #namespace: string
  /** Namespaces of the accounts that a RoleBinding names. */
  readonly #subjects: ReadonlySet<string>

  constructor(referrer: Resource, renamed: Renamed) {
    const { id } = referrer
    this.#referrer = referrer
    this.#renamed = renamed
    this.#isClusterScoped = isClusterScoped(id)
    this.#namespace = effectiveNamespace(id)
    this.#subjects = id.kind === 'RoleBinding' ? subjectNamespaces(referrer) : new Set()
  }

  edit(node: YamlNode, place: Place, way: readonly Step[]): YamlNode {
    if (node.type === 'sequence') {
      node.items.forEach((item, at) => void (node.items[at] = this.edit(item, place, [...way, at])))
      return node
    }
    if (node.type === 'mapping') {
      this.#editMapping(node, place, way)
      return node
    }
    const name = asText(node)
    const meant = name === undefined || name === '' ? undefined : this.#find(name, this.#renamed.called(name), place)
    if (meant === undefined || meant.id.name === name) return node
    this.#changed(meant, 'name', way)
    return textNode(meant.id.name)
  }

  /** A name with a namespace beside it: subjects of bindings, services of webhooks. */
  #editMapping(node: MappingNode, place: Place, way: readonly Step[]): void {
    const name = asText(get(node, 'name'))
    if (name === undefined || name === '') return
    const meant = this.#find(name, this.#inNamespace(this.#renamed.called(name), asText(get(node, 'namespace'))), place)
    if (meant === undefined) return
    if (meant.id.name !== name) {
      set(node, 'name', textNode(meant.id.name))
      this.#changed(meant, 'name', [...way, 'name'])
    }
    if (meant.id.namespace !== '' && meant.id.namespace !== asText(get(node, 'namespace'))) {
      set(node, 'namespace', textNode(meant.id.namespace))
      this.#changed(meant, 'namespace', [...way, 'namespace'])
    }
  }

  /** A reference was changed by what changed the name last. */
  #changed({ resource }: Candidate, field: 'name' | 'namespace', way: readonly Step[]): void {
    const cause = resource.changes.findLast(({ ways }) => ways.some((each) => each.join('.') === `metadata.${field}`))
    if (cause !== undefined) this.#referrer.changes.push({ ...cause, ways: [way] })
  }

  /** A namespace is first understood as the one that objects were written in, then as the one that they are in. */
  #inNamespace(candidates: readonly Candidate[], namespace: string | undefined): readonly Candidate[] {
    if (namespace === undefined) return candidates
    const wasThere = this.#renamed.cameFrom(namespace, (now) => this.#reaches(now))
    return candidates.filter(
      ({ resource, id }) => effectiveNamespace(wasThere ? resource.originalId : id) === namespace,
    )
  }

  #find(name: string, candidates: readonly Candidate[], { target, isRole }: Place): Candidate | undefined {
    const role = isRole ? get(this.#referrer.node, 'roleRef') : undefined
    const roleKind = role && { group: asText(get(role, 'apiGroup')) ?? '', kind: asText(get(role, 'kind')) ?? '' }
    const fitting = candidates.filter(
      ({ resource: { previous }, id }) =>
        previous.some((each) => isSelected(each, target)) &&
        (roleKind === undefined || previous.some((each) => isSelected(each, roleKind))) &&
        this.#reaches(effectiveNamespace(id)),
    )
    if (fitting.length <= 1) return fitting[0]
    const alike = fitting.filter(({ resource }) => this.#isAffixedAlike(resource, true))
    if (alike.length === 1) return alike[0]
    const left = alike.filter(({ resource }) => this.#isAffixedAlike(resource, false))
    if (left.length === 0 || left.every(({ id }) => id.name === left[0]?.id.name)) return left[0]
    throw new BuildError(
      `updating name reference of ${JSON.stringify(name)} in ${idText(this.#referrer.id)}: found multiple possible referrals: ${left.map(({ id }) => idText(id)).join(', ')}`,
    )
  }

  /** Objects may name those of their own namespace, and those of none. */
  #reaches(namespace: string): boolean {
    return this.#isClusterScoped || namespace === '' || namespace === this.#namespace || this.#subjects.has(namespace)
  }

  /** What has come the same way through the overlays; with `orNone` also what has no prefixes or suffixes at all. */
  #isAffixedAlike({ prefixes, suffixes }: Resource, orNone: boolean): boolean {
    return endAlike(this.#referrer.prefixes, prefixes, orNone) && endAlike(this.#referrer.suffixes, suffixes, orNone)
  }
}

function subjectNamespaces({ node }: Resource): Set<string> {
  const subjects = asList(get(node, 'subjects'))?.items ?? []
  const accounts = subjects.filter((subject) => asText(get(subject, 'kind')) === 'ServiceAccount')
  return new Set(accounts.flatMap((subject) => asText(get(subject, 'namespace')) ?? []))
}

/** True when the shorter list is the end of the longer one. */
function endAlike(a: readonly string[], b: readonly string[], orNone: boolean): boolean {
  const length = Math.min(a.length, b.length)
  if (length === 0) return orNone || a.length === b.length
  for (let at = 1; at <= length; at++) if (a.at(-at) !== b.at(-at)) return false
  return true
}
