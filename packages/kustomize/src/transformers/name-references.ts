/** Names of objects that stand in others: they follow when the object is called differently. */
import type { MappingNode, YamlNode } from '@kubescape/yaml'

import { asText, get, set, textNode } from '../nodes/node.ts'
import { BuildError } from '../problem.ts'
import { effectiveNamespace, idText, isClusterScoped, isSelected } from '../resources/identity.ts'
import type { Resource } from '../resources/resource.ts'
import type { NameReference } from './default-fields.ts'
import { editPath, pathParts } from './field-spec.ts'

const BINDINGS = new Set(['RoleBinding', 'ClusterRoleBinding'])

/**
 * Brings every reference up to date.
 * @throws {BuildError} when a name could be that of several objects
 */
export function fixReferences(resources: readonly Resource[], references: readonly NameReference[]): void {
  const renamed = resources.filter(({ previous }) => previous.length > 0)
  if (renamed.length === 0) return
  const byName = Map.groupBy(
    renamed.flatMap((resource) =>
      [...new Set(resource.previous.map(({ name }) => name))].map((name) => ({ name, resource })),
    ),
    ({ name }) => name,
  )
  const candidatesOf = (name: string): readonly Resource[] => (byName.get(name) ?? []).map(({ resource }) => resource)
  for (const referrer of resources) {
    for (const reference of references) {
      for (const field of reference.fields) {
        if (!isSelected(referrer.originalId, field) && !isSelected(referrer.id, field)) continue
        const search = new Search(referrer, reference, field.path, candidatesOf)
        editPath(referrer.node, pathParts(field.path), field.create === true, (node) => search.edit(node))
      }
    }
  }
}

/** Looks for what the names in one field mean. */
class Search {
  readonly #referrer: Resource
  readonly #target: NameReference
  readonly #path: string
  readonly #candidatesOf: (name: string) => readonly Resource[]

  constructor(
    referrer: Resource,
    target: NameReference,
    path: string,
    candidatesOf: (name: string) => readonly Resource[],
  ) {
    this.#referrer = referrer
    this.#target = target
    this.#path = path
    this.#candidatesOf = candidatesOf
  }

  edit(node: YamlNode): YamlNode {
    if (node.type === 'sequence') {
      node.items.forEach((item, at) => void (node.items[at] = this.edit(item)))
      return node
    }
    if (node.type === 'mapping') {
      this.#editMapping(node)
      return node
    }
    const name = asText(node)
    const meant = name === undefined || name === '' ? undefined : this.#find(name, this.#candidatesOf(name))
    return meant === undefined || meant.id.name === name ? node : textNode(meant.id.name)
  }

  /** A name with a namespace beside it: subjects of bindings, services of webhooks. */
  #editMapping(node: MappingNode): void {
    const name = asText(get(node, 'name'))
    if (name === undefined || name === '') return
    const namespace = asText(get(node, 'namespace')) ?? ''
    const own = namespace === '' ? 'default' : namespace
    const all = this.#candidatesOf(name)
    const now = all.filter(({ id }) => effectiveNamespace(id) === own)
    const before = all.filter(({ originalId }) => effectiveNamespace(originalId) === own)
    const meant = this.#find(name, now.length > 0 ? now : before)
    if (meant === undefined) return
    if (meant.id.name !== name) set(node, 'name', textNode(meant.id.name))
    if (meant.id.namespace !== '') set(node, 'namespace', textNode(meant.id.namespace))
  }

  #find(name: string, candidates: readonly Resource[]): Resource | undefined {
    const fitting = candidates.filter(
      (each) =>
        each.previous.some((id) => id.name === name && isSelected(id, this.#target)) &&
        this.#fitsRole(each) &&
        this.#isInReach(each),
    )
    if (fitting.length <= 1) return fitting[0]
    const alike = fitting.filter((each) => this.#isAffixedAlike(each))
    if (alike.length === 1) return alike[0]
    const left = alike.length === 0 ? [] : alike
    if (left.length === 0) return undefined
    if (left.every(({ id }) => id.name === left[0]?.id.name)) return left[0]
    throw new BuildError(
      `found multiple possible referrals: ${left.map(({ id }) => idText(id)).join(', ')}`,
      this.#referrer.source.file,
      this.#referrer.source.line,
    )
  }

  /** The role of a binding says what kind it is of. */
  #fitsRole({ id }: Resource): boolean {
    if (!this.#path.startsWith('roleRef/')) return true
    const role = get(this.#referrer.node, 'roleRef')
    return asText(get(role, 'kind')) === id.kind && (asText(get(role, 'apiGroup')) ?? '') === id.group
  }

  #isInReach(candidate: Resource): boolean {
    const { id } = this.#referrer
    if (isClusterScoped(id) || isClusterScoped(candidate.id)) return true
    if (candidate.id.kind === 'ServiceAccount' && BINDINGS.has(id.kind)) return true
    return effectiveNamespace(id) === effectiveNamespace(candidate.id)
  }

  /** What has come the same way through the overlays. */
  #isAffixedAlike(candidate: Resource): boolean {
    return (
      endAlike(this.#referrer.prefixes, candidate.prefixes) && endAlike(this.#referrer.suffixes, candidate.suffixes)
    )
  }
}

/** True when the shorter list is the end of the longer one. */
function endAlike(a: readonly string[], b: readonly string[]): boolean {
  const length = Math.min(a.length, b.length)
  for (let at = 1; at <= length; at++) if (a.at(-at) !== b.at(-at)) return false
  return true
}
